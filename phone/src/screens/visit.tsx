/** One visit: progress per domain, violations and measures, what the record says of the visit itself. */
import { restoreRecord, startVisit } from "../deeds/visiting";
import { Button, ButtonLink } from "../parts/buttons";
import { CodeIcon, ForwardIcon, PenIcon, PlusIcon, SplitIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Banner, Empty, Section, StandingMark, StatusTag, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { VoidButton } from "../parts/void_button";
import { reader } from "../phone";
import { measuredIn } from "../records/measurements";
import { text } from "../records/reader";
import { statusOf } from "../records/visit_lines";
import { conflictsOf, readVisit } from "../records/visits";
import { writeDay, writeTime } from "../words/figures";
import { say } from "../words/index";
import "../words/visits";
import "../words/photos";
import { MeasuredList } from "./measured_list";
import { MeasureList } from "./measures";
import { Photos } from "./photos";
import { SameVisits } from "./same_visits";
import { ViolationList } from "./violation_list";
import { Details } from "./visit_details";
import { Domains } from "./visit_domains";

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
  const measured = measuredIn(file);
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
        {measured.failed > 0 && <Tag tone="bad">{say("measuring.failed", { count: measured.failed })}</Tag>}
        {measured.screened > 0 && (
          <Tag tone="warn">{say("measuring.screened", { count: measured.screened })}</Tag>
        )}
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
      <SameVisits visit={visit} />
      {status !== "voided" && (
        <ButtonLink wide href={to("visit", record, "invite")}>
          <CodeIcon /> {say("join.invite")}
        </ButtonLink>
      )}
      <Domains file={file} closed={status === "voided" || status === "signed"} />
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
      <MeasuredList file={file} closed={status === "voided"} />
      <Section title={say("photo.title")}>
        <div class="card">
          <Photos file={file} subject={null} />
        </div>
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
