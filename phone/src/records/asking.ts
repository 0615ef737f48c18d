/**
 * Which questions a visit asks, given what was answered so far, and which answers break their constraint; the server's
 * `inspection/checklists/asking.py` decides the same.
 *
 * A condition reads the answer about the same subject, else the one about none, else the first. The answer to a question
 * that is not asked reads as empty. Conditions speak of questions above only, so one pass settles all.
 */
import { ExpressionFault, holds } from "../expressions/expressions";
import type { View } from "../outbox/overlay";
import type { AnswerKind, Item } from "./checklists";
import { text, texts } from "./reader";

type Told = ReadonlyMap<string, string>;

export interface Standing {
  asks(item: Item, subject: string): boolean;
  /** Whether an answer is outside what its question allows. */
  breaks(item: Item, subject: string): boolean;
}

export function examine(
  items: readonly Item[],
  answers: readonly View[],
  today: string,
  pictured: ReadonlySet<string>,
): Standing {
  const above = new Map<string, readonly [string, Told][]>();
  const asked: [string, Told][] = [];
  const broken = new Set<string>();
  const seen = (item: Item, subject: string): Told =>
    new Map((above.get(item.id) ?? []).map(([name, told]) => [name, about(told, subject)]));
  const asks = (item: Item, subject: string): boolean =>
    met(item.relevant, seen(item, subject), "", today);
  for (const item of items) {
    above.set(item.id, [...asked]);
    const told = new Map<string, string>();
    for (const answer of answers.filter((each) => text(each, "item") === item.id)) {
      const subject = text(answer, "subject");
      const own = inWords(item.kind, answer, pictured.has(answer.record));
      if (!asks(item, subject)) continue;
      told.set(subject, own);
      if (own && !met(item.constraint, seen(item, subject), own, today)) broken.add(key(item, subject));
    }
    asked.push([item.id, told]);
  }
  return { asks, breaks: (item, subject) => broken.has(key(item, subject)) };
}

const key = (item: Item, subject: string): string => `${item.id}\n${subject}`;

function about(told: Told, subject: string): string {
  return told.get(subject) ?? told.get("") ?? told.get([...told.keys()].sort()[0] ?? "") ?? "";
}

/** An answer as a condition reads it. */
export function inWords(kind: AnswerKind, answer: View, pictured: boolean): string {
  switch (kind) {
    case "pass_fail_na":
      return text(answer, "result");
    case "choice":
    case "choices":
      return texts(answer, "chosen").join(" ");
    case "number":
      return text(answer, "value");
    case "date":
      return text(answer, "day");
    case "photo":
    case "signature":
      return pictured ? "yes" : "";
    default:
      return text(answer, "text");
  }
}

/** A condition that this version cannot read hides nothing. */
function met(condition: string, answers: Told, own: string, today: string): boolean {
  if (!condition) return true;
  try {
    return holds(condition, { answers, own, today });
  } catch (fault) {
    if (fault instanceof ExpressionFault) return true;
    throw fault;
  }
}
