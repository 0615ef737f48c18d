/** Signing for one party: by full name, or refused with the reason. */
import { useState } from "preact/hooks";
import { notice } from "../deeds/act";
import { sign } from "../deeds/visiting";
import { Button } from "../parts/buttons";
import { Dialog } from "../parts/dialog";
import { TextField, Tick } from "../parts/fields";
import { session } from "../phone";
import { text } from "../records/reader";
import type { VisitFile } from "../records/visits";
import { say } from "../words/index";

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
  const [tried, setTried] = useState(false);

  const confirm = async (): Promise<void> => {
    setTried(true);
    if (!name.trim() || (refused && !reason.trim())) return;
    if (!(await sign(file, { party, name, position, refused, refusal_reason: reason }))) return;
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
      <div class="actions">
        <Button onPress={onClose}>{say("action.cancel")}</Button>
        <Button look="primary" onPress={confirm}>
          {say("finish.sign.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}
