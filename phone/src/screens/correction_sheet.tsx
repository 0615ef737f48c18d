/** A new operation in place of a refused one: the same fields, those in words open to correction. */
import { useState } from "preact/hooks";
import { notice } from "../parts/notice";
import { correct } from "../outbox/correcting";
import { operationOf } from "../outbox/outbox";
import { Button } from "../parts/buttons";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/fields";
import { context, engine, me } from "../phone";
import type { Fields, Json } from "../protocol/types";
import type { OutboxRow } from "../store/database";
import { say, sayNamed } from "../words/index";
import "../words/records";
import { faultWords } from "./operation_words";

/** Fields that hold a day end so. */
const DAY = /_on$/;
const IDENTIFIER = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** Plain words and numbers can be corrected here; what refers to other records or is built of parts cannot. */
function isOpen(value: Json): boolean {
  return (
    value === null || typeof value === "number" || (typeof value === "string" && !IDENTIFIER.test(value))
  );
}

export function CorrectionSheet({ row, onClose }: { row: OutboxRow; onClose: () => void }) {
  const { fields } = operationOf(row);
  const [draft, setDraft] = useState<Record<string, string>>({});
  const open = Object.entries(fields).filter(([, value]) => isOpen(value));

  const save = async (): Promise<void> => {
    const corrected: Fields = { ...fields };
    for (const [name, typed] of Object.entries(draft)) {
      const whole = typeof fields[name] === "number" && /^-?\d+$/.test(typed.trim());
      corrected[name] = whole ? Number(typed) : typed.trim() || null;
    }
    await correct(context, me(), row.n, corrected);
    engine.request("change");
    notice.value = { text: say("attention.corrected"), tone: "done" };
    onClose();
  };

  return (
    <Dialog title={say("attention.correct")} onClose={onClose}>
      {open.map(([name, value]) => (
        <TextField
          key={name}
          label={sayNamed("field", name)}
          value={draft[name] ?? (value === null ? "" : String(value))}
          onInput={(typed) => setDraft({ ...draft, [name]: typed })}
          {...(DAY.test(name)
            ? { type: "date" }
            : { lines: typeof value === "string" && value.length > 60 ? 3 : 1 })}
          fault={faultWords(row.error?.fields?.[name]) || undefined}
        />
      ))}
      <div class="actions">
        <Button onPress={onClose}>{say("action.cancel")}</Button>
        <Button look="primary" onPress={save}>
          {say("attention.correct")}
        </Button>
      </div>
    </Dialog>
  );
}
