/** One violation: the act, how serious it is, whether it was put right, and what was decided. */
import { useState } from "preact/hooks";
import { describeViolation } from "../deeds/violating";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Choices, TextField, Tick } from "../parts/fields";
import { useLive } from "../parts/live";
import { Banner, Empty, Section, StandingMark } from "../parts/pieces";
import { replace, to } from "../parts/route";
import { Screen } from "../parts/screen";
import { VoidButton } from "../parts/void_button";
import { reader } from "../phone";
import { text } from "../records/reader";
import { catalogueOn } from "../records/violations";
import { readVisit, type VisitFile } from "../records/visits";
import { say } from "../words/index";
import "../words/photos";
import { ActDescription } from "./act_description";
import {
  decisionFields,
  type DecisionDraft,
  DecisionFields,
  isDong,
  readDecision,
} from "./decision_fields";
import { Photos } from "./photos";
import { isValueWhole, readValue, type ValueDraft, ValueFields, valueFields } from "./value_fields";

export const SEVERITIES = ["minor", "serious", "critical"] as const;

async function read(record: string) {
  const violation = await reader.value.one(record);
  const file = await readVisit(reader.value, text(violation, "visit"));
  const catalogue = file ? await catalogueOn(reader.value, text(file.visit, "visited_on")) : undefined;
  return { violation, file, known: catalogue?.get(text(violation, "code")) };
}

export function Violation({ visit, record }: { visit: string; record: string }) {
  const found = useLive(`violation:${record}`, () => read(record));
  if (!found?.violation) {
    return (
      <Screen title={say("violation.title")} back={to("visit", visit)}>
        {found && <Empty>{say("state.not_found")}</Empty>}
      </Screen>
    );
  }
  return (
    <Form key={record} violation={found.violation} known={found.known} file={found.file} visit={visit} />
  );
}

interface FormProps {
  violation: View;
  known: View | undefined;
  file: VisitFile | undefined;
  visit: string;
}

function Form({ violation, known, file, visit }: FormProps) {
  const [description, setDescription] = useState(text(violation, "description"));
  const [severity, setSeverity] = useState(text(violation, "severity"));
  const [corrected, setCorrected] = useState(violation.fields.corrected === true);
  const [dueOn, setDueOn] = useState(text(violation, "due_on"));
  const [remediedOn, setRemediedOn] = useState(text(violation, "remedied_on"));
  const [decision, setDecision] = useState<DecisionDraft>(() => readDecision(violation));

  const [value, setValue] = useState<ValueDraft>(() => readValue(violation));

  const save = async (): Promise<void> => {
    if (!isDong(decision.amount) || !isValueWhole(value)) return;
    const done = await describeViolation(violation, {
      description: description.trim() || null,
      severity: severity || null,
      corrected,
      due_on: dueOn || null,
      remedied_on: remediedOn || null,
      ...valueFields(value),
      ...decisionFields(decision),
    });
    if (done) replace("visit", visit);
  };

  return (
    <Screen
      title={say("violation.title")}
      back={to("visit", visit)}
      bar={
        <Button look="primary" wide onPress={save}>
          {say("violation.save")}
        </Button>
      }
    >
      <StandingMark standing={violation.standing} />
      {violation.voided && <Banner tone="bad">{say("violation.voided")}</Banner>}
      <div class="card">
        {known ? <ActDescription act={known} /> : <strong>{say("violation.free")}</strong>}
      </div>
      <TextField
        label={say("violation.description")}
        value={description}
        onInput={setDescription}
        lines={3}
        maximum={4000}
      />
      <Choices
        label={say("violation.severity")}
        value={severity}
        clearable
        options={SEVERITIES.map((each) => ({ value: each, label: say(`violation.severity.${each}`) }))}
        onChange={setSeverity}
      />
      <Tick checked={corrected} onChange={setCorrected}>
        {say("violation.corrected")}
      </Tick>
      <TextField label={say("violation.due_on")} type="date" value={dueOn} onInput={setDueOn} optional />
      <TextField
        label={say("violation.remedied_on")}
        type="date"
        value={remediedOn}
        onInput={setRemediedOn}
        optional
      />
      <ValueFields act={known} draft={value} onChange={setValue} />
      <DecisionFields draft={decision} onChange={setDecision} />
      {file && (
        <Section title={say("photo.title")}>
          <Photos file={file} subject={violation.record} />
        </Section>
      )}
      {!violation.voided && (
        <VoidButton
          view={violation}
          label={say("violation.void")}
          text={say("violation.void.text")}
          confirm={say("violation.void.confirm")}
          done={say("violation.voided")}
          onDone={() => replace("visit", visit)}
        />
      )}
    </Screen>
  );
}
