/** What was decided about a violation. Its five parts are one value: they merge, and travel, together. */
import type { View } from "../outbox/overlay";
import { Choices, TextField } from "../parts/fields";
import type { Fields } from "../protocol/types";
import { text } from "../records/reader";
import { say } from "../words/index";

const SANCTIONS = ["reminder", "warning", "fine"] as const;

export interface DecisionDraft {
  sanction: string;
  authority: string;
  decision_number: string;
  decided_on: string;
  amount: string;
}

export const NO_DECISION: DecisionDraft = {
  sanction: "",
  authority: "",
  decision_number: "",
  decided_on: "",
  amount: "",
};

export function readDecision(violation: View): DecisionDraft {
  return {
    sanction: text(violation, "sanction"),
    authority: text(violation, "authority"),
    decision_number: text(violation, "decision_number"),
    decided_on: text(violation, "decided_on"),
    amount: text(violation, "amount"),
  };
}

export const digits = (typed: string): string => typed.replace(/[\s.,]/g, "");

/** Whether what was typed is a sum in dong, or nothing. */
export const isDong = (typed: string): boolean => /^\d{0,15}$/.test(digits(typed));

export function decisionFields(draft: DecisionDraft): Fields {
  if (!draft.sanction)
    return { sanction: null, authority: null, decision_number: null, decided_on: null, amount: null };
  const amount = digits(draft.amount);
  return {
    sanction: draft.sanction,
    authority: draft.authority.trim() || null,
    decision_number: draft.decision_number.trim() || null,
    decided_on: draft.decided_on || null,
    amount: draft.sanction === "fine" && amount ? Number(amount) : null,
  };
}

export function DecisionFields({
  draft,
  onChange,
}: {
  draft: DecisionDraft;
  onChange: (draft: DecisionDraft) => void;
}) {
  const set = (name: keyof DecisionDraft) => (value: string) => onChange({ ...draft, [name]: value });
  return (
    <>
      <Choices
        label={say("violation.sanction")}
        value={draft.sanction}
        options={[
          { value: "", label: say("violation.sanction.none") },
          ...SANCTIONS.map((each) => ({ value: each, label: say(`violation.sanction.${each}`) })),
        ]}
        onChange={set("sanction")}
      />
      {draft.sanction === "fine" && (
        <TextField
          label={say("violation.amount")}
          value={draft.amount}
          inputMode="numeric"
          suffix="đ"
          onInput={set("amount")}
          fault={isDong(draft.amount) ? undefined : say("violation.amount.invalid")}
        />
      )}
      {draft.sanction && (
        <>
          <TextField
            label={say("violation.authority")}
            value={draft.authority}
            onInput={set("authority")}
            maximum={300}
            optional
          />
          <TextField
            label={say("violation.decision_number")}
            value={draft.decision_number}
            onInput={set("decision_number")}
            maximum={100}
            optional
          />
          <TextField
            label={say("violation.decided_on")}
            type="date"
            value={draft.decided_on}
            onInput={set("decided_on")}
            optional
          />
        </>
      )}
    </>
  );
}
