/** The visits that may be this one, opened by somebody else: whose, when, and what becomes of them. */
import type { View } from "../outbox/overlay";
import { ForwardIcon, SplitIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Banner } from "../parts/pieces";
import { to } from "../parts/route";
import { context, me, reader, session } from "../phone";
import { nameOf } from "../records/people";
import { text } from "../records/reader";
import { maySettle } from "../records/rights";
import { samePlaceAndTime } from "../records/same_visits";
import { writeMoment } from "../words/figures";
import { say } from "../words/index";
import "../words/visits";

async function read(visit: View) {
  const from = reader.value;
  const [visits, decisions] = await Promise.all([
    from.children("visit", text(visit, "campaign")),
    from.all("visit_merge"),
  ]);
  const others = samePlaceAndTime(visits, decisions).get(visit.record) ?? [];
  const person = session.value?.person;
  return {
    may: person !== undefined && (await maySettle(from, person, visit.scope)),
    others: await Promise.all(
      others.map(async (other) => {
        const user = other.authors.establishment?.user ?? me();
        const name = user === me() ? say("common.you") : await nameOf(from, user);
        return { other, name: name || say("common.unknown_person") };
      }),
    ),
  };
}

export function SameVisits({ visit }: { visit: View }) {
  const found = useShown(`same:${visit.record}`, () => read(visit));
  if (!found || found.others.length === 0) return null;
  return (
    <>
      {found.others.map(({ other, name }) => (
        <Banner key={other.record} tone="warn" href={to("visit", other.record)}>
          <SplitIcon />
          <span class="grow">
            <strong>
              {say("visit.same", {
                name,
                time: writeMoment(text(other, "started_at") || text(other, "visited_on"), context.clock.now()),
              })}
            </strong>
            <span>{say(found.may ? "visit.same.lead" : "visit.same.member")}</span>
          </span>
          <ForwardIcon />
        </Banner>
      ))}
    </>
  );
}
