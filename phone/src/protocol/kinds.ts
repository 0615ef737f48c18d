/**
 * What the phone must know of each kind before it may write one: the schema it writes, the fields that
 * merge as one, and the field that names the record it belongs to.
 */
import type { Fields } from "./types";

interface KindRule {
  schema: number;
  parent?: string;
  groups: Readonly<Record<string, readonly string[]>>;
}

export const KIND_RULES: Record<string, KindRule> = {
  establishment: { schema: 1, groups: { position: ["latitude", "longitude", "accuracy"] } },
  // Phones only make petitions; what the office writes later merges in groups there.
  complaint: { schema: 1, groups: {} },
  campaign: { schema: 1, groups: {} },
  assignment: { schema: 1, parent: "campaign", groups: {} },
  target: { schema: 1, parent: "campaign", groups: {} },
  visit: { schema: 1, parent: "campaign", groups: {} },
  answer: {
    schema: 1,
    parent: "visit",
    groups: { finding: ["result", "reason"], reading: ["value", "unit"] },
  },
  violation: {
    schema: 1,
    parent: "visit",
    groups: { decision: ["sanction", "authority", "decision_number", "decided_on", "amount"] },
  },
  measure: { schema: 1, parent: "visit", groups: { measured: ["quantity", "quantity_unit"] } },
  instrument_check: {
    schema: 1,
    parent: "visit",
    groups: {
      verification: ["evidence", "verified_on", "stated_until"],
      readings: [
        "capacity",
        "division",
        "accuracy_class",
        "side",
        "reading_unit",
        "references",
        "indications",
      ],
    },
  },
  package_check: {
    schema: 1,
    parent: "visit",
    groups: {
      contents: ["nominal", "nominal_unit", "reading_unit", "lot_size", "tares", "weights", "verdict"],
    },
  },
  sample: {
    schema: 1,
    parent: "visit",
    groups: {
      taken: ["quantity", "quantity_unit"],
      finding: [
        "result",
        "result_on",
        "result_number",
        "indicator",
        "required_value",
        "found_value",
      ],
    },
  },
  signature: { schema: 1, parent: "visit", groups: {} },
  frozen_record: { schema: 1, parent: "visit", groups: {} },
  evidence: { schema: 1, parent: "visit", groups: { position: ["latitude", "longitude", "accuracy"] } },
};

export function ruleOf(kind: string): KindRule {
  const rule = KIND_RULES[kind];
  if (!rule) throw new Error(`The phone does not write records of kind ${kind}`);
  return rule;
}

/** The record a record belongs to; a conflict belongs to the record it is about. */
export function parentOf(kind: string, fields: Fields): string {
  const name = kind === "conflict" ? "target" : KIND_RULES[kind]?.parent;
  const value = name === undefined ? undefined : fields[name];
  return typeof value === "string" ? value : "";
}
