/** Readings of a scale or of a fuel dispenser: what was applied, what was shown, and how far apart they may be. */
import "../look/measuring.css";
import { useState } from "preact/hooks";
import { changeMeasured } from "../deeds/measuring";
import { type InstrumentJudgement, list, readingProblems } from "../measurement/judging";
import type { View } from "../outbox/overlay";
import type { Fields } from "../protocol/types";
import { Button } from "../parts/buttons";
import { Choices, TextField } from "../parts/fields";
import { Section, Tag } from "../parts/pieces";
import { text } from "../records/reader";
import { readDecimal, writeDecimal } from "../words/figures";
import { say } from "../words/index";
import { problemWords } from "./measuring_parts";

const MOST = 50;
const CLASSES = ["I", "II", "III", "IIII"] as const;

interface InstrumentReadingsProps {
  visit: View;
  check: View;
  tool: "scale" | "dispenser";
  judged: InstrumentJudgement;
}

export function InstrumentReadings({ visit, check, tool, judged }: InstrumentReadingsProps) {
  const [load, setLoad] = useState("");
  const [shown, setShown] = useState("");
  const [fault, setFault] = useState("");
  const loads = list(check.fields, "references");
  const indications = list(check.fields, "indications");
  const unit = tool === "scale" ? "kg" : "l";
  const scale = tool === "scale";

  const record = async (): Promise<void> => {
    const pair = [readDecimal(load), readDecimal(shown)];
    if (pair.some((each) => each === null || each.startsWith("-"))) {
      setFault(say("measuring.problem.negative"));
      return;
    }
    const done = await changeMeasured(visit, check, (standing) => {
      const fields: Fields = {
        reading_unit: unit,
        references: [...list(standing, "references"), pair[0] as string],
        indications: [...list(standing, "indications"), pair[1] as string],
      };
      const problems = readingProblems({ ...standing, ...fields });
      const full = list(standing, "references").length >= MOST;
      setFault(full ? say("measuring.problem.too_many", { most: MOST }) : problemWords(problems));
      return full || problems.length > 0 ? null : fields;
    });
    if (!done) return;
    setLoad("");
    setShown("");
  };
  const undo = (): Promise<boolean> =>
    changeMeasured(visit, check, (standing) => {
      const rest = (name: string): string[] | null => {
        const values = list(standing, name).slice(0, -1);
        return values.length > 0 ? values : null;
      };
      return { references: rest("references"), indications: rest("indications") };
    });

  return (
    <Section title={say(scale ? "instrument.scale" : "instrument.dispenser")}>
      {scale && <ScaleItself visit={visit} check={check} />}
      <ol class="plain-list">
        {(judged.lines ?? []).map((line, at) => (
          <li key={at}>
            {say(line.allowance === null ? "instrument.line.no_limit" : "instrument.line", {
              load: `${writeDecimal(loads[at] ?? "")} ${unit}`,
              shown: `${writeDecimal(indications[at] ?? "")} ${unit}`,
              error: writeDecimal(line.error),
              allowance: writeDecimal(line.allowance ?? ""),
              unit: scale ? "g" : "ml",
            })}{" "}
            {line.fits !== null && (
              <Tag tone={line.fits ? "good" : "bad"}>
                {say(line.fits ? "measuring.verdict.pass" : "measuring.verdict.fail")}
              </Tag>
            )}
          </li>
        ))}
      </ol>
      {judged.division_fits === false && <p class="fault">{say("instrument.coarse")}</p>}
      <div class="pair">
        <TextField
          label={say(scale ? "instrument.load" : "instrument.delivered")}
          value={load}
          onInput={setLoad}
          inputMode="decimal"
        />
        <TextField
          label={say(scale ? "instrument.shown" : "instrument.indicated")}
          value={shown}
          onInput={setShown}
          inputMode="decimal"
        />
      </div>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <div class="actions">
        <Button onPress={undo} disabled={loads.length === 0}>
          {say("instrument.undo")}
        </Button>
        <Button look="primary" onPress={record} disabled={!load.trim() || !shown.trim()}>
          {say("instrument.record")}
        </Button>
      </div>
    </Section>
  );
}

/** What the allowance depends on: division, capacity, class of a scale without a spring, and whose it is. */
function ScaleItself({ visit, check }: { visit: View; check: View }) {
  const [draft, setDraft] = useState<Record<string, string>>({});
  const [faults, setFaults] = useState<Record<string, string>>({});
  const spring = text(check, "instrument") === "spring_scale";
  const write = async (name: "capacity" | "division", typed: string): Promise<void> => {
    const number = typed.trim() === "" ? null : readDecimal(typed);
    const bad = typed.trim() !== "" && (number === null || number.startsWith("-") || number === "0");
    const fields: Fields = { [name]: number, reading_unit: "kg" };
    const problems = bad ? [] : readingProblems({ ...check.fields, ...fields });
    setFaults({ ...faults, [name]: bad ? say("measuring.problem.not_positive") : problemWords(problems) });
    if (!bad && problems.length === 0) await changeMeasured(visit, check, fields);
  };
  const field = (name: "capacity" | "division") => (
    <TextField
      label={say(`instrument.${name}`)}
      value={draft[name] ?? writeDecimal(text(check, name))}
      onInput={(value) => setDraft({ ...draft, [name]: value })}
      onLeave={(value) => void write(name, value)}
      inputMode="decimal"
      fault={faults[name] || undefined}
    />
  );
  const missing = !text(check, "division") || (!spring && !text(check, "accuracy_class"));
  return (
    <>
      <div class="pair">
        {field("division")}
        {field("capacity")}
      </div>
      {!spring && (
        <Choices
          label={say("instrument.class")}
          value={text(check, "accuracy_class")}
          clearable
          options={CLASSES.map((each) => ({ value: each, label: say(`instrument.class.${each}`) }))}
          onChange={(chosen) => void changeMeasured(visit, check, { accuracy_class: chosen || null })}
        />
      )}
      <Choices
        label={say("instrument.side")}
        value={text(check, "side")}
        clearable
        options={(["seller", "buyer"] as const).map((each) => ({
          value: each,
          label: say(`instrument.side.${each}`),
        }))}
        onChange={(chosen) => void changeMeasured(visit, check, { side: chosen || null })}
      />
      {missing && (
        <p class="hint">{say("instrument.needs", { more: spring ? "" : say("instrument.needs.class") })}</p>
      )}
    </>
  );
}
