/** Today's work: what is open, which establishments are to visit, what was finished, the running campaigns, and whatever needs a person. */
import { useEffect } from "preact/hooks";
import { rejectedOperations } from "../outbox/outbox";
import type { View } from "../outbox/overlay";
import { ButtonLink } from "../parts/buttons";
import { ClockWarning } from "../parts/clock_warning";
import { AlertIcon, CodeIcon, ForwardIcon, NoteIcon, SearchIcon, SplitIcon } from "../parts/icons";
import { here, lookAround } from "../parts/here";
import { useShown } from "../parts/live";
import { Banner, Empty, Section } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { context, database, me, reader, session, syncStatus, today } from "../phone";
import { currentCampaigns, isRunning } from "../records/people";
import { inForce, text } from "../records/reader";
import { groupedBy, isToday, type TargetLine, targetLines } from "../records/targets";
import { newestFirst, type VisitLine, visitLines } from "../records/visit_lines";
import { writeDay, writeLongDay } from "../words/figures";
import { say } from "../words/index";
import { OrderByDistance, TargetList } from "./target_list";
import { VisitRow } from "./visit_row";

const MOST_TARGETS = 12;

interface Work {
  day: string;
  targets: TargetLine[];
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
  const running = campaigns.filter((campaign) => isRunning(campaign, day));
  return {
    day,
    targets: await targetLines(from, running, visits, { person: me(), day, here: here.value }),
    open: await visitLines(from, unfinished.sort(newestFirst).slice(0, 20), visits),
    finished: await visitLines(
      from,
      todays.filter((visit) => text(visit, "finished_at")).sort(newestFirst),
      visits,
    ),
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
  const { latitude = "", longitude = "" } = here.value ?? {};
  useEffect(() => void lookAround(), []);
  const work = useShown(`home:${me()}:${latitude}:${longitude}`, readWork);
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
      <ButtonLink wide href={to("complaint", "new")}>
        <NoteIcon /> {say("home.take_down")}
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
      {work && <OpenVisits work={work} />}
      {work && <Targets work={work} />}
      {work && <FinishedVisits lines={work.finished} />}
      {work && <Campaigns campaigns={work.campaigns} />}
    </Screen>
  );
}

function OpenVisits({ work }: { work: Work }) {
  if (work.open.length === 0 && work.targets.length > 0) return null;
  return (
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
  );
}

/** The own team's list of the day; those in an open visit stand above already. */
function Targets({ work: { targets, day } }: { work: Work }) {
  if (targets.length === 0) return null;
  const mine = targets.filter((line) => isToday(line, day));
  const left = mine.filter((line) => !line.visit);
  const done = mine.filter((line) => line.visited);
  const shown = left.slice(0, MOST_TARGETS);
  const lists = groupedBy(targets, (line) => line.campaign);
  return (
    <Section
      title={say("target.title")}
      aside={<span class="faint">{say("target.progress", { done: done.length, total: mine.length })}</span>}
    >
      <OrderByDistance />
      {shown.length === 0 ? (
        <Empty>{say("target.none_today")}</Empty>
      ) : (
        <TargetList lines={shown} day={day} />
      )}
      {[...lists].map(([campaign, all]) => (
        <ButtonLink key={campaign.record} look="quiet" wide href={to("campaign", campaign.record)}>
          <span class="two-lines">
            {say("target.all", { count: all.length })}
            {lists.size > 1 && <small>{text(campaign, "name")}</small>}
          </span>
        </ButtonLink>
      ))}
    </Section>
  );
}

function FinishedVisits({ lines }: { lines: VisitLine[] }) {
  if (lines.length === 0) return null;
  return (
    <Section title={say("home.finished_visits")}>
      <ul class="list">
        {lines.map((line) => (
          <VisitRow key={line.visit.record} line={line} />
        ))}
      </ul>
    </Section>
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
