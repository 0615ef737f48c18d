/** The list of establishments that running campaigns mean to visit, in the order in which they are best visited. */
import type { View } from "../outbox/overlay";
import { distanceBetween, type Position, positionOf } from "./distance";
import { standing } from "./merging";
import { inForce, type Reader, text } from "./reader";

export interface TargetLine {
  target: View;
  campaign: View;
  establishment: View;
  /** The visit in this campaign, the newest where there are several. */
  visit: View | undefined;
  /** Finished in this campaign. */
  visited: boolean;
  /** Given to this person's team, or to none. */
  mine: boolean;
  /** Day of the last visit that this phone knows of, in any campaign; "" for none. */
  lastVisited: string;
  /** Metres from where the person stands, where both places are known. */
  distance: number | null;
}

export interface Asking {
  person: string;
  day: string;
  here: Position | null;
}

export async function targetLines(
  reader: Reader,
  campaigns: readonly View[],
  visits: readonly View[],
  { person, day, here }: Asking,
): Promise<TargetLine[]> {
  const lists = await Promise.all(
    campaigns.map(async (campaign) => {
      const [targets, assignments] = await Promise.all([
        reader.children("target", campaign.record),
        reader.children("assignment", campaign.record),
      ]);
      const own = assignments.find((view) => inForce(view) && text(view, "person") === person);
      return { campaign, targets: targets.filter(inForce), team: text(own, "team") };
    }),
  );
  const made = visits.filter(inForce);
  const asked = [...lists.flatMap(({ targets }) => targets), ...made];
  const places = await standing(
    reader,
    asked.map((view) => text(view, "establishment")),
  );
  const placeOf = (view: View): string => places.get(text(view, "establishment"))?.record ?? "";
  const visitsAt = groupedBy(made, placeOf);
  const lines = new Map<string, TargetLine>();
  for (const { campaign, targets, team } of lists) {
    for (const target of targets) {
      const establishment = places.get(text(target, "establishment"));
      if (!establishment || !inForce(establishment)) continue;
      const known = (visitsAt.get(establishment.record) ?? []).filter((view) => text(view, "started_at"));
      const visit = known.filter((view) => text(view, "campaign") === campaign.record).sort(latestFirst)[0];
      const at = positionOf(establishment);
      const given = text(target, "team");
      // Two targets of establishments that became one are one line.
      lines.set(`${campaign.record} ${establishment.record}`, {
        target,
        campaign,
        establishment,
        visit,
        visited: text(visit, "finished_at") !== "",
        mine: given === "" || team === "" || given === team,
        lastVisited: known.map((view) => text(view, "visited_on")).sort().at(-1) ?? "",
        distance: here && at ? distanceBetween(here, at) : null,
      });
    }
  }
  return [...lines.values()].sort(inOrderOfWork(day));
}

/** `Map.groupBy`, which phones of a few years ago do not have. */
export function groupedBy<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Days and identifiers, whose letters sort as they are. */
const inOrder = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

const latestFirst = (left: View, right: View): number =>
  inOrder(`${text(right, "visited_on")} ${right.record}`, `${text(left, "visited_on")} ${left.record}`);

/** 0: planned for today, or earlier and still to do. 1: for no day. 2: for a later day. */
export function dueness(line: TargetLine, day: string): 0 | 1 | 2 {
  const planned = text(line.target, "planned_on");
  if (planned === "") return 1;
  return planned <= day ? 0 : 2;
}

/** What is due in the own team's list and not yet visited. */
export function isToday(line: TargetLine, day: string): boolean {
  return line.mine && dueness(line, day) < 2;
}

const byName = new Intl.Collator("vi");

/**
 * What is still to visit, the own team's first, what is due today first; among equals the nearest, then the one
 * whose last visit is longest ago, one never visited before all others.
 */
export function inOrderOfWork(day: string): (left: TargetLine, right: TargetLine) => number {
  const far = (line: TargetLine): number => line.distance ?? Number.MAX_VALUE;
  return (left, right) =>
    Number(left.visited) - Number(right.visited) ||
    Number(right.mine) - Number(left.mine) ||
    dueness(left, day) - dueness(right, day) ||
    far(left) - far(right) ||
    inOrder(left.lastVisited, right.lastVisited) ||
    inOrder(text(left.target, "planned_on"), text(right.target, "planned_on")) ||
    byName.compare(text(left.establishment, "name"), text(right.establishment, "name"));
}
