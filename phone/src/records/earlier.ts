/** What was found at an establishment before, and which of it makes the same act a repetition today. */
import type { View } from "../outbox/overlay";
import { inForce, type Reader, text } from "./reader";

/**
 * Months after the decision within which the same act repeats it (Luật XLVPHC Điều 7, from memory; the law counts from
 * the day the decision was executed, which is later).
 */
const MONTHS: Record<string, number> = { warning: 6, fine: 12 };

export interface Breach {
  violation: View;
  found_on: string;
  counts: boolean;
}

/** The violations of these visits, the newest first; `day` is today. */
export async function earlierBreaches(reader: Reader, visits: readonly View[], day: string): Promise<Breach[]> {
  const found = await Promise.all(
    visits.map(async (visit) =>
      (await reader.children("violation", visit.record)).filter(inForce).map((violation) => ({
        violation,
        found_on: text(violation, "found_on") || text(visit, "visited_on"),
        counts: stillCounts(text(violation, "sanction"), text(violation, "decided_on"), day),
      })),
    ),
  );
  return found.flat().sort((left, right) => right.found_on.localeCompare(left.found_on));
}

export function stillCounts(sanction: string, decided: string, day: string): boolean {
  const months = MONTHS[sanction];
  if (months === undefined || !decided || day <= decided) return false;
  const [year = 0, month = 1, date = 1] = decided.split("-").map(Number);
  const longest = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const last = new Date(Date.UTC(year, month - 1 + months, Math.min(date, longest)));
  return day <= last.toISOString().slice(0, 10);
}
