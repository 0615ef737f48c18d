/** Until when the verification of an instrument holds, as in the server's `verification.py`. Days are `YYYY-MM-DD`. */
import { type Cycle, inForce, instrumentOf } from "./tables";

/** An instrument of which no cycle is listed: only the date on its evidence speaks. */
export const OTHER = "other";

export interface Evidence {
  instrument: string;
  seen: string | null;
  verified_on: string | null;
  stated_until: string | null;
}

export interface Validity {
  state: "valid" | "expired" | "no_evidence" | "damaged" | "unknown";
  until: string | null;
  months: number | null;
  reasons: string[];
}

function write(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function parts(day: string): [number, number, number] {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return [year, month, date];
}

/** The same day so many months later, or the last day of that month. */
export function afterMonths(day: string, months: number): string {
  const [year, month, date] = parts(day);
  const count = year * 12 + month - 1 + months;
  const last = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate();
  return write(Math.floor(count / 12), (count % 12) + 1, Math.min(date, last));
}

function afterDays(day: string, days: number): string {
  const [year, month, date] = parts(day);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

/** The cycle in force on a day; before the first one that was read, the first. */
export function cycleOn(instrument: string, day: string): Cycle | undefined {
  const cycles = instrumentOf(instrument)?.cycles ?? [];
  return cycles.find((each) => inForce(each, day)) ?? cycles[0];
}

export function validity(evidence: Evidence, day: string): Validity {
  if (evidence.seen === "none") return { state: "no_evidence", until: null, months: null, reasons: [] };
  if (evidence.seen === "damaged") return { state: "damaged", until: null, months: null, reasons: [] };
  const { computed, longest, months, reasons } = byCycle(evidence, day);
  const stated = evidence.stated_until;
  const until = stated ?? computed;
  if (stated !== null && computed !== null && stated > afterDays(computed, 31)) reasons.push("stated_longer");
  if (until === null) {
    const once = evidence.verified_on !== null && instrumentOf(evidence.instrument) && months === null;
    return { state: once ? "valid" : "unknown", until: null, months: null, reasons };
  }
  if (day <= until) return { state: "valid", until, months, reasons };
  if (longest !== null && day <= longest)
    return { state: "valid", until: longest, months, reasons: [...reasons, "transition"] };
  return { state: "expired", until, months, reasons };
}

interface ByCycle {
  computed: string | null;
  longest: string | null;
  months: number | null;
  reasons: string[];
}

function byCycle(evidence: Evidence, day: string): ByCycle {
  const verified = evidence.verified_on;
  const then = verified === null ? undefined : cycleOn(evidence.instrument, verified);
  if (verified === null || !then || then.months === null)
    return { computed: null, longest: null, months: null, reasons: [] };
  const today = cycleOn(evidence.instrument, day)?.months ?? null;
  return {
    computed: afterMonths(verified, then.months),
    longest: today !== null && today > then.months ? afterMonths(verified, today) : null,
    months: then.months,
    reasons: inForce(then, verified) ? [] : ["cycle_not_read"],
  };
}
