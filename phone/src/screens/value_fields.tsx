/**
 * The value of the goods and the illegal gain of a violation, asked for where the act's fine goes by them. What was
 * entered once stays in sight.
 */
import type { View } from "../outbox/overlay";
import { Choices, TextField } from "../parts/fields";
import type { Fields } from "../protocol/types";
import { text } from "../records/reader";
import { fineGoesBy } from "../records/violations";
import { say } from "../words/index";
import "../words/visits";
import { digits, isDong } from "./decision_fields";

const BASES = ["listed_price", "invoice", "market_price", "other"] as const;

export interface ValueDraft {
  goods_value: string;
  goods_basis: string;
  illegal_gain: string;
}

export function readValue(violation: View): ValueDraft {
  return {
    goods_value: text(violation, "goods_value"),
    goods_basis: text(violation, "goods_basis"),
    illegal_gain: text(violation, "illegal_gain"),
  };
}

export const isValueWhole = (draft: ValueDraft): boolean =>
  isDong(draft.goods_value) && isDong(draft.illegal_gain);

const amount = (typed: string): number | null => (digits(typed) ? Number(digits(typed)) : null);

export function valueFields(draft: ValueDraft): Fields {
  return {
    goods_value: amount(draft.goods_value),
    goods_basis: draft.goods_basis || null,
    illegal_gain: amount(draft.illegal_gain),
  };
}

interface ValueFieldsProps {
  act: View | undefined;
  draft: ValueDraft;
  onChange: (draft: ValueDraft) => void;
}

export function ValueFields({ act, draft, onChange }: ValueFieldsProps) {
  const by = fineGoesBy(act);
  const sum = (name: "goods_value" | "illegal_gain") => (
    <TextField
      label={say(`violation.${name}`)}
      value={draft[name]}
      inputMode="numeric"
      suffix="đ"
      optional
      onInput={(typed) => onChange({ ...draft, [name]: typed })}
      fault={isDong(draft[name]) ? undefined : say("violation.amount.invalid")}
    />
  );
  return (
    <>
      {(by.goods || draft.goods_value) && sum("goods_value")}
      {(by.goods || draft.goods_basis) && draft.goods_value && (
        <Choices
          label={say("violation.goods_basis")}
          value={draft.goods_basis}
          clearable
          options={BASES.map((each) => ({ value: each, label: say(`violation.goods_basis.${each}`) }))}
          onChange={(goods_basis) => onChange({ ...draft, goods_basis })}
        />
      )}
      {(by.gain || draft.illegal_gain) && sum("illegal_gain")}
    </>
  );
}
