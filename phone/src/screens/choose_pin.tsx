/** Choosing the PIN, right after the first sign-in on this phone. Nothing is written down before there is one. */
import { useState } from "preact/hooks";
import { Button } from "../parts/buttons";
import { TextField } from "../parts/fields";
import { ShieldIcon } from "../parts/icons";
import { context, engine, loadSession } from "../phone";
import type { Session } from "../session/session";
import { takeUp } from "../session/signing_in";
import type { OfficeKey } from "../vault/office_box";
import { LONGEST_PIN, pinFault } from "../vault/pin";
import { createVault } from "../vault/vault";
import { say } from "../words/index";
import "../words/pin";

export interface Enrolled {
  session: Session;
  office: OfficeKey | null;
}

/** `enrolled` is null on a phone that was signed in before there were PINs. */
export function ChoosePin({ enrolled }: { enrolled: Enrolled | null }) {
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState("");

  const submit = async (): Promise<void> => {
    const fault = pinFault(pin);
    if (fault || pin !== again) {
      setProblem(say(fault ? `pin.fault.${fault}` : "pin.fault.different"));
      return;
    }
    try {
      await createVault(context, pin, enrolled?.office ?? null);
      if (enrolled) await takeUp(context, enrolled.session, enrolled.office);
    } catch (failure) {
      console.error(failure);
      setProblem(say("pin.not_made"));
      return;
    }
    await loadSession();
    engine.request("signed_in");
  };

  return (
    <main class="sign-in">
      <div class="sign-in-mark">
        <ShieldIcon size={44} />
      </div>
      <h1>{say("pin.choose.title")}</h1>
      <p class="lead">{say("pin.choose.lead")}</p>
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <PinField label={say("pin.label")} value={pin} onInput={setPin} hint={say("pin.choose.hint")} autofocus />
        <PinField label={say("pin.repeat")} value={again} onInput={setAgain} />
        {problem && (
          <p class="fault" role="alert">
            {problem}
          </p>
        )}
        <Button look="primary" wide disabled={!pin || !again} onPress={submit}>
          {say("pin.choose.submit")}
        </Button>
      </form>
    </main>
  );
}

interface PinFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string;
  autofocus?: boolean;
}

export function PinField(props: PinFieldProps) {
  return (
    <TextField {...props} type="password" inputMode="numeric" autocomplete="off" maximum={LONGEST_PIN} />
  );
}
