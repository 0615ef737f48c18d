/** Locking now, and another PIN. */
import { useState } from "preact/hooks";
import { notice } from "../parts/notice";
import { lock } from "../locking";
import { Button } from "../parts/buttons";
import { Section } from "../parts/pieces";
import { context, loadSession } from "../phone";
import { pinFault } from "../vault/pin";
import { changePin } from "../vault/vault";
import { say } from "../words/index";
import "../words/pin";
import { PinField } from "./choose_pin";

export function PinSettings() {
  const [open, setOpen] = useState(false);
  return (
    <Section title={say("pin.settings")}>
      <div class="card">
        <p class="faint">{say("pin.settings.text")}</p>
        <Button wide onPress={lock}>
          {say("lock.now")}
        </Button>
        {open ? (
          <Change onDone={() => setOpen(false)} />
        ) : (
          <Button wide onPress={() => setOpen(true)}>
            {say("pin.change")}
          </Button>
        )}
      </div>
    </Section>
  );
}

function Change({ onDone }: { onDone: () => void }) {
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState("");

  const submit = async (): Promise<void> => {
    const fault = pinFault(next);
    if (fault || next !== again) {
      setProblem(say(fault ? `pin.fault.${fault}` : "pin.fault.different"));
      return;
    }
    const outcome = await changePin(context, present, next);
    setPresent("");
    if (outcome.kind === "wrong") setProblem(say("lock.wrong", { left: outcome.left }));
    // Whoever must wait here, or has used up the tries, is no longer taken for the phone's user.
    if (outcome.kind === "wait") await lock();
    if (outcome.kind === "ended") await loadSession();
    if (outcome.kind !== "open") return;
    notice.value = { text: say("pin.changed"), tone: "done" };
    onDone();
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <PinField label={say("pin.present")} value={present} onInput={setPresent} autofocus />
      <PinField label={say("pin.next")} value={next} onInput={setNext} hint={say("pin.choose.hint")} />
      <PinField label={say("pin.repeat")} value={again} onInput={setAgain} />
      {problem && (
        <p class="fault" role="alert">
          {problem}
        </p>
      )}
      <Button look="primary" wide disabled={!present || !next || !again} onPress={submit}>
        {say("pin.change")}
      </Button>
    </form>
  );
}
