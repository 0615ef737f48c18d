/** Checklists and the violation catalogue as pulled, and which of them hold on a day. */
import type { Json } from "../protocol/types";
import type { View } from "../outbox/overlay";
import { text, texts } from "./reader";

const KINDS = [
  "pass_fail_na",
  "choice",
  "choices",
  "number",
  "text",
  "date",
  "photo",
  "signature",
  "barcode",
] as const;

export type AnswerKind = (typeof KINDS)[number];

export interface AnswerOption {
  name: string;
  label_vi: string;
  label_en: string;
}

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
  basis_verified: string;
  hint_vi: string;
  hint_en: string;
  options: AnswerOption[];
  minimum: string;
  maximum: string;
  whole: boolean;
  required: boolean;
  relevant: string;
  constraint: string;
  constraint_vi: string;
  constraint_en: string;
}

const word = (value: Json | undefined): string => (typeof value === "string" ? value : "");

function readOption(value: Json): AnswerOption[] {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return [{ name: word(value.name), label_vi: word(value.label_vi), label_en: word(value.label_en) }];
}

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
      kind: KINDS.find((kind) => kind === form?.kind) ?? "text",
      unit: word(form?.unit),
      legal_basis: word(value.legal_basis),
      applies_to: word(value.applies_to),
      fail_rule_vi: word(value.fail_rule_vi),
      fail_rule_en: word(value.fail_rule),
      violation_codes: codes.filter((code): code is string => typeof code === "string"),
      basis_verified: word(value.basis_verified),
      hint_vi: word(value.hint_vi),
      hint_en: word(value.hint_en),
      options: (Array.isArray(form?.options) ? form.options : []).flatMap(readOption),
      minimum: word(form?.minimum),
      maximum: word(form?.maximum),
      whole: form?.whole === true,
      required: value.required === true,
      relevant: word(value.relevant),
      constraint: word(value.constraint),
      constraint_vi: word(value.constraint_vi),
      constraint_en: word(value.constraint_en),
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
 * Whether an edition is meant for an establishment, as the server's `rules.meant_for` decides: by its type and its risk
 * group. Empty is every one, and what is not known of the establishment speaks against nothing.
 */
export function meantFor(edition: View, establishment: View | undefined): boolean {
  const among = (field: string, value: string): boolean => {
    const words = texts(edition, field);
    return words.length === 0 || !value || words.includes(value);
  };
  const type = text(establishment, "establishment_type");
  return among("establishment_types", type) && among("risk_groups", text(establishment, "risk"));
}

/**
 * The editions of a visit, one a checklist, as the server's `rules.editions_of_visit` decides: one that the visit names
 * stays, also when a newer one arrives, unless it begins after the visit's day. A visit that names none is made with
 * those in force on the day that are meant for its establishment, of those that the campaign names or of all.
 */
export function checklistsOf(
  visit: View,
  campaign: View | undefined,
  establishment: View | undefined,
  all: readonly View[],
): View[] {
  const day = text(visit, "visited_on");
  const known = all.filter((view) => view.voided === null);
  const among = (ids: Json | undefined): View[] =>
    Array.isArray(ids) ? known.filter((view) => ids.includes(view.record)) : [];
  const named = among(visit.fields.checklists);
  const planned = named.length > 0 ? named : among(campaign?.fields.checklists);
  const codes = new Set(planned.map((view) => text(view, "code")));
  const kept = new Map<string, View>();
  for (const view of named) if (text(view, "valid_from") <= day) kept.set(text(view, "code"), view);
  for (const view of known) {
    const code = text(view, "code");
    const meant = named.length > 0 || meantFor(view, establishment);
    if (holdsOn(view, day) && meant && !kept.has(code) && (codes.size === 0 || codes.has(code)))
      kept.set(code, view);
  }
  return [...kept.values()].sort(byDomain);
}

/** The checklists in force on the visit's day that it is not made with. */
export function othersFor(visit: View, used: readonly View[], all: readonly View[]): View[] {
  const codes = new Set(used.map((view) => text(view, "code")));
  const day = text(visit, "visited_on");
  return all.filter((view) => holdsOn(view, day) && !codes.has(text(view, "code"))).sort(byDomain);
}
