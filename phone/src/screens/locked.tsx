/** The lock screen: one field. What waits for sending is counted here too, as that needs no key. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/buttons";
import { Confirm } from "../parts/dialog";
import { ShieldIcon } from "../parts/icons";
import { useLive } from "../parts/live";
import { useLastSync } from "../parts/sync_chip";
import { context, database, engine, loadSession } from "../phone";
import { endVault, readVault, sealedCount, unlock, waited } from "../vault/vault";
import { say } from "../words/index";
import "../words/pin";
import { PinField } from "./choose_pin";
import { LeftForOffice } from "./left_for_office";
import { saveSealedWork } from "./sealed_work";

const TICK = 1_000;

function lasting(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How long is still to be waited; only time with this screen in sight is counted. */
function useWait(): number {
  const wait = useLive("wait", async () => (await readVault(database))?.wait ?? 0) ?? 0;
  const waits = wait > 0;
  useEffect(() => {
    if (!waits) return undefined;
    let before = performance.now();
    const timer = window.setInterval(() => {
      const now = performance.now();
      const seen = document.visibilityState === "visible" ? Math.min(2 * TICK, now - before) : 0;
      before = now;
      if (seen > 0) void waited(database, seen);
    }, TICK);
    return () => window.clearInterval(timer);
  }, [waits]);
  return wait;
}

export function Locked() {
  const [pin, setPin] = useState("");
  const [problem, setProblem] = useState("");
  const [forgotten, setForgotten] = useState(false);
  const wait = useWait();
  const waiting = useLive("sealed-count", () => sealedCount(database)) ?? 0;
  const last = useLastSync();

  const leave = async (): Promise<void> => {
    window.location.hash = "#/";
    await loadSession();
  };
  const submit = async (): Promise<void> => {
    if (!pin) return;
    const outcome = await unlock(context, pin);
    setPin("");
    if (outcome.kind === "wrong") setProblem(say("lock.wrong", { left: outcome.left }));
    if (outcome.kind === "ended") await leave();
    if (outcome.kind !== "open") return;
    await loadSession();
    engine.request("start");
  };

  return (
    <main class="sign-in">
      <div class="sign-in-mark">
        <ShieldIcon size={44} />
      </div>
      <h1>{say("lock.title")}</h1>
      <p class="lead">
        {waiting > 0 ? say("lock.waiting", { count: waiting }) : say("lock.sent")}{" "}
        {say("sync.last", { time: last })}
      </p>
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <PinField label={say("pin.label")} value={pin} onInput={setPin} autofocus />
        {problem && (
          <p class="fault" role="alert">
            {problem}
          </p>
        )}
        {wait > 0 && <p class="hint">{say("lock.wait", { time: lasting(wait) })}</p>}
        <Button look="primary" wide disabled={!pin || wait > 0} onPress={submit}>
          {say("lock.unlock")}
        </Button>
      </form>
      <LeftForOffice />
      <div class="stack">
        {waiting > 0 && (
          <Button wide onPress={saveSealedWork}>
            {say("sealed.save")}
          </Button>
        )}
        <Button wide look="quiet" onPress={() => setForgotten(true)}>
          {say("lock.forgotten")}
        </Button>
      </div>
      {forgotten && (
        <Confirm
          title={say("lock.forgotten")}
          text={waiting > 0 ? say("lock.forgotten.text", { count: waiting }) : say("lock.forgotten.sent")}
          confirm={say("lock.forgotten.confirm")}
          danger
          onClose={() => setForgotten(false)}
          onConfirm={async () => {
            await endVault(context);
            await leave();
          }}
        />
      )}
    </main>
  );
}
