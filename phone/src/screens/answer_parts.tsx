/** The parts of an answer: the three results, what failed, a reading, words, and the legal basis. */
import "../look/visits.css";
import { useState } from "preact/hooks";
import { giveText, giveValue, type Question, type ResultWord } from "../deeds/answering";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { TextField } from "../parts/fields";
import { CheckIcon, CrossIcon, DashIcon } from "../parts/icons";
import { Tag } from "../parts/pieces";
import type { Item } from "../records/checklists";
import { text } from "../records/reader";
import { FREE_CODE } from "../records/violations";
import { readDecimal, writeDecimal } from "../words/figures";
import { inLanguage, say } from "../words/index";

const RESULTS = [
  { word: "pass", Mark: CheckIcon },
  { word: "fail", Mark: CrossIcon },
  { word: "na", Mark: DashIcon },
] as const;

export function Results({
  legend,
  result,
  onChoose,
}: {
  legend: string;
  result: string;
  onChoose: (word: ResultWord) => Promise<void>;
}) {
  return (
    <div class="results" role="group" aria-labelledby={legend}>
      {RESULTS.map(({ word, Mark }) => (
        <button
          key={word}
          type="button"
          class={`result ${word}`}
          aria-pressed={result === word}
          onClick={() => void onChoose(word)}
        >
          <Mark size={22} />
          <span>{say(`answer.${word}`)}</span>
        </button>
      ))}
    </div>
  );
}

export function Failure({
  answer,
  violations,
  onOpen,
}: {
  answer: View | undefined;
  violations: View[];
  onOpen: () => void;
}) {
  const reason = text(answer, "reason");
  return (
    <div class="failure">
      <p>{reason || <Tag tone="warn">{say("answer.reason.needed")}</Tag>}</p>
      <p class="marks">
        {violations.map((violation) => (
          <Tag key={violation.record} tone="bad">
            {text(violation, "code") === FREE_CODE ? say("violation.free") : text(violation, "code")}
          </Tag>
        ))}
      </p>
      <Button onPress={onOpen}>
        {violations.length === 0 ? say("answer.record_violation") : say("action.edit")}
      </Button>
    </div>
  );
}

export function Reading({ question, item, answer }: { question: Question; item: Item; answer: View | undefined }) {
  const stored = writeDecimal(text(answer, "value"));
  const [draft, setDraft] = useState<string | null>(null);
  const [fault, setFault] = useState("");
  const leave = async (typed: string): Promise<void> => {
    const value = typed.trim() ? readDecimal(typed) : null;
    if (typed.trim() && value === null) return setFault(say("answer.not_a_number"));
    if (value !== null && item.whole && value.includes(".")) return setFault(say("answer.not_whole"));
    setFault("");
    if ((value ?? "") === text(answer, "value")) return setDraft(null);
    if (await giveValue(question, value, item.unit)) setDraft(null);
    return undefined;
  };
  return (
    <TextField
      label={say("answer.value")}
      value={draft ?? stored}
      inputMode="decimal"
      suffix={item.unit}
      onInput={setDraft}
      onLeave={(typed) => void leave(typed)}
      fault={fault || undefined}
    />
  );
}

interface WordsProps {
  question: Question;
  field: "text" | "note";
  label: string;
  answer: View | undefined;
}

export function Words({ question, field, label, answer }: WordsProps) {
  const stored = text(answer, field);
  const [draft, setDraft] = useState<string | null>(null);
  const leave = async (typed: string): Promise<void> => {
    if (typed.trim() === stored || (await giveText(question, field, typed))) setDraft(null);
  };
  return (
    <TextField
      label={label}
      value={draft ?? stored}
      lines={1}
      maximum={4000}
      onInput={setDraft}
      onLeave={(typed) => void leave(typed)}
    />
  );
}

export function Basis({ item }: { item: Item }) {
  const rule = inLanguage(item.fail_rule_vi, item.fail_rule_en);
  return (
    <div class="basis">
      <p>{item.legal_basis}</p>
      {item.basis_verified && item.basis_verified !== "in source" && (
        <p>
          <Tag tone="warn">{say("answer.unverified")}</Tag>
        </p>
      )}
      {item.applies_to && item.applies_to !== "all" && (
        <p>{say("answer.applies_to", { who: item.applies_to })}</p>
      )}
      {rule && <p>{say("answer.rule", { rule })}</p>}
    </div>
  );
}
