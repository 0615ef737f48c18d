/**
 * Recording what is measured and sampled. Every reading is an operation of its own, so none is lost with the app; what the
 * phone makes of the readings travels along as its claim, and the server judges them again.
 */
import { instrumentJudgement, packageJudgement } from "../measurement/judging";
import { newIdentifier } from "../outbox/context";
import type { Intention } from "../outbox/making";
import type { View } from "../outbox/overlay";
import { context, reader } from "../phone";
import { withOffset } from "../protocol/time";
import type { Fields } from "../protocol/types";
import { text } from "../records/reader";
import { say } from "../words/index";
import { act, actUndoable } from "./act";

export type Measured = "instrument_check" | "package_check" | "sample";

/** The phone's claim about a record's readings; nothing for a kind that has no verdict. */
function claim(kind: Measured, fields: Fields, day: string): Fields {
  if (kind === "sample") return {};
  const judge = kind === "package_check" ? packageJudgement : instrumentJudgement;
  return { verdict: judge(fields, day).verdict };
}

/** Makes a record of a visit; its identifier, or null when the phone could not write it. */
export async function recordMeasured(kind: Measured, visit: View, fields: Fields): Promise<string | null> {
  const record = newIdentifier(context);
  const taken: Fields = kind === "sample" ? { sampled_at: withOffset(context.clock.now()) } : {};
  const all = { visit: visit.record, ...taken, ...fields, ...claim(kind, fields, text(visit, "visited_on")) };
  return (await act({ kind, record, scope: visit.scope, fields: all })) ? record : null;
}

type Change = (standing: Fields) => Fields | null;

let before: Promise<unknown> = Promise.resolve();

/** One change after another: two quick taps must both start from what the first has written. */
function inTurn(work: () => Promise<boolean>): Promise<boolean> {
  const turn = before.then(work);
  before = turn.catch(() => false);
  return turn;
}

/** Changes a record; `change` makes the fields of what stands by then, null to leave it. */
export function changeMeasured(visit: View, view: View, change: Fields | Change): Promise<boolean> {
  return inTurn(async () => {
    const intention = await intended(visit, view, change);
    return intention !== null && act(intention);
  });
}

/** Like `changeMeasured`, with a notice that offers to undo it. */
export function saveMeasured(visit: View, view: View, fields: Fields): Promise<boolean> {
  return inTurn(async () => {
    const intention = await intended(visit, view, fields);
    return intention !== null && actUndoable(say("state.saved"), intention);
  });
}

async function intended(visit: View, view: View, change: Fields | Change): Promise<Intention | null> {
  const standing = (await reader.value.one(view.record))?.fields ?? view.fields;
  const fields = typeof change === "function" ? change(standing) : change;
  if (fields === null) return null;
  const claimed = claim(view.kind as Measured, { ...standing, ...fields }, text(visit, "visited_on"));
  return { kind: view.kind, record: view.record, scope: view.scope, fields: { ...fields, ...claimed } };
}
