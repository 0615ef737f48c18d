/** Visits in lists: where, when, and how far they are. */
import type { View } from "../outbox/overlay";
import { standing } from "./merging";
import { inForce, type Reader, text } from "./reader";
import { samePlaceAndTime } from "./same_visits";

export type VisitStatus = "planned" | "open" | "finished" | "signed" | "voided";

export function statusOf(visit: View, signatures: readonly View[] = []): VisitStatus {
  if (visit.voided) return "voided";
  if (signatures.length > 0) return "signed";
  if (text(visit, "finished_at")) return "finished";
  return text(visit, "started_at") ? "open" : "planned";
}

/** Newest visit first, by the day and the moment it began. */
export function newestFirst(left: View, right: View): number {
  const when = (view: View): string =>
    `${text(view, "visited_on")} ${text(view, "started_at")} ${view.record}`;
  const [first, second] = [when(right), when(left)];
  return first < second ? -1 : Number(first > second);
}

/** The name of the establishment, the campaign and the standing, for lists. */
export interface VisitLine {
  visit: View;
  establishment: string;
  address: string;
  status: VisitStatus;
  /** Another visit may be the same one. */
  doubled: boolean;
}

/** `among` are the visits to look for doubles in, where `visits` are not all of a campaign or a place. */
export async function visitLines(
  reader: Reader,
  visits: readonly View[],
  among = visits,
): Promise<VisitLine[]> {
  const doubles = samePlaceAndTime(among, await reader.all("visit_merge"));
  const places = await standing(
    reader,
    visits.map((visit) => text(visit, "establishment")),
  );
  return Promise.all(
    visits.map(async (visit) => {
      const establishment = places.get(text(visit, "establishment"));
      const signatures = await reader.children("signature", visit.record);
      return {
        visit,
        establishment: text(establishment, "name"),
        address: text(establishment, "address"),
        status: statusOf(visit, signatures.filter(inForce)),
        doubled: doubles.has(visit.record),
      };
    }),
  );
}
