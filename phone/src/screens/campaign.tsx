/** One campaign: its decision, its team, and every visit made in it. */
import { here } from "../parts/here";
import { useShown } from "../parts/live";
import { Empty, Section, Tag } from "../parts/pieces";
import { Screen } from "../parts/screen";
import { me, reader, today } from "../phone";
import { nameOf } from "../records/people";
import { inForce, text } from "../records/reader";
import { type TargetLine, targetLines } from "../records/targets";
import { newestFirst, visitLines } from "../records/visit_lines";
import { writeDay } from "../words/figures";
import { say, sayNamed } from "../words/index";
import "../words/visits";
import "../words/records";
import { OrderByDistance, TargetList } from "./target_list";
import { VisitRow } from "./visit_row";

async function readCampaign(record: string) {
  const from = reader.value;
  const campaign = await from.one(record);
  const visits = (await from.children("visit", record)).sort(newestFirst);
  const assignments = (await from.children("assignment", record)).filter(inForce);
  const team = await Promise.all(
    assignments.map(async (view) => ({
      name: (await nameOf(from, text(view, "person"))) || say("common.unknown_person"),
      lead: text(view, "duty") === "lead",
    })),
  );
  team.sort(
    (left, right) => Number(right.lead) - Number(left.lead) || left.name.localeCompare(right.name, "vi"),
  );
  const targets = campaign
    ? await targetLines(from, [campaign], await from.all("visit"), {
        person: me(),
        day: today(),
        here: here.value,
      })
    : [];
  return { campaign, team, targets, lines: await visitLines(from, visits) };
}

export function Campaign({ record }: { record: string }) {
  const { latitude = "", longitude = "" } = here.value ?? {};
  const found = useShown(`campaign:${record}:${latitude}:${longitude}`, () => readCampaign(record));
  const campaign = found?.campaign;
  return (
    <Screen title={text(campaign, "name") || say("kind.campaign")} back="#/">
      {found && !campaign && <Empty>{say("state.not_found")}</Empty>}
      {found && campaign && (
        <>
          <div class="card">
            <p class="marks">
              <Tag tone="calm">{sayNamed("campaign.type", text(campaign, "campaign_type"))}</Tag>
              <span>
                {say("campaign.dates", {
                  from: writeDay(text(campaign, "starts_on")),
                  to: writeDay(text(campaign, "ends_on")),
                })}
              </span>
            </p>
            {text(campaign, "decision_number") && (
              <p>{say("campaign.decision", { number: text(campaign, "decision_number") })}</p>
            )}
            {text(campaign, "legal_basis") && <p class="faint">{text(campaign, "legal_basis")}</p>}
          </div>
          {found.team.length > 0 && (
            <Section title={say("campaign.team")}>
              <ul class="plain-list card">
                {found.team.map(({ name, lead }) => (
                  <li key={name}>
                    {name} {lead && <Tag tone="calm">{say("campaign.lead")}</Tag>}
                  </li>
                ))}
              </ul>
            </Section>
          )}
          {found.targets.length > 0 && <WholeList lines={found.targets} />}
          <Section title={say("campaign.all_visits")}>
            {found.lines.length === 0 ? (
              <Empty>{say("campaign.no_visits")}</Empty>
            ) : (
              <ul class="list">
                {found.lines.map((line) => (
                  <VisitRow key={line.visit.record} line={line} />
                ))}
              </ul>
            )}
          </Section>
        </>
      )}
    </Screen>
  );
}

function WholeList({ lines }: { lines: TargetLine[] }) {
  const done = lines.filter((line) => line.visited).length;
  return (
    <Section
      title={say("target.title")}
      aside={<span class="faint">{say("target.progress", { done, total: lines.length })}</span>}
    >
      <OrderByDistance />
      <TargetList lines={lines} day={today()} />
    </Section>
  );
}
