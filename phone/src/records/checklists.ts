/** Checklists and the violation catalogue as pulled, and which of them hold on a day. */
import type { Json } from "../protocol/types";
import { text } from "./reader";
import type { View } from "../outbox/overlay";

export type AnswerKind = "pass_fail_na" | "number" | "text" | "photo";

export interface Item {
  id: string;
  group: string;
  group_en: string;
  text_vi: string;
  text_en: string;
  kind: AnswerKind;
  unit: string;
  legal_basis: string;
  applies_to: string;
  fail_rule_vi: string;
  fail_rule_en: string;
  violation_codes: string[];
}

const KINDS: readonly string[] = ["pass_fail_na", "number", "text", "photo"];

const word = (value: Json | undefined): string => (typeof value === "string" ? value : "");

function readItem(value: Json): Item[] {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  const answer = value.answer;
  const form = answer !== null && typeof answer === "object" && !Array.isArray(answer) ? answer : {};
  const codes = Array.isArray(value.violation_codes) ? value.violation_codes : [];
  return [
    {
      id: word(value.id),
      group: word(value.group),
      group_en: word(value.group_en),
      text_vi: word(value.text_vi),
      text_en: word(value.text_en),
      kind: KINDS.includes(word(form?.kind)) ? (word(form?.kind) as AnswerKind) : "text",
      unit: word(form?.unit),
      legal_basis: word(value.legal_basis),
      applies_to: word(value.applies_to),
      fail_rule_vi: word(value.fail_rule_vi),
      fail_rule_en: word(value.fail_rule),
      violation_codes: codes.filter((code): code is string => typeof code === "string"),
    },
  ];
}

export function itemsOf(checklist: View): Item[] {
  const items = checklist.fields.items;
  return Array.isArray(items) ? items.flatMap(readItem) : [];
}

/** Whether dated reference data holds on a day; its first and last day both count. */
export function holdsOn(view: View, day: string): boolean {
  const from = text(view, "valid_from");
  const to = text(view, "valid_to");
  return view.voided === null && (!from || from <= day) && (!to || day <= to);
}

const ORDER = ["food_safety", "measurement", "quality", "labels"];

export function byDomain(left: View, right: View): number {
  const rank = (view: View): number => {
    const place = ORDER.indexOf(text(view, "domain"));
    return place < 0 ? ORDER.length : place;
  };
  return rank(left) - rank(right) || text(left, "code").localeCompare(text(right, "code"));
}

/**
 * The checklists of a visit: those it names, else those of its campaign, else all; of each code the edition in
 * force on the day of the visit.
 */
export function checklistsOf(visit: View, campaign: View | undefined, all: readonly View[]): View[] {
  const day = text(visit, "visited_on");
  const named = [visit, campaign]
    .map((view) => view?.fields.checklists)
    .find((ids) => Array.isArray(ids) && ids.length > 0);
  const ids = new Set(Array.isArray(named) ? named : []);
  const codes = new Set(all.filter((view) => ids.has(view.record)).map((view) => text(view, "code")));
  const chosen = all.filter(
    (view) => holdsOn(view, day) && (codes.size === 0 || codes.has(text(view, "code"))),
  );
  return chosen.sort(byDomain);
}
