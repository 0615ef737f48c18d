/** Naming the instrument, goods or place that an item is asked of again. */
import { useState } from "preact/hooks";
import { Button } from "../parts/buttons";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/fields";
import { normalSubject } from "../protocol/identifiers";
import { say } from "../words/index";
import "../words/visits";

interface SubjectSheetProps {
  taken: string[];
  onAdd: (name: string) => void;
  onClose: () => void;
}

export function SubjectSheet({ taken, onAdd, onClose }: SubjectSheetProps) {
  const [name, setName] = useState("");
  const subject = normalSubject(name);
  const exists = taken.includes(subject);
  return (
    <Dialog title={say("answer.add_subject")} onClose={onClose}>
      <TextField
        label={say("answer.subject.name")}
        hint={say("answer.subject.hint")}
        value={name}
        maximum={300}
        onInput={setName}
        fault={subject && exists ? say("answer.subject.exists") : undefined}
      />
      <div class="actions">
        <Button onPress={onClose}>{say("action.cancel")}</Button>
        <Button
          look="primary"
          disabled={!subject || exists}
          onPress={() => {
            onAdd(subject);
            onClose();
          }}
        >
          {say("action.continue")}
        </Button>
      </div>
    </Dialog>
  );
}
