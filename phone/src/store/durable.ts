/**
 * iOS closes IndexedDB under a page that went to the background; the next call fails although nothing is
 * wrong with the data. Such a call is made again on a reopened database; any other fault is the caller's.
 */
import type { Dexie } from "dexie";

const CLOSED_UNDER_US = new Set([
  "DatabaseClosedError",
  "InvalidStateError",
  "UnknownError",
  "InvalidState",
  "Unknown",
]);
const TRIES = 3;

function closedUnderUs(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const inner = (fault as { inner?: unknown }).inner;
  const names = [fault.name, inner instanceof Error ? inner.name : ""];
  return names.some((name) => CLOSED_UNDER_US.has(name)) || /connection.*(lost|clos)/i.test(fault.message);
}

export async function durable<T>(database: Dexie, work: () => PromiseLike<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (fault) {
      if (attempt >= TRIES || !closedUnderUs(fault)) throw fault;
      database.close({ disableAutoOpen: false });
      await database.open();
    }
  }
}

/** Whether the phone has no room left. What is unsent is never thrown away to make some. */
export function isFull(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const inner = (fault as { inner?: unknown }).inner;
  return fault.name === "QuotaExceededError" || (inner instanceof Error && inner.name === "QuotaExceededError");
}
