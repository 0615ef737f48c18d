/** Visits that two people opened apart and that may be one, as the server's `visits/pairs.py` proposes them. */
import type { View } from "../outbox/overlay";
import { inForce, text } from "./reader";

/**
 * For each visit the others of its campaign at the same establishment on the same day, when both could have been there.
 * `decisions` are the records `visit_merge`: what somebody has said of a pair, either way, is not asked again.
 */
export function samePlaceAndTime(visits: readonly View[], decisions: readonly View[]): Map<string, View[]> {
  const decided = new Set(decisions.flatMap((each) => bothWays(text(each, "kept"), text(each, "merged"))));
  const together = new Map<string, View[]>();
  for (const visit of visits.filter(inForce)) {
    const key = ["campaign", "establishment", "visited_on"].map((field) => text(visit, field)).join();
    const group = together.get(key);
    if (group) group.push(visit);
    else together.set(key, [visit]);
  }
  const found = new Map<string, View[]>();
  for (const group of together.values())
    for (const visit of group) {
      const others = group.filter((other) => overlap(visit, other) && !decided.has(`${visit.record} ${other.record}`));
      if (others.length > 0) found.set(visit.record, others);
    }
  return found;
}

const bothWays = (one: string, other: string): string[] => [`${one} ${other}`, `${other} ${one}`];

const overlap = (one: View, other: View): boolean =>
  one.record !== other.record && !isBefore(one, other) && !isBefore(other, one);

/** Over before the other began. An end that nobody wrote may be as late as one likes. */
function isBefore(one: View, other: View): boolean {
  const [end, start] = [text(one, "finished_at"), text(other, "started_at")];
  return end !== "" && start !== "" && Date.parse(end) < Date.parse(start);
}
