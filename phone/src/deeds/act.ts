/**
 * Doing something: the operations are durable before anything on the screen confirms them. A deed can be
 * undone by making the opposite operation; nothing is ever taken back out of the outbox.
 */
import { type Intention, type Made, makeOperations, OperationTooLarge } from "../outbox/making";
import type { Fields } from "../protocol/types";
import { notice } from "../parts/notice";
import { context, engine, me } from "../phone";
import { isFull } from "../store/durable";
import { say, type WordKey } from "../words/index";

/** Writes the intentions down; false when the phone could not, which the person has then been told. */
export async function act(...intentions: Intention[]): Promise<boolean> {
  return (await write(intentions)) !== null;
}

/** What was written down, or null when the phone could not. */
async function write(intentions: Intention[]): Promise<Made[] | null> {
  try {
    const made = await makeOperations(context, me(), intentions);
    if (made.length > 0) engine.request("change");
    return made;
  } catch (fault) {
    notice.value = { text: say(writeFault(fault)), tone: "fault" };
    return null;
  }
}

/** Why nothing was written, in words that say what to do about it. */
export function writeFault(fault: unknown): WordKey {
  if (fault instanceof OperationTooLarge) return "common.too_large";
  return isFull(fault) ? "common.full" : "common.write_failed";
}

/** Like `act`, with a notice that offers to undo it. */
export async function actUndoable(done: string, ...intentions: Intention[]): Promise<boolean> {
  const made = await write(intentions);
  if (!made) return false;
  notice.value = {
    text: done,
    tone: "done",
    undo: async () => {
      if (await act(...made.map(opposite).reverse())) notice.value = { text: say("state.undone"), tone: "done" };
    },
  };
  return true;
}

/** What brings the record back to how it stood: a new record is voided, a new answer emptied. */
function opposite({ operation, before }: Made): Intention {
  const { kind, record, scope } = operation;
  if (!before && kind !== "answer") return { kind, record, scope, fields: { voided: { reason: say("action.undo") } } };
  const fields: Fields = {};
  for (const name of Object.keys(operation.fields)) {
    if (name === "voided") fields.voided = before?.voided ? { reason: before.voided.reason ?? "" } : null;
    else if (before) fields[name] = before.fields[name] ?? null;
    else if (!OF_THE_QUESTION.has(name)) fields[name] = null;
  }
  return { kind, record, scope, fields };
}

/** Fields that say which question an answer belongs to. */
const OF_THE_QUESTION = new Set(["visit", "item", "subject", "checklist"]);
