/** What each answer of the server means for the operation it answers (see the status table of the protocol). */
import type { OperationResult } from "../protocol/types";
import type { OutboxRow } from "../store/database";
import { durable } from "../store/durable";
import type { CoreContext } from "./context";

export interface Recorded {
  /** The server asked to try later; nothing more is sent now. */
  retry: boolean;
  /** A used number was refused: this device must enrol again. */
  cloned: boolean;
}

/** The changed columns of `row`; null when the row stays as it is. Pure. */
export function consequence(
  row: OutboxRow,
  result: OperationResult,
  device: string,
  now: number,
): Partial<OutboxRow> | null {
  switch (result.status) {
    case "applied":
    case "merged":
    case "conflict":
      return {
        state: "acknowledged",
        status: result.status,
        acknowledged_at: now,
        ...(result.seq === undefined ? {} : { sequence: result.seq }),
      };
    case "held":
      return {
        state: "held",
        status: "held",
        acknowledged_at: now,
        ...(result.waits_for ? { waits_for: result.waits_for } : {}),
      };
    case "rejected":
      return refused(row, result, device);
    case "retry":
      return {
        attempts: row.attempts + 1,
        status: "retry",
        ...(result.error ? { error: result.error } : {}),
      };
    default:
      return null;
  }
}

function refused(row: OutboxRow, result: OperationResult, device: string): Partial<OutboxRow> {
  const error = result.error ?? { code: "malformed" };
  // Under a new device the number is free again, so the same operation may be sent there once more.
  const sendableElsewhere = error.code === "device_cloned" && row.refused_device === undefined;
  if (sendableElsewhere) return { refused_device: device, status: "rejected", error };
  return { state: "rejected", status: "rejected", error };
}

/**
 * Writes the results of one request down in one transaction. From the first `retry` on nothing counts, as
 * the server keeps the order of a device. A row that was answered meanwhile by another tab is left alone.
 */
export function recordResults(
  context: CoreContext,
  batch: readonly OutboxRow[],
  results: readonly OperationResult[],
  device: string,
): Promise<Recorded> {
  const { database, clock } = context;
  const answers = new Map(results.map((result) => [result.id, result]));
  return durable(database, () =>
    database.transaction("rw", database.outbox, async () => {
      const recorded: Recorded = { retry: false, cloned: false };
      for (const sent of batch) {
        const result = answers.get(sent.id);
        if (!result || result.status === "retry") recorded.retry = true;
        if (!result) break;
        if (result.error?.code === "device_cloned") recorded.cloned = true;
        const row = await database.outbox.get(sent.n);
        const changes = row?.state === "waiting" ? consequence(row, result, device, clock.now()) : null;
        if (changes) await database.outbox.update(sent.n, changes);
        if (recorded.retry) break;
      }
      return recorded;
    }),
  );
}
