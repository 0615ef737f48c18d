/** Today's work: what is open, what was finished, the running campaigns, and whatever needs a person. */
import { rejectedOperations } from "../outbox/outbox";
import type { View } from "../outbox/overlay";
import { ButtonLink } from "../parts/buttons";
import { ClockWarning } from "../parts/clock_warning";
import { AlertIcon, CodeIcon, ForwardIcon, SearchIcon, SplitIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Banner, Empty, Section } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { context, database, me, reader, session, syncStatus } from "../phone";
import { currentCampaigns } from "../records/people";
import { inForce, text } from "../records/reader";
import { newestFirst, type VisitLine, visitLines } from "../records/visits";
import { today } from "../deeds/visiting";
import { writeDay, writeLongDay } from "../words/figures";
import { say } from "../words/index";
import { VisitRow } from "./visit_row";

interface Work {
  open: VisitLine[];
  finished: VisitLine[];
  campaigns: { campaign: View; visits: number }[];
  attention: number;
  conflicts: number;
  complete: boolean;
}

async function readWork(): Promise<Work> {
  const from = reader.value;
  const day = today();
  const [campaigns, visits, conflicts, rejected, scopes] = await Promise.all([
    currentCampaigns(from, day),
    from.all("visit"),
    from.all("conflict"),
    rejectedOperations(database, me()),
    database.scopes.toArray(),
  ]);
  const todays = visits.filter((visit) => inForce(visit) && text(visit, "visited_on") === day);
  const unfinished = visits.filter(
    (visit) => inForce(visit) && text(visit, "started_at") && !text(visit, "finished_at"),
  );
  return {
    open: await visitLines(from, unfinished.sort(newestFirst).slice(0, 20)),
    finished: await visitLines(from, todays.filter((visit) => text(visit, "finished_at")).sort(newestFirst)),
    campaigns: campaigns.map((campaign) => ({
      campaign,
      visits: visits.filter((visit) => inForce(visit) && text(visit, "campaign") === campaign.record).length,
    })),
    attention: rejected.length,
    conflicts: conflicts.filter((conflict) => conflict.fields.open === true).length,
    complete: scopes.length > 0 && scopes.every((scope) => scope.complete || scope.lost),
  };
}

export function Home() {
  const work = useShown(`home:${me()}`, readWork);
  return (
    <Screen title={say("home.title")} subtitle={session.value?.person.full_name}>
      <p class="day">{writeLongDay(context.clock.now())}</p>
      <a class="search-link" href="#/find">
        <SearchIcon />
        <span>{say("home.find")}</span>
      </a>
      <ButtonLink wide href={to("join")}>
        <CodeIcon /> {say("join.title")}
      </ButtonLink>
      {work && !work.complete && (
        <Banner tone="calm">
          {syncStatus.value.running ? say("sign_in.first_pull") : say("home.not_pulled")}
        </Banner>
      )}
      <ClockWarning />
      {work && work.attention > 0 && (
        <Banner tone="bad" href="#/attention">
          <AlertIcon />
          <span class="grow">
            <strong>{say("home.attention", { count: work.attention })}</strong>
            <span>{say("home.attention.text")}</span>
          </span>
          <ForwardIcon />
        </Banner>
      )}
      {work && work.conflicts > 0 && (
        <Banner tone="warn" href="#/conflicts">
          <SplitIcon />
          <span class="grow">
            <strong>{say("home.conflicts", { count: work.conflicts })}</strong>
            <span>{say("home.conflicts.text")}</span>
          </span>
          <ForwardIcon />
        </Banner>
      )}
      {work && <Visits work={work} />}
      {work && <Campaigns campaigns={work.campaigns} />}
    </Screen>
  );
}

function Visits({ work }: { work: Work }) {
  return (
    <>
      <Section title={say("home.open_visits")}>
        {work.open.length === 0 ? (
          <Empty>{say("home.no_visits")}</Empty>
        ) : (
          <ul class="list">
            {work.open.map((line) => (
              <VisitRow key={line.visit.record} line={line} />
            ))}
          </ul>
        )}
      </Section>
      {work.finished.length > 0 && (
        <Section title={say("home.finished_visits")}>
          <ul class="list">
            {work.finished.map((line) => (
              <VisitRow key={line.visit.record} line={line} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Campaigns({ campaigns }: { campaigns: Work["campaigns"] }) {
  return (
    <Section title={say("home.campaigns")}>
      {campaigns.length === 0 ? (
        <Empty>{say("home.no_campaigns")}</Empty>
      ) : (
        <ul class="list">
          {campaigns.map(({ campaign, visits }) => (
            <li key={campaign.record}>
              <a class="row" href={to("campaign", campaign.record)}>
                <span class="grow">
                  <strong>{text(campaign, "name")}</strong>
                  <span class="faint">
                    {say("campaign.dates", {
                      from: writeDay(text(campaign, "starts_on")),
                      to: writeDay(text(campaign, "ends_on")),
                    })}
                  </span>
                  <span class="faint">{say("campaign.visits", { count: visits })}</span>
                </span>
                <ForwardIcon />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
