/** Recording violations and the measures taken. */
import { newIdentifier } from "../outbox/context";
import type { Intention } from "../outbox/making";
import type { View } from "../outbox/overlay";
import { context, today } from "../phone";
import { answerIdentifier } from "../protocol/identifiers";
import type { Fields } from "../protocol/types";
import { FREE_CODE } from "../records/violations";
import { text } from "../records/reader";
import { say } from "../words/index";
import "../words/visits";
import { act, actUndoable } from "./act";
import type { Question } from "./answering";

function violation(visit: View, fields: Fields): Intention {
  const found = { visit: visit.record, found_on: text(visit, "visited_on") || today() };
  return {
    kind: "violation",
    record: newIdentifier(context),
    scope: visit.scope,
    fields: { ...found, ...fields },
  };
}

function naming(act: View): Fields {
  return { code: text(act, "code"), violation_type: act.record };
}

/**
 * Records why an item failed together with the violations it raises, all or none. `free` describes an act
 * outside the catalogue.
 */
export function recordFailure(
  question: Question,
  reason: string,
  acts: readonly View[],
  free: string,
): Promise<boolean> {
  const { visit, checklist, item, subject } = question;
  const answer = answerIdentifier(visit.record, item, subject);
  const raised = acts.map((each) =>
    violation(visit, { answer, ...naming(each), description: reason.trim() || null }),
  );
  if (free.trim()) raised.push(violation(visit, { answer, code: FREE_CODE, description: free.trim() }));
  const result: Fields = {
    visit: visit.record,
    checklist,
    item,
    result: "fail",
    reason: reason.trim() || null,
  };
  if (subject) result.subject = subject;
  const told: Intention = { kind: "answer", record: answer, scope: visit.scope, fields: result };
  return raised.length > 0
    ? actUndoable(say("fail.saved", { count: raised.length }), told, ...raised)
    : act(told);
}

/** A violation that no single item raised. */
export function recordViolation(visit: View, chosen: View | null, fields: Fields): Promise<boolean> {
  return act(violation(visit, { ...(chosen ? naming(chosen) : { code: FREE_CODE }), ...fields }));
}

export function describeViolation(view: View, fields: Fields): Promise<boolean> {
  return actUndoable(say("state.saved"), {
    kind: "violation",
    record: view.record,
    scope: view.scope,
    fields,
  });
}

export function recordMeasure(visit: View, existing: View | null, fields: Fields): Promise<boolean> {
  const record = existing?.record ?? newIdentifier(context);
  const all: Fields = existing ? fields : { visit: visit.record, ...fields };
  return actUndoable(say("state.saved"), { kind: "measure", record, scope: visit.scope, fields: all });
}
