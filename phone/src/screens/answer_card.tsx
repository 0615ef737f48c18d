/** One item of a checklist about one subject, with its answer. */
import { useState } from "preact/hooks";
import { giveResult, giveText, giveValue, type Question, type ResultWord } from "../deeds/answering";
import { voidRecord } from "../deeds/visiting";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Confirm } from "../parts/dialog";
import { TextField } from "../parts/fields";
import { AlertIcon, CheckIcon, CrossIcon, DashIcon, InfoIcon, NoteIcon, PlusIcon } from "../parts/icons";
import { StandingMark, Tag } from "../parts/pieces";
import type { Item } from "../records/checklists";
import { text } from "../records/reader";
import { FREE_CODE } from "../records/violations";
import type { VisitFile } from "../records/visits";
import { readDecimal, writeDecimal } from "../words/figures";
import { inLanguage, say } from "../words/index";
import { FailureSheet } from "./failure_sheet";
import { SubjectSheet } from "./subject_sheet";

interface AnswerCardProps {
  item: Item;
  file: VisitFile;
  checklist: View;
  subject: string;
  taken: string[];
  answer: View | undefined;
  onAddSubject: (name: string) => void;
  last: boolean;
}

export function AnswerCard({
  item,
  file,
  checklist,
  subject,
  taken,
  answer,
  onAddSubject,
  last,
}: AnswerCardProps) {
  const [sheet, setSheet] = useState<"none" | "failure" | "subject" | "violations">("none");
  const [noting, setNoting] = useState(false);
  const [basis, setBasis] = useState(false);
  const question: Question = { visit: file.visit, checklist: checklist.record, item: item.id, subject };
  const violations = file.violations.filter((each) => answer && text(each, "answer") === answer.record);
  const result = text(answer, "result");
  const titleId = `title-${item.id}-${subject}`;

  /** A second tap on a result takes it back, except on a fail, whose reasons it opens. */
  const choose = async (
    chosen: ResultWord,
    next: ResultWord | null = chosen === result ? null : chosen,
  ): Promise<void> => {
    if (result === "fail" && chosen === "fail" && next === null && item.kind === "pass_fail_na")
      return setSheet("failure");
    if (!(await giveResult(question, next, answer))) return undefined;
    if (next === "fail") setSheet("failure");
    else if (violations.length > 0) setSheet("violations");
    return undefined;
  };

  return (
    <article
      class={`card answer ${result}`}
      id={subject === "" ? `item-${item.id}` : undefined}
      aria-labelledby={titleId}
    >
      <p class="item-code">
        {item.id}
        {subject && <strong class="subject">{subject}</strong>}
        <StandingMark standing={answer?.standing ?? "stored"} />
      </p>
      <h3 id={titleId}>{inLanguage(item.text_vi, item.text_en)}</h3>
      {item.kind === "pass_fail_na" && <Results legend={titleId} result={result} onChoose={choose} />}
      {item.kind === "number" && <Reading question={question} item={item} answer={answer} />}
      {(item.kind === "text" || item.kind === "photo") && (
        <Words
          question={question}
          field="text"
          label={say(item.kind === "photo" ? "answer.photo" : "answer.text")}
          answer={answer}
        />
      )}
      {result === "fail" && (
        <Failure answer={answer} violations={violations} onOpen={() => setSheet("failure")} />
      )}
      {(noting || text(answer, "note")) && (
        <Words question={question} field="note" label={say("answer.note")} answer={answer} />
      )}
      <div class="card-tools">
        {!noting && !text(answer, "note") && (
          <Button look="quiet" onPress={() => setNoting(true)}>
            <NoteIcon size={20} /> {say("answer.note")}
          </Button>
        )}
        {item.kind !== "pass_fail_na" && item.violation_codes.length > 0 && (
          <Button look="quiet" onPress={() => setSheet("failure")}>
            <AlertIcon size={20} /> {say("answer.record_violation")}
          </Button>
        )}
        {item.kind !== "pass_fail_na" && result === "fail" && (
          <Button look="quiet" onPress={() => choose("fail", null)}>
            {say("answer.clear_fail")}
          </Button>
        )}
        {item.legal_basis && (
          <Button look="quiet" expanded={basis} onPress={() => setBasis(!basis)}>
            <InfoIcon size={20} /> {say("answer.basis")}
          </Button>
        )}
        {last && (
          <Button look="quiet" onPress={() => setSheet("subject")} label={say("answer.add_subject")}>
            <PlusIcon size={20} /> {say("answer.subject")}
          </Button>
        )}
      </div>
      {basis && <Basis item={item} />}
      {sheet === "failure" && (
        <FailureSheet
          question={question}
          item={item}
          answer={answer}
          violations={violations}
          onClose={() => setSheet("none")}
        />
      )}
      {sheet === "subject" && (
        <SubjectSheet taken={taken} onAdd={onAddSubject} onClose={() => setSheet("none")} />
      )}
      {sheet === "violations" && (
        <Confirm
          title={say("answer.open_violations", { count: violations.length })}
          text={say("answer.open_violations.text")}
          cancel={say("answer.open_violations.keep")}
          confirm={say("answer.open_violations.void")}
          danger
          onClose={() => setSheet("none")}
          onConfirm={async () => {
            const reason = say("answer.open_violations.reason");
            for (const each of violations) await voidRecord(each, reason, say("violation.voided"));
            setSheet("none");
          }}
        />
      )}
    </article>
  );
}

const RESULTS = [
  { word: "pass", Mark: CheckIcon },
  { word: "fail", Mark: CrossIcon },
  { word: "na", Mark: DashIcon },
] as const;

function Results({
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
          aria-label={word === "na" ? say("answer.na.long") : undefined}
          onClick={() => void onChoose(word)}
        >
          <Mark size={22} />
          <span>{say(`answer.${word}`)}</span>
        </button>
      ))}
    </div>
  );
}

function Failure({
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

function Reading({ question, item, answer }: { question: Question; item: Item; answer: View | undefined }) {
  const stored = writeDecimal(text(answer, "value"));
  const [draft, setDraft] = useState<string | null>(null);
  const [fault, setFault] = useState("");
  const leave = async (typed: string): Promise<void> => {
    const value = typed.trim() ? readDecimal(typed) : null;
    if (typed.trim() && value === null) return setFault(say("answer.not_a_number"));
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

function Words({ question, field, label, answer }: WordsProps) {
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

function Basis({ item }: { item: Item }) {
  const rule = inLanguage(item.fail_rule_vi, item.fail_rule_en);
  return (
    <div class="basis">
      <p>{item.legal_basis}</p>
      {item.applies_to && item.applies_to !== "all" && (
        <p>{say("answer.applies_to", { who: item.applies_to })}</p>
      )}
      {rule && <p>{say("answer.rule", { rule })}</p>}
    </div>
  );
}
