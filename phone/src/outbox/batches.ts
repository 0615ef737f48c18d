/** Cutting the waiting operations into requests: in order of number, few enough and small enough. */
import type { OutboxRow } from "../store/database";

export const MOST_OPERATIONS = 500;
export const AIMED_BYTES = 200 * 1024;

export interface BatchLimit {
  operations: number;
  bytes: number;
}

export const USUAL_LIMIT: BatchLimit = { operations: MOST_OPERATIONS, bytes: AIMED_BYTES };

const OPENING = '{"operations":[';
const CLOSING = "]}";

/** The longest beginning of `rows` (sorted by number) within the limit; at least one operation. */
export function cutBatch(rows: readonly OutboxRow[], limit: BatchLimit = USUAL_LIMIT): OutboxRow[] {
  const batch: OutboxRow[] = [];
  let bytes = OPENING.length + CLOSING.length;
  for (const row of rows) {
    bytes += row.size + 1;
    if (batch.length > 0 && (batch.length >= limit.operations || bytes > limit.bytes)) break;
    batch.push(row);
  }
  return batch;
}

/** The request text, made of the stored texts so that a resend equals the first sending byte for byte. */
export function batchText(batch: readonly OutboxRow[]): string {
  return OPENING + batch.map((row) => row.body).join(",") + CLOSING;
}

/** Half of what was refused as too large. */
export function halved(batch: readonly OutboxRow[], limit: BatchLimit): BatchLimit {
  return { operations: Math.max(1, Math.floor(batch.length / 2)), bytes: limit.bytes };
}
