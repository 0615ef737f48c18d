/** Ending a visit: what was found in figures, what is still open, and the two signatures. */
import "../look/visits.css";
import { useState } from "preact/hooks";
import { describeVisit, finishVisit, reopenVisit } from "../deeds/visiting";
import type { View } from "../outbox/overlay";
import { Button, ButtonLink } from "../parts/buttons";
import { TextField } from "../parts/fields";
import { AlertIcon, CheckIcon, CrossIcon, DashIcon, PenIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Banner, Empty, Section, StandingMark } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { context, reader } from "../phone";
import { measuredIn } from "../records/measurements";
import { text } from "../records/reader";
import { conflictsOf, progressIn, readVisit, totalOf, type VisitFile } from "../records/visits";
import { writeMoment } from "../words/figures";
import "../words/minutes";
import { say } from "../words/index";
import "../words/visits";
import { nameOf } from "./checklist_name";
import { SigningSheet } from "./signing_sheet";
import { ViolationList } from "./violation_list";

async function readClosing(record: string) {
  const [file, conflicts] = await Promise.all([readVisit(reader.value, record), reader.value.all("conflict")]);
  return file ? { file, open: conflictsOf(file, conflicts).length } : null;
}

export function Finish({ record }: { record: string }) {
  const found = useShown(`finish:${record}`, () => readClosing(record));
  const file = found ? found.file : found;
  const open = found ? found.open : 0;
  const back = to("visit", record);
  if (!file)
    return (
      <Screen title={say("finish.title")} back={back}>
        {file === null && <Empty>{say("state.not_found")}</Empty>}
      </Screen>
    );
  const { visit } = file;
  const total = totalOf(file);
  const finished = text(visit, "finished_at");
  return (
    <Screen title={say("finish.title")} subtitle={text(file.establishment, "name")} back={back}>
      <Section title={say("finish.summary")}>
        <Summary file={file} />
        {total.done < total.total && (
          <Remark text={say("finish.unanswered", { count: total.total - total.done })} />
        )}
        {total.missing_required > 0 && (
          <Remark text={say("finish.missing_required", { count: total.missing_required })} />
        )}
        {total.missing_reasons > 0 && (
          <Remark text={say("finish.missing_reasons", { count: total.missing_reasons })} />
        )}
      </Section>
      <Section title={say("visit.violations.count", { count: file.violations.length })}>
        <ViolationList file={file} />
      </Section>
      <div class="stack">
        {finished ? (
          <div class="card finished">
            <p class="marks">
              <CheckIcon />{" "}
              <strong>{say("finish.closed", { time: writeMoment(finished, context.clock.now()) })}</strong>
              <StandingMark standing={visit.standing} />
            </p>
            {file.signatures.length === 0 && (
              <Button onPress={() => reopenVisit(visit)}>{say("finish.reopen")}</Button>
            )}
          </div>
        ) : (
          <Button look="primary" wide onPress={() => finishVisit(visit)}>
            {say("finish.close")}
          </Button>
        )}
      </div>
      <Opinion key={text(visit, "opinion")} visit={visit} />
      <Section title={say("finish.signatures")}>
        {open > 0 && <Remark text={say("minutes.conflicts", { count: open })} />}
        <ButtonLink wide href={to("visit", record, "minutes")}>
          {say(file.signatures.length === 0 ? "minutes.read" : "minutes.copy")}
        </ButtonLink>
        {file.signatures.length > 0 && <Banner tone="calm">{say("visit.signed_notice")}</Banner>}
        <Party file={file} party="team" />
        <Party file={file} party="establishment" />
      </Section>
    </Screen>
  );
}

/** What the establishment says to the findings, written down before it signs. */
function Opinion({ visit }: { visit: View }) {
  const [opinion, setOpinion] = useState(text(visit, "opinion"));
  const changed = opinion.trim() !== text(visit, "opinion");
  return (
    <Section title={say("minutes.opinion")}>
      <TextField label={say("minutes.opinion")} value={opinion} onInput={setOpinion} lines={2} maximum={4000} optional />
      {changed && (
        <Button look="primary" onPress={() => describeVisit(visit, { opinion: opinion.trim() || null })}>
          {say("minutes.opinion.save")}
        </Button>
      )}
    </Section>
  );
}

function Remark({ text: words }: { text: string }) {
  return (
    <p class="remark">
      <AlertIcon size={20} /> {words}
    </p>
  );
}

const RESULTS = [
  { key: "answer.pass", Mark: CheckIcon },
  { key: "answer.fail", Mark: CrossIcon },
  { key: "answer.na", Mark: DashIcon },
] as const;

function Summary({ file }: { file: VisitFile }) {
  const measured = measuredIn(file);
  return (
    <div class="card">
      <table class="summary">
        <thead>
          <tr>
            <th scope="col">{say("finish.domain")}</th>
            {RESULTS.map(({ key, Mark }) => (
              <th key={key} scope="col">
                <Mark size={20} />
                <span class="unseen">{say(key)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measured.total > 0 && (
            <tr>
              <th scope="row">
                {say("measuring.title")}
                {measured.screened > 0 && (
                  <span class="faint">{say("measuring.screened", { count: measured.screened })}</span>
                )}
              </th>
              <td>{measured.passed}</td>
              <td class={measured.failed > 0 ? "bad" : ""}>{measured.failed}</td>
              <td>–</td>
            </tr>
          )}
          {file.checklists.map((checklist) => {
            const { done, total, passed, failed, not_applicable } = progressIn(file, checklist);
            return (
              <tr key={checklist.record}>
                <th scope="row">
                  {nameOf(checklist, file.checklists)}
                  <span class="faint">{say("visit.progress", { done, total })}</span>
                </th>
                <td>{passed}</td>
                <td class={failed > 0 ? "bad" : ""}>{failed}</td>
                <td>{not_applicable}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Party({ file, party }: { file: VisitFile; party: "team" | "establishment" }) {
  const [signing, setSigning] = useState(false);
  const signatures = file.signatures.filter((signature) => text(signature, "party") === party);
  return (
    <div class="card party">
      <h3>{say(`finish.${party}`)}</h3>
      {signatures.map((signature) => (
        <Signed key={signature.record} signature={signature} />
      ))}
      <Button look={signatures.length === 0 ? "primary" : "plain"} onPress={() => setSigning(true)}>
        <PenIcon size={20} /> {say(signatures.length === 0 ? "finish.sign" : "finish.again")}
      </Button>
      {signing && <SigningSheet file={file} party={party} onClose={() => setSigning(false)} />}
    </div>
  );
}

/** When it was given: as the journal says, and before that from the identifier this phone made at that moment. */
function momentOf(signature: View): number | string {
  return signature.authors.party?.at ?? parseInt(signature.record.replaceAll("-", "").slice(0, 12), 16);
}

function Signed({ signature }: { signature: View }) {
  const refused = signature.fields.refused === true;
  const words = {
    name: text(signature, "name"),
    time: writeMoment(momentOf(signature), context.clock.now()),
  };
  return (
    <div class="signed">
      <p>
        <strong>{say(refused ? "finish.refused_by" : "finish.signed_by", words)}</strong>
      </p>
      {text(signature, "position") && <p class="faint">{text(signature, "position")}</p>}
      {refused && <p>{text(signature, "refusal_reason")}</p>}
      <StandingMark standing={signature.standing} />
    </div>
  );
}
