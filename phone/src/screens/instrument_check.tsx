/** Checking one instrument: its verification first, then readings against known loads where there is a tool for them. */
import { useState } from "preact/hooks";
import { changeMeasured, recordMeasured } from "../deeds/measuring";
import { instrumentJudgement } from "../measurement/judging";
import { instrumentOf, instruments } from "../measurement/tables";
import { OTHER } from "../measurement/verification";
import type { View } from "../outbox/overlay";
import type { Fields, Json } from "../protocol/types";
import { Button } from "../parts/buttons";
import { Camera } from "../parts/camera";
import { Choices, SelectField, TextField } from "../parts/fields";
import { Tag } from "../parts/pieces";
import { replace, to } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader, today } from "../phone";
import { knownInstrument } from "../records/known";
import { describeInstrument, instrumentActs, instrumentName } from "../records/measurements";
import { text } from "../records/reader";
import { writeDay } from "../words/figures";
import { say, sayNamed } from "../words/index";
import { InstrumentReadings } from "./instrument_readings";
import { RaiseViolation, Reasons, useMeasured, VerdictLine, VoidMeasured } from "./measuring_parts";

/** A year that is being typed runs through 0002, 0020, 0202; it is written down once it can be meant. */
const EARLIEST = "1990-01-01";
const LONGEST_SERIAL = 100;
const LASTING = ["maker", "capacity", "division", "accuracy_class", "side", "reading_unit"] as const;
const EVIDENCE = ["sticker", "mark", "certificate", "none", "damaged"] as const;

export function InstrumentCheck({ visit, record }: { visit: string; record: string }) {
  const found = useMeasured(visit, record);
  if (!found)
    return (
      <Screen title={say("instrument.new")} back={to("visit", visit)}>
        {null}
      </Screen>
    );
  return found.view ? (
    <Check key={record} visit={found.visit} check={found.view} />
  ) : (
    <NewInstrument visit={found.visit} />
  );
}

function NewInstrument({ visit }: { visit: View }) {
  const [kind, setKind] = useState("");
  const [subject, setSubject] = useState("");
  const [serial, setSerial] = useState("");
  const [before, setBefore] = useState<View>();
  const [tried, setTried] = useState(false);
  const options = [...instruments.map((each) => each.id), OTHER];
  const recall = async (code: string): Promise<void> => {
    setSerial(code);
    const known = await knownInstrument(reader.value, code);
    setBefore(known);
    if (!known) return;
    setKind((chosen) => chosen || text(known, "instrument"));
    setSubject((typed) => typed || text(known, "subject"));
  };
  return (
    <Screen
      title={say("instrument.new")}
      back={to("visit", visit.record)}
      bar={
        <Button
          look="primary"
          wide
          onPress={async () => {
            setTried(true);
            if (!kind) return;
            const fields = {
              instrument: kind,
              subject: subject.trim() || null,
              serial: serial.trim() || null,
              ...lastingOf(before, kind),
            };
            const made = await recordMeasured("instrument_check", visit, fields);
            if (made) replace("visit", visit.record, "instrument", made);
          }}
        >
          {say("instrument.start")}
        </Button>
      }
    >
      <Camera formats="any" onText={(code) => recall(code.slice(0, LONGEST_SERIAL))} />
      <TextField
        label={say("instrument.serial")}
        value={serial}
        onInput={setSerial}
        onLeave={(code) => void recall(code.trim())}
        maximum={LONGEST_SERIAL}
        optional
      />
      {before && (
        <p class="hint" role="status">
          {say("measuring.known", { name: instrumentName(text(before, "instrument")) })}
        </p>
      )}
      <SelectField
        label={say("instrument.kind")}
        value={kind}
        options={[
          { value: "", label: say("instrument.choose") },
          ...options.map((id) => ({ value: id, label: instrumentName(id) })),
        ]}
        onChange={setKind}
        fault={tried && !kind ? say("common.required") : undefined}
      />
      <TextField label={say("instrument.subject")} value={subject} onInput={setSubject} maximum={300} optional />
    </Screen>
  );
}

/** What an instrument keeps from one check to the next; its verification is looked at anew each time. */
function lastingOf(before: View | undefined, kind: string): Fields {
  if (!before || text(before, "instrument") !== kind) return {};
  const kept = LASTING.filter((name) => before.fields[name] != null);
  return Object.fromEntries(kept.map((name) => [name, before.fields[name] as Json]));
}

function Check({ visit, check }: { visit: View; check: View }) {
  const day = text(visit, "visited_on");
  const judged = instrumentJudgement(check.fields, day);
  const codes = instrumentActs(judged);
  const tool = instrumentOf(text(check, "instrument"))?.tool;
  return (
    <Screen
      title={instrumentName(text(check, "instrument"))}
      subtitle={text(check, "subject") || undefined}
      back={to("visit", visit.record)}
    >
      <VerdictLine judged={judged} />
      <Verification visit={visit} check={check} />
      {judged.verification && (
        <p class="marks" role="status">
          <Tag tone={judged.verification === "valid" ? "good" : judged.verification === "unknown" ? "warn" : "bad"}>
            {sayNamed("instrument.state", judged.verification)}
          </Tag>
          {judged.valid_until && (
            <span>
              {say("instrument.until", { day: writeDay(judged.valid_until) })}
              {judged.cycle_months ? ` (${say("instrument.cycle", { months: judged.cycle_months })})` : ""}
            </span>
          )}
        </p>
      )}
      {(tool === "scale" || tool === "dispenser") && (
        <InstrumentReadings visit={visit} check={check} tool={tool} judged={judged} />
      )}
      {codes.length > 0 && (
        <RaiseViolation
          visit={visit}
          codes={codes}
          describe={(code) => describeInstrument(check, code, judged)}
        />
      )}
      <Words visit={visit} check={check} />
      <Reasons codes={judged.indicative} />
      <VoidMeasured visit={visit} view={check} />
    </Screen>
  );
}

/** A date is written down as soon as it can be right, and said to be wrong otherwise. */
function Verification({ visit, check }: { visit: View; check: View }) {
  const [faults, setFaults] = useState<Record<string, string>>({});
  const write = async (name: "verified_on" | "stated_until", value: string): Promise<void> => {
    if (value === text(check, name) || (value && value < EARLIEST)) return;
    const verified = name === "verified_on" ? value : text(check, "verified_on");
    const until = name === "stated_until" ? value : text(check, "stated_until");
    let fault = "";
    if (name === "verified_on" && value > today()) fault = say("measuring.problem.in_the_future");
    else if (verified && until && until < verified) fault = say("measuring.problem.dates_reversed");
    setFaults({ ...faults, [name]: fault });
    if (!fault) await changeMeasured(visit, check, { [name]: value || null });
  };
  const seen = text(check, "evidence");
  const field = (name: "verified_on" | "stated_until") => (
    <TextField
      label={say(`instrument.${name}`)}
      type="date"
      value={text(check, name)}
      onInput={(value) => value && void write(name, value)}
      onLeave={(value) => void write(name, value)}
      fault={faults[name] || undefined}
      optional
    />
  );
  return (
    <>
      <Choices
        label={say("instrument.evidence")}
        value={seen}
        clearable
        options={EVIDENCE.map((each) => ({ value: each, label: say(`instrument.evidence.${each}`) }))}
        onChange={(evidence) => void changeMeasured(visit, check, { evidence: evidence || null })}
      />
      {seen !== "none" && field("verified_on")}
      {seen !== "none" && field("stated_until")}
    </>
  );
}

/** Text is written down when its field is left. */
function Words({ visit, check }: { visit: View; check: View }) {
  const [draft, setDraft] = useState<Record<string, string>>({});
  return (
    <>
      {(["subject", "maker", "serial"] as const).map((name) => (
        <TextField
          key={name}
          label={say(`instrument.${name}`)}
          value={draft[name] ?? text(check, name)}
          onInput={(value) => setDraft({ ...draft, [name]: value })}
          onLeave={(value) => void changeMeasured(visit, check, { [name]: value.trim() || null })}
          maximum={name === "subject" ? 300 : name === "maker" ? 200 : LONGEST_SERIAL}
          optional
        />
      ))}
    </>
  );
}
