/**
 * Doing something: the operations are durable before anything on the screen confirms them. A deed can be
 * undone by making the opposite operation; nothing is ever taken back out of the outbox.
 */
import { type Intention, makeOperations, OperationTooLarge } from "../outbox/making";
import type { Fields } from "../protocol/types";
import { notice } from "../parts/notice";
import { context, engine, me, reader } from "../phone";
import { isFull } from "../store/durable";
import { say, type WordKey } from "../words/index";

/** Writes the intentions down; false when the phone could not, which the person has then been told. */
export async function act(...intentions: Intention[]): Promise<boolean> {
  try {
    const made = await makeOperations(context, me(), intentions);
    if (made.length > 0) engine.request("change");
    return true;
  } catch (fault) {
    notice.value = { text: say(writeFault(fault)), tone: "fault" };
    return false;
  }
}

/** Why nothing was written, in words that say what to do about it. */
export function writeFault(fault: unknown): WordKey {
  if (fault instanceof OperationTooLarge) return "common.too_large";
  return isFull(fault) ? "common.full" : "common.write_failed";
}

/** Like `act`, with a notice that offers to undo it. */
export async function actUndoable(done: string, ...intentions: Intention[]): Promise<boolean> {
  const opposites = await Promise.all(intentions.map(opposite));
  if (!(await act(...intentions))) return false;
  notice.value = {
    text: done,
    tone: "done",
    undo: async () => {
      if (await act(...opposites)) notice.value = { text: say("state.undone"), tone: "done" };
    },
  };
  return true;
}

/** What brings the record back to how it stands now: a new record is voided, a new answer emptied. */
async function opposite(intention: Intention): Promise<Intention> {
  const view = await reader.value.one(intention.record);
  const fields: Fields = {};
  if (!view && intention.kind !== "answer")
    return { ...intention, fields: { voided: { reason: say("action.undo") } } };
  for (const name of Object.keys(intention.fields)) {
    if (name === "voided") fields.voided = view?.voided ? { reason: view.voided.reason ?? "" } : null;
    else if (view) fields[name] = view.fields[name] ?? null;
    else if (!OF_THE_QUESTION.has(name)) fields[name] = null;
  }
  return { ...intention, fields };
}

/** Fields that say which question an answer belongs to. */
const OF_THE_QUESTION = new Set(["visit", "item", "subject", "checklist"]);
