/** Taking a record out of force: asked for a reason, which stays in its history. */
import { useState } from "preact/hooks";
import { voidRecord } from "../deeds/visiting";
import type { View } from "../outbox/overlay";
import { say } from "../words/index";
import "../words/visits";
import { Button } from "./buttons";
import { Dialog } from "./dialog";
import { TextField } from "./fields";
import { TrashIcon } from "./icons";

interface VoidButtonProps {
  view: View;
  label: string;
  text: string;
  confirm: string;
  /** What is said once it is done. */
  done: string;
  onDone?: () => void;
}

export function VoidButton({ view, label, text, confirm, done, onDone }: VoidButtonProps) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  return (
    <div class="stack apart">
      <Button look="quiet" wide onPress={() => setAsking(true)}>
        <TrashIcon size={20} /> {label}
      </Button>
      {asking && (
        <Dialog title={label} onClose={() => setAsking(false)}>
          <p>{text}</p>
          <TextField label={say("void.reason")} value={reason} onInput={setReason} lines={2} maximum={2000} />
          <div class="actions">
            <Button onPress={() => setAsking(false)}>{say("action.cancel")}</Button>
            <Button
              look="danger"
              disabled={!reason.trim()}
              onPress={async () => {
                if (!(await voidRecord(view, reason.trim(), done))) return;
                setAsking(false);
                onDone?.();
              }}
            >
              {confirm}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
