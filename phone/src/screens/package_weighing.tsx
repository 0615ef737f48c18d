/** Weighing: a pad for the thumb, every number durable as it is recorded, and what the numbers amount to so far. */
import "../look/measuring.css";
import { useRef, useState } from "preact/hooks";
import { changeMeasured } from "../deeds/measuring";
import { list, packageJudgement, packageProblems } from "../measurement/judging";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Choices, TextField } from "../parts/fields";
import { NumberPad } from "../parts/number_pad";
import { Meter, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { describePackages, PACKAGE_ACTS } from "../records/measurements";
import { text } from "../records/reader";
import { readDecimal, writeDecimal } from "../words/figures";
import { say, sayNamed } from "../words/index";
import { problemWords, RaiseViolation, Reasons, VerdictLine, VoidMeasured } from "./measuring_parts";
import { PackageResult } from "./package_result";

const MOST = { weights: 500, tares: 50 };
const SHOWN = 60;

interface PackageWeighingProps {
  visit: View;
  check: View;
  onEdit: () => void;
}

export function PackageWeighing({ visit, check, onEdit }: PackageWeighingProps) {
  const [entry, setEntry] = useState("");
  const typed = useRef("");
  const [into, setInto] = useState<"weights" | "tares">("weights");
  const [several, setSeveral] = useState("");
  const [fault, setFault] = useState("");
  const judged = packageJudgement(check.fields, text(visit, "visited_on"));
  const weights = list(check.fields, "weights");
  const tares = list(check.fields, "tares");
  const unit = sayNamed("measuring.unit", text(check, "reading_unit") || text(check, "nominal_unit"));
  const numbers = { weights, tares };

  const show = (value: string): void => {
    typed.current = value;
    setEntry(value);
  };
  /** Writes numbers down behind those that stand, if they can be meant; else the screen says why not. */
  const add = (words: readonly string[]): Promise<boolean> => {
    const read = words.map(readDecimal);
    return changeMeasured(visit, check, (standing) => {
      const all = [...list(standing, into), ...read.filter((each) => each !== null)];
      const problems = packageProblems({ ...standing, [into]: all });
      let wrong = problemWords(problems);
      if (read.some((each) => each === null || each.startsWith("-"))) wrong = say("measuring.problem.negative");
      else if (all.length > MOST[into]) wrong = say("measuring.problem.too_many", { most: MOST[into] });
      setFault(wrong);
      return wrong ? null : { [into]: all };
    });
  };
  /** The pad is emptied before the number is written, so that a second tap finds nothing to record. */
  const record = async (): Promise<void> => {
    const number = typed.current;
    if (!number) return;
    show("");
    if (!(await add([number])) && !typed.current) show(number);
  };
  const undo = async (): Promise<void> => {
    setFault("");
    await changeMeasured(visit, check, (standing) => {
      const rest = list(standing, into).slice(0, -1);
      return { [into]: rest.length > 0 ? rest : null };
    });
  };
  const words = several.split(/[\s;]+/).filter(Boolean);
  const odd = words.filter((each) => readDecimal(each) === null);

  return (
    <Screen
      title={text(check, "product")}
      subtitle={`${writeDecimal(text(check, "nominal"))} ${sayNamed("measuring.unit", text(check, "nominal_unit"))}`}
      back={to("visit", visit.record)}
      bar={
        <NumberPad
          label={say(into === "tares" ? "package.entry.tare" : "package.entry", {
            number: numbers[into].length + 1,
          })}
          value={entry}
          onInput={(change) => {
            show(change(typed.current));
            setFault("");
          }}
          onRecord={record}
          record={`${say("package.record")} (${unit})`}
        />
      }
    >
      {judged.plan && (
        <Meter
          done={Math.min(weights.length, judged.plan.size ?? 0)}
          total={judged.plan.size ?? 0}
          label={say("package.progress", { done: weights.length, total: judged.plan.size ?? 0 })}
        />
      )}
      <VerdictLine judged={judged} />
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <PackageResult judged={judged} unit={text(check, "nominal_unit")} />
      <div class="actions">
        <Button onPress={undo} disabled={numbers[into].length === 0}>
          {say("package.undo")}
        </Button>
        <Button onPress={onEdit}>{say("package.edit")}</Button>
      </div>
      {judged.verdict === "fail" && (
        <RaiseViolation visit={visit} codes={PACKAGE_ACTS} describe={() => describePackages(check, judged)} />
      )}
      <Numbers values={weights} errors={judged.errors ?? []} />
      <details class="card">
        <summary>{say("package.several")}</summary>
        <TextField
          label={say("package.several")}
          hint={say("package.several.hint")}
          value={several}
          onInput={setSeveral}
          lines={2}
          fault={odd.length > 0 ? say("package.several.bad", { text: odd.join(" ") }) : undefined}
        />
        <Button
          wide
          disabled={words.length === 0 || odd.length > 0}
          onPress={async () => {
            if (await add(words)) setSeveral("");
          }}
        >
          {say("package.several.add", { count: words.length })}
        </Button>
      </details>
      <Choices
        label={say("package.weigh")}
        value={into}
        options={[
          { value: "weights", label: say("package.weigh.package") },
          { value: "tares", label: say("package.weigh.tare") },
        ]}
        onChange={(chosen) => setInto(chosen as "weights" | "tares")}
      />
      {tares.length > 0 && <p class="hint">{say("package.tares", { count: tares.length })}</p>}
      <Reasons codes={judged.indicative} />
      <VoidMeasured visit={visit} view={check} />
    </Screen>
  );
}

/** The recorded numbers, the newest first, each marked with its class of error. */
function Numbers({ values, errors }: { values: readonly string[]; errors: readonly number[] }) {
  if (values.length === 0) return null;
  const newest = values.map((value, at) => ({ value, at, error: errors[at] ?? 0 })).reverse();
  return (
    <ol class="numbers" aria-label={say("package.readings")} reversed>
      {newest.slice(0, SHOWN).map(({ value, at, error }) => (
        <li key={at} value={at + 1}>
          {writeDecimal(value)} {error > 0 && <Tag tone={error === 2 ? "bad" : "warn"}>T{error}</Tag>}
        </li>
      ))}
    </ol>
  );
}
