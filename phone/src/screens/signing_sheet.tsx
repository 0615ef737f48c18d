/** Signing for one party: by full name, or refused with the reason. */
import { useState } from "preact/hooks";
import { notice } from "../parts/notice";
import { sign } from "../minutes/signing";
import { DrawingPad } from "../parts/drawing_pad";
import type { Strokes } from "../parts/strokes";
import { Button } from "../parts/buttons";
import { Dialog } from "../parts/dialog";
import { TextField, Tick } from "../parts/fields";
import { session } from "../phone";
import { text } from "../records/reader";
import type { VisitFile } from "../records/visits";
import "../words/minutes";
import { say } from "../words/index";
import "../words/visits";

interface SigningSheetProps {
  file: VisitFile;
  party: "team" | "establishment";
  onClose: () => void;
}

export function SigningSheet({ file, party, onClose }: SigningSheetProps) {
  const known =
    party === "team" ? (session.value?.person.full_name ?? "") : text(file.visit, "representative");
  const [name, setName] = useState(known);
  const [position, setPosition] = useState("");
  const [refused, setRefused] = useState(false);
  const [reason, setReason] = useState("");
  const [witnesses, setWitnesses] = useState(["", ""]);
  const [strokes, setStrokes] = useState<Strokes>([]);
  const [tried, setTried] = useState(false);

  const confirm = async (): Promise<void> => {
    setTried(true);
    if (!name.trim() || (refused ? !reason.trim() : strokes.length === 0)) return;
    if (!globalThis.crypto?.subtle) {
      notice.value = { text: say("minutes.insecure"), tone: "fault" };
      return;
    }
    if (!(await sign(file, { party, name, position, refused, refusal_reason: reason, witnesses, strokes }))) return;
    notice.value = { text: say("finish.signed"), tone: "done" };
    onClose();
  };

  return (
    <Dialog title={say(`finish.${party}`)} onClose={onClose}>
      <p>{say("finish.sign.text")}</p>
      <TextField
        label={say("finish.name")}
        value={name}
        onInput={setName}
        maximum={200}
        fault={tried && !name.trim() ? say("common.required") : undefined}
      />
      <TextField
        label={say("finish.position")}
        value={position}
        onInput={setPosition}
        maximum={200}
        optional
      />
      <Tick checked={refused} onChange={setRefused}>
        {say("finish.refused")}
      </Tick>
      {refused && (
        <TextField
          label={say("finish.refusal_reason")}
          value={reason}
          onInput={setReason}
          lines={2}
          maximum={4000}
          fault={tried && !reason.trim() ? say("common.required") : undefined}
        />
      )}
      {refused && (
        <>
          {witnesses.map((witness, index) => (
            <TextField
              key={index}
              label={say("minutes.witness", { number: index + 1 })}
              value={witness}
              onInput={(value) => setWitnesses(witnesses.map((each, at) => (at === index ? value : each)))}
              maximum={200}
              optional
            />
          ))}
          <p class="hint">{say("minutes.witness.hint")}</p>
        </>
      )}
      {!refused && (
        <>
          <DrawingPad label={say("minutes.pad")} strokes={strokes} onDraw={setStrokes} />
          {tried && strokes.length === 0 && (
            <p class="fault" role="alert">
              {say("minutes.pad.missing")}
            </p>
          )}
        </>
      )}
      <div class="actions">
        <Button onPress={onClose}>{say("action.cancel")}</Button>
        <Button look="primary" onPress={confirm}>
          {say("finish.sign.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}
