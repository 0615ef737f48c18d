/** One item of a checklist about one subject, with its answer. */
import "../look/visits.css";
import { useState } from "preact/hooks";
import { giveResult, type Question, theAnswer, type ResultWord } from "../deeds/answering";
import { voidRecord } from "../deeds/visiting";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Confirm } from "../parts/dialog";
import { AlertIcon, CameraIcon, InfoIcon, NoteIcon, PlusIcon } from "../parts/icons";
import { StandingMark, Tag } from "../parts/pieces";
import type { Item } from "../records/checklists";
import { text } from "../records/reader";
import { photosOf, type VisitFile } from "../records/visits";
import { inLanguage, say } from "../words/index";
import { Barcode, boundsOf, Chosen, Day, Signed } from "./answer_kinds";
import { Basis, Failure, Reading, Results, Words } from "./answer_parts";
import { FailureSheet } from "./failure_sheet";
import { Photos } from "./photos";
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
  /** Whether the answer is outside what the item allows. */
  outside: boolean;
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
  outside,
}: AnswerCardProps) {
  const [sheet, setSheet] = useState<"none" | "failure" | "subject" | "violations">("none");
  const [noting, setNoting] = useState(false);
  const [basis, setBasis] = useState(false);
  const [photographing, setPhotographing] = useState(false);
  const question: Question = { visit: file.visit, checklist: checklist.record, item: item.id, subject };
  const violations = file.violations.filter((each) => answer && text(each, "answer") === answer.record);
  const result = text(answer, "result");
  const asked = theAnswer(question);
  const pictured = photosOf(file, asked.record).length > 0;
  const hint = [inLanguage(item.hint_vi, item.hint_en), boundsOf(item)].filter(Boolean).join(" · ");
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
        {item.required && <Tag tone="calm">{say("answer.required")}</Tag>}
        <StandingMark standing={answer?.standing ?? "stored"} />
      </p>
      <h3 id={titleId}>{inLanguage(item.text_vi, item.text_en)}</h3>
      {hint && <p class="hint">{hint}</p>}
      {item.kind === "pass_fail_na" && <Results legend={titleId} result={result} onChoose={choose} />}
      {item.kind === "number" && <Reading question={question} item={item} answer={answer} />}
      {(item.kind === "choice" || item.kind === "choices") && (
        <Chosen question={question} item={item} answer={answer} />
      )}
      {item.kind === "date" && <Day question={question} item={item} answer={answer} />}
      {item.kind === "barcode" && <Barcode question={question} item={item} answer={answer} />}
      {item.kind === "signature" && !pictured && <Signed question={question} />}
      {(item.kind === "text" || item.kind === "photo") && (
        <Words
          question={question}
          field="text"
          label={say(item.kind === "photo" ? "answer.photo" : "answer.text")}
          answer={answer}
        />
      )}
      {outside && (
        <p class="fault" role="alert">
          {inLanguage(item.constraint_vi, item.constraint_en) || say("answer.outside")}
        </p>
      )}
      {result === "fail" && (
        <Failure answer={answer} violations={violations} onOpen={() => setSheet("failure")} />
      )}
      {(noting || text(answer, "note")) && (
        <Words question={question} field="note" label={say("answer.note")} answer={answer} />
      )}
      {(item.kind === "photo" || photographing || pictured) && (
        <Photos
          file={file}
          subject={asked.record}
          before={[asked]}
          shownOnly={item.kind === "signature" && !photographing}
        />
      )}
      <div class="card-tools">
        {item.kind !== "photo" && !photographing && !pictured && (
          <Button look="quiet" onPress={() => setPhotographing(true)}>
            <CameraIcon size={20} /> {say("photo.title")}
          </Button>
        )}
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
