/** Answering checklist items. */
import { answerIdentifier, normalSubject } from "../protocol/identifiers";
import type { Fields } from "../protocol/types";
import type { Intention } from "../outbox/making";
import type { View } from "../outbox/overlay";
import { text } from "../records/reader";
import { say } from "../words/index";
import "../words/visits";
import { act, actUndoable } from "./act";

export interface Question {
  visit: View;
  checklist: string;
  item: string;
  subject: string;
}

export type ResultWord = "pass" | "fail" | "na";

/** The answer to the question: without `fields` only that it was asked. */
export function theAnswer(question: Question, fields: Fields = {}): Intention {
  const { visit, checklist, item } = question;
  const subject = normalSubject(question.subject);
  return {
    kind: "answer",
    record: answerIdentifier(visit.record, item, subject),
    scope: visit.scope,
    fields: { visit: visit.record, checklist, item, ...(subject ? { subject } : {}), ...fields },
  };
}

/** Records a result, or clears it with null. A reason belongs to a fail only. */
export function giveResult(
  question: Question,
  result: ResultWord | null,
  before: View | undefined,
): Promise<boolean> {
  const reason = result === "fail" ? text(before, "reason") || null : null;
  const done = result ? say("answer.changed", { result: say(`answer.${result}`) }) : say("answer.cleared");
  return actUndoable(done, theAnswer(question, { result, reason }));
}

export function giveReason(question: Question, reason: string): Promise<boolean> {
  return act(theAnswer(question, { result: "fail", reason: reason.trim() || null }));
}

/** A reading in plain decimal form with its unit, or nothing. */
export function giveValue(question: Question, value: string | null, unit: string): Promise<boolean> {
  return actUndoable(
    say("state.saved"),
    theAnswer(question, { value, unit: value === null ? null : unit || null }),
  );
}

export function giveText(question: Question, field: "text" | "note", content: string): Promise<boolean> {
  return actUndoable(say("state.saved"), theAnswer(question, { [field]: content.trim() || null }));
}

/** The names of the options chosen; none takes the answer back. */
export function giveChosen(question: Question, names: readonly string[]): Promise<boolean> {
  return actUndoable(say("state.saved"), theAnswer(question, { chosen: names.length > 0 ? [...names] : null }));
}

/** A day in ISO form, or nothing. */
export function giveDay(question: Question, day: string): Promise<boolean> {
  return actUndoable(say("state.saved"), theAnswer(question, { day: day || null }));
}
