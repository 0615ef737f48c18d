/**
 * Recording what is measured and sampled. Every reading is an operation of its own, so none is lost with the app; what the
 * phone makes of the readings travels along as its claim, and the server judges them again.
 */
import { instrumentJudgement, packageJudgement } from "../measurement/judging";
import { newIdentifier } from "../outbox/context";
import type { View } from "../outbox/overlay";
import { context } from "../phone";
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

/** Changes a record, with an offer to undo it where there is something `done` to say. */
export function changeMeasured(visit: View, view: View, fields: Fields, done?: string): Promise<boolean> {
  const kind = view.kind as Measured;
  const claimed = claim(kind, { ...view.fields, ...fields }, text(visit, "visited_on"));
  const intention = { kind, record: view.record, scope: view.scope, fields: { ...fields, ...claimed } };
  return done === undefined ? act(intention) : actUndoable(done, intention);
}

export const saved = (): string => say("state.saved");
