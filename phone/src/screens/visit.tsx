/** One visit: progress per domain, violations and measures, what the record says of the visit itself. */
import { useState } from "preact/hooks";
import { describeVisit, restoreRecord, startVisit } from "../deeds/visiting";
import { Button, ButtonLink } from "../parts/buttons";
import { Choices, TextField } from "../parts/fields";
import { ForwardIcon, PenIcon, PlusIcon, SplitIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Banner, Empty, Meter, Section, StandingMark, StatusTag, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { VoidButton } from "../parts/void_button";
import { reader } from "../phone";
import { itemsOf } from "../records/checklists";
import { text } from "../records/reader";
import { conflictsOf, progressOf, readVisit, statusOf, type VisitFile } from "../records/visits";
import { writeDay, writeTime } from "../words/figures";
import { inLanguage, say, sayNamed } from "../words/index";
import { ViolationList } from "./violation_list";
import { MeasureList } from "./measures";

async function read(record: string) {
  const [file, conflicts] = await Promise.all([
    readVisit(reader.value, record),
    reader.value.all("conflict"),
  ]);
  return file && { file, conflicts: conflictsOf(file, conflicts).length };
}

export function Visit({ record }: { record: string }) {
  const found = useShown(`visit:${record}`, async () => (await read(record)) ?? null);
  if (!found) {
    return (
      <Screen title={say("visit.title")} back="#/">
        {found === null && <Empty>{say("state.not_found")}</Empty>}
      </Screen>
    );
  }
  const { file, conflicts } = found;
  const { visit } = file;
  const status = statusOf(visit, file.signatures);
  const started = text(visit, "started_at");
  return (
    <Screen
      title={text(file.establishment, "name") || say("visit.title")}
      subtitle={[writeDay(text(visit, "visited_on")), started && writeTime(started)]
        .filter(Boolean)
        .join(", ")}
      back="#/"
      bar={
        status === "voided" ? undefined : status === "planned" ? (
          <Button look="primary" wide onPress={() => startVisit(visit)}>
            {say("visit.start")}
          </Button>
        ) : (
          <ButtonLink look="primary" wide href={to("visit", record, "finish")}>
            <PenIcon /> {say("visit.finish")}
          </ButtonLink>
        )
      }
    >
      <p class="marks">
        <StatusTag status={status} />
        <StandingMark standing={visit.standing} />
        <span class="faint">{text(file.establishment, "address")}</span>
      </p>
      {status === "voided" && (
        <Banner tone="bad">
          <span class="grow">{say("visit.voided", { reason: visit.voided?.reason ?? "" })}</span>
          <Button onPress={() => restoreRecord(visit)}>{say("visit.restore")}</Button>
        </Banner>
      )}
      {status === "signed" && <Banner tone="calm">{say("visit.signed_notice")}</Banner>}
      {conflicts > 0 && (
        <Banner tone="warn" href={to("visit", record, "conflicts")}>
          <SplitIcon />
          <strong class="grow">{say("visit.conflicts", { count: conflicts })}</strong>
          <ForwardIcon />
        </Banner>
      )}
      <Domains file={file} />
      <Section
        title={say("visit.violations")}
        aside={
          status !== "voided" && (
            <ButtonLink href={to("visit", record, "violation", "new")} look="quiet">
              <PlusIcon size={20} /> {say("violation.new")}
            </ButtonLink>
          )
        }
      >
        <ViolationList file={file} />
      </Section>
      <Section
        title={say("measure.title")}
        aside={
          status !== "voided" && (
            <ButtonLink href={to("visit", record, "measure", "new")} look="quiet">
              <PlusIcon size={20} /> {say("measure.new")}
            </ButtonLink>
          )
        }
      >
        <MeasureList file={file} />
      </Section>
      <Details file={file} />
      {status !== "voided" && (
        <VoidButton
          view={visit}
          label={say("visit.void")}
          text={say("visit.void.text")}
          confirm={say("visit.void.confirm")}
          done={say("visit.status.voided")}
        />
      )}
    </Screen>
  );
}

function Domains({ file }: { file: VisitFile }) {
  return (
    <Section title={say("visit.checklists")}>
      {file.checklists.length === 0 && <Empty>{say("visit.no_checklists")}</Empty>}
      <ul class="list">
        {file.checklists.map((checklist) => {
          const progress = progressOf(itemsOf(checklist), file.answers);
          const label = say("visit.progress", { done: progress.done, total: progress.total });
          return (
            <li key={checklist.record}>
              <a class="row" href={to("visit", file.visit.record, "checklist", checklist.record)}>
                <span class="grow">
                  <strong>
                    {sayNamed(
                      "domain",
                      text(checklist, "domain"),
                      inLanguage(checklist.fields.title_vi, checklist.fields.title_en),
                    )}
                  </strong>
                  <Meter done={progress.done} total={progress.total} label={label} />
                  {progress.failed > 0 && (
                    <Tag tone="bad">{say("visit.fails", { count: progress.failed })}</Tag>
                  )}
                </span>
                <ForwardIcon />
              </a>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

const TYPES = ["routine", "follow_up", "complaint", "other"] as const;

/** Text is written down when the field is left, so that no keystroke becomes an operation of its own. */
function Details({ file: { visit } }: { file: VisitFile }) {
  const [draft, setDraft] = useState<Record<string, string>>({});
  const field = (name: "representative" | "note", lines?: number) => (
    <TextField
      label={say(`visit.${name}`)}
      value={draft[name] ?? text(visit, name)}
      maximum={name === "note" ? 4000 : 200}
      {...(lines ? { lines } : {})}
      onInput={(value) => setDraft({ ...draft, [name]: value })}
      onLeave={(value) => void describeVisit(visit, { [name]: value.trim() || null })}
    />
  );
  return (
    <Section title={say("visit.details")}>
      <div class="card">
        <Choices
          label={say("visit.type")}
          value={text(visit, "visit_type")}
          options={TYPES.map((type) => ({ value: type, label: say(`visit.type.${type}`) }))}
          onChange={(type) => void describeVisit(visit, { visit_type: type })}
        />
        {field("representative")}
        {field("note", 3)}
      </div>
    </Section>
  );
}
