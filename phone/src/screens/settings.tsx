/** Language, appearance, storage, account. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/buttons";
import { ClockWarning } from "../parts/clock_warning";
import { Confirm } from "../parts/dialog";
import { useLive } from "../parts/live";
import { Section } from "../parts/pieces";
import { Screen } from "../parts/screen";
import { useUnsent } from "../parts/sync_chip";
import { context, database, engine, loadSession, session } from "../phone";
import { signOut } from "../session/signing_in";
import { writeBytes, writeNumber } from "../words/figures";
import { say } from "../words/index";
import "../words/pin";
import { LanguageChoice, ThemeChoice } from "./language";
import { LeftForOffice } from "./left_for_office";
import { PinSettings } from "./pin_settings";
import { saveSealedWork } from "./sealed_work";

export function Settings() {
  return (
    <Screen title={say("settings.title")}>
      <div class="card">
        <LanguageChoice />
        <ThemeChoice />
      </div>
      <ClockWarning />
      <Storage />
      <PinSettings />
      <LeftForOffice />
      <Account />
    </Screen>
  );
}

function Storage() {
  const [persisted, setPersisted] = useState<boolean | null>(null);
  const [room, setRoom] = useState<{ used: number; free: number } | null>(null);
  const held = useLive("held-data", () => database.records.count());
  const look = async (): Promise<void> => {
    if (!navigator.storage) return;
    setPersisted(await navigator.storage.persisted());
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    if (quota > 0) setRoom({ used: usage, free: quota - usage });
  };
  useEffect(() => void look(), []);
  return (
    <Section title={say("settings.storage")}>
      <div class="card">
        {persisted !== null && (
          <p>{say(persisted ? "settings.storage.persisted" : "settings.storage.volatile")}</p>
        )}
        {persisted === false && (
          <Button
            onPress={async () => {
              await navigator.storage.persist();
              await look();
            }}
          >
            {say("settings.storage.ask")}
          </Button>
        )}
        <p class="faint">
          {room
            ? say("settings.storage.free", { used: writeBytes(room.used), free: writeBytes(room.free) })
            : say("settings.storage.unknown")}
        </p>
        {held !== undefined && (
          <p class="faint">{say("settings.records.text", { records: writeNumber(held) })}</p>
        )}
      </div>
    </Section>
  );
}

function Account() {
  const [asking, setAsking] = useState(false);
  const unsent = useUnsent();
  const person = session.value?.person;

  const leave = async (leaving: boolean): Promise<void> => {
    if ((await signOut(context, leaving)) > 0) {
      setAsking(true);
      return;
    }
    engine.stop();
    await loadSession();
    window.location.hash = "#/";
  };

  return (
    <Section title={say("settings.account")}>
      <div class="card">
        <p>
          <strong>{person?.full_name}</strong>
        </p>
        <p class="faint">{person?.username}</p>
        <p class="faint code">{say("settings.device", { device: session.value?.device ?? "" })}</p>
        {unsent > 0 && (
          <Button wide onPress={saveSealedWork}>
            {say("settings.copy")}
          </Button>
        )}
        <Button wide onPress={() => leave(false)}>
          {say("settings.sign_out")}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={say("settings.sign_out.unsent", { count: unsent })}
          text={say("settings.sign_out.text")}
          cancel={say("settings.sign_out.stay")}
          confirm={say("settings.sign_out.leave")}
          danger
          onClose={() => {
            setAsking(false);
            engine.request("person");
          }}
          onConfirm={() => leave(true)}
        />
      )}
    </Section>
  );
}
