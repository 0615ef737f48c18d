/** Pushing: the waiting operations in order of number, request by request, until none waits or something stops it. */
import { type BatchLimit, batchText, cutBatch, halved, USUAL_LIMIT } from "../outbox/batches";
import { sendable } from "../outbox/outbox";
import { recordResults } from "../outbox/results";
import type { PushAnswer } from "../protocol/types";
import { endSession, readSession } from "../session/session";
import { durable } from "../store/durable";
import { noteServerTime } from "./clock";
import type { Transport } from "./transport";
import type { Reply, SyncContext } from "./wire";

/** Why a push or pull stopped early; null when it went through. */
export type Stop = Exclude<Reply<never>, { kind: "answer" } | { kind: "too_large" }>;

export const PUSH_PATH = "/api/sync/push";

export async function push(context: SyncContext, transport: Transport): Promise<Stop | null> {
  let limit: BatchLimit = USUAL_LIMIT;
  for (;;) {
    const session = await readSession(context.database);
    if (!session) return { kind: "ended", ending: "expired" };
    const { person, device } = session;
    const rows = await durable(context.database, () => sendable(context.database, person.id, device));
    if (rows.length === 0) return null;
    const batch = cutBatch(rows, limit);
    const reply = await transport.post<PushAnswer>(PUSH_PATH, batchText(batch));
    if (reply.kind === "too_large") {
      if (batch.length > 1) limit = halved(batch, limit);
      else await refuseAlone(context, batch, device);
      continue;
    }
    if (reply.kind !== "answer") return reply;
    await noteServerTime(context, reply.body.server_time);
    const recorded = await recordResults(context, batch, reply.body.results ?? [], device);
    if (recorded.cloned && (await stillRefused(context, device))) {
      await endSession(context.database, "cloned");
      return { kind: "ended", ending: "cloned" };
    }
    if (recorded.retry) return { kind: "later", seconds: null, code: "retry" };
  }
}

/** An operation that alone is too large for the server must not stop the ones behind it. */
async function refuseAlone(
  context: SyncContext,
  batch: Parameters<typeof batchText>[0],
  device: string,
): Promise<void> {
  const results = batch.map((row) => ({
    id: row.id,
    status: "rejected" as const,
    error: { code: "too_large" },
  }));
  await recordResults(context, batch, results, device);
}

async function stillRefused(context: SyncContext, device: string): Promise<boolean> {
  const waiting = await context.database.outbox.where("state").equals("waiting").toArray();
  return waiting.some((row) => row.refused_device === device);
}
