/** One establishment: who and where it is, its visits, and the button that opens a visit now. */
import type { View } from "../outbox/overlay";
import { openVisit } from "../deeds/visiting";
import { Button, ButtonLink } from "../parts/buttons";
import { useShown } from "../parts/live";
import { NoteIcon, PlaceIcon, PlusIcon } from "../parts/icons";
import { Banner, Empty, Section, StandingMark, Tag } from "../parts/pieces";
import { replace, to } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader, today } from "../phone";
import { standing } from "../records/merging";
import { currentCampaigns, isRunning } from "../records/people";
import { type Breach, earlierBreaches } from "../records/earlier";
import { inForce, text } from "../records/reader";
import { newestFirst, type VisitLine, visitLines } from "../records/visit_lines";
import { writeDay } from "../words/figures";
import { sayNamed, say } from "../words/index";
import "../words/visits";
import "../words/records";
import { VisitRow } from "./visit_row";

const RISK_TONE = { high: "bad", medium: "warn", low: "good" } as const;

async function readPlace(record: string) {
  const from = reader.value;
  const establishment = (await standing(from, [record])).get(record);
  const unit = await from.one(text(establishment, "unit"));
  const campaigns = (await currentCampaigns(from, today())).filter((campaign) =>
    isRunning(campaign, today()),
  );
  const all = (await from.all("visit")).filter(inForce);
  const places = await standing(
    from,
    all.map((visit) => text(visit, "establishment")),
  );
  const visits = all.filter(
    (visit) => establishment && places.get(text(visit, "establishment"))?.record === establishment.record,
  );
  visits.sort(newestFirst);
  const [lines, breaches] = await Promise.all([visitLines(from, visits), earlierBreaches(from, visits, today())]);
  return { establishment, unit: text(unit, "name"), campaigns, lines, breaches };
}

export function Establishment({ record }: { record: string }) {
  const found = useShown(`establishment:${record}`, () => readPlace(record));
  const establishment = found?.establishment;
  const bar = found && establishment && (
    <OpenVisit establishment={establishment} campaigns={found.campaigns} lines={found.lines} />
  );
  return (
    <Screen title={text(establishment, "name") || say("kind.establishment")} back="#/find" bar={bar}>
      {found && !establishment && <Empty>{say("state.not_found")}</Empty>}
      {found && establishment && (
        <>
          <Facts establishment={establishment} unit={found.unit} />
          <ButtonLink wide href={to("complaint", "new", establishment.record)}>
            <NoteIcon /> {say("establishment.take_down")}
          </ButtonLink>
          {found.campaigns.length === 0 && <Banner tone="calm">{say("establishment.no_campaign")}</Banner>}
          {found.breaches.length > 0 && <Breaches breaches={found.breaches} />}
          <Section title={say("establishment.visits")}>
            {found.lines.length === 0 ? (
              <Empty>{say("establishment.no_visits")}</Empty>
            ) : (
              <ul class="list">
                {found.lines.map((line) => (
                  <VisitRow key={line.visit.record} line={line} plain />
                ))}
              </ul>
            )}
          </Section>
        </>
      )}
    </Screen>
  );
}

function Breaches({ breaches }: { breaches: Breach[] }) {
  return (
    <Section title={say("establishment.breaches")}>
      <ul class="list">
        {breaches.map(({ violation, found_on, counts }) => (
          <li key={violation.record}>
            <a class="row" href={to("visit", text(violation, "visit"), "violation", violation.record)}>
              <span class="grow">
                <strong>{text(violation, "code")}</strong>
                <span class="faint">{[writeDay(found_on), text(violation, "description")].filter(Boolean).join(" · ")}</span>
              </span>
              {counts && <Tag tone="bad">{say("establishment.repeats")}</Tag>}
            </a>
          </li>
        ))}
      </ul>
      <p class="hint">{say("establishment.repeats.hint")}</p>
    </Section>
  );
}

function Facts({ establishment, unit }: { establishment: View; unit: string }) {
  const risk = text(establishment, "risk");
  const facts: [string, string][] = [
    [say("establishment.address"), text(establishment, "address")],
    [say("establishment.unit"), unit],
    [say("establishment.owner"), text(establishment, "owner")],
    [say("establishment.phone"), text(establishment, "phone")],
    [say("establishment.licence"), text(establishment, "licence_number")],
  ];
  return (
    <div class="card">
      <p class="marks">
        <Tag tone="calm">{sayNamed("establishment.type", text(establishment, "establishment_type"))}</Tag>
        {risk in RISK_TONE && (
          <Tag tone={RISK_TONE[risk as keyof typeof RISK_TONE]}>{sayNamed("establishment.risk", risk)}</Tag>
        )}
        {establishment.fields.operating === false && <Tag tone="bad">{say("establishment.closed")}</Tag>}
        <StandingMark standing={establishment.standing} />
      </p>
      <dl class="facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {text(establishment, "latitude") && (
        <p class="faint marks">
          <PlaceIcon size={18} />
          {say("establishment.position.taken", {
            latitude: text(establishment, "latitude"),
            longitude: text(establishment, "longitude"),
            accuracy: text(establishment, "accuracy") || "?",
          })}
        </p>
      )}
    </div>
  );
}

interface OpenVisitProps {
  establishment: View;
  campaigns: View[];
  lines: VisitLine[];
}

/** One button per running campaign; an open visit of today is continued rather than doubled. */
function OpenVisit({ establishment, campaigns, lines }: OpenVisitProps) {
  if (campaigns.length === 0) return null;
  const open = lines.find(
    ({ visit, status }) =>
      (status === "open" || status === "planned") && text(visit, "visited_on") === today(),
  );
  if (open) {
    return (
      <ButtonLink look="primary" wide href={to("visit", open.visit.record)}>
        {say("visit.continue")}
      </ButtonLink>
    );
  }
  return (
    <>
      {campaigns.map((campaign) => (
        <Button
          key={campaign.record}
          look="primary"
          wide
          onPress={async () => {
            const visit = await openVisit(campaign, establishment);
            if (visit) replace("visit", visit);
          }}
        >
          <PlusIcon />
          <span class="two-lines">
            {say("establishment.open_visit")}
            {campaigns.length > 1 && (
              <small>{say("establishment.open_visit.in", { campaign: text(campaign, "name") })}</small>
            )}
          </span>
        </Button>
      ))}
    </>
  );
}
