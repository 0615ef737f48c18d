/**
 * Sending the bytes of photos, one after the other, each only after its record was acknowledged. How far a photo
 * has come is known to the server alone, so nothing of it is remembered here and a reload goes on where it was.
 */
import { readSession } from "../session/session";
import type { PhoneDatabase, PhotoRow } from "../store/database";
import { durable } from "../store/durable";
import type { SyncContext } from "../sync/wire";
import type { Outcome } from "./answers";

export interface Sending {
  evidence: string;
  bytes: ArrayBuffer;
}

/** Sends one photo and answers what became of it; tells how many bytes have gone meanwhile. */
export type Send = (photo: Sending, report: (sent: number) => void) => Promise<Outcome>;

export interface Round {
  /** How many were sent to the end. */
  sent: number;
  /** Set when the round stopped early: when the server wants to be asked again, null where it does not say. */
  stopped: { seconds: number | null; code: string } | null;
}

const MOST_GARBLED = 3;
/** A photo that was sent is asked about again after this long, in case the server was restored since. */
const ASK_AGAIN_AFTER = 10 * 60_000;

export function uploadPhotos(
  context: SyncContext,
  send: Send,
  report: (evidence: string, sent: number | null) => void,
): Promise<Round> {
  const { database } = context;
  return context.lock("photos", async () => {
    const round: Round = { sent: 0, stopped: null };
    for (const { evidence } of await due(context)) {
      const kept = await durable(database, () => database.photo_bytes.get(evidence));
      if (!kept) continue;
      report(evidence, 0);
      const outcome = await send(kept, (sent) => report(evidence, sent));
      report(evidence, null);
      await note(context, evidence, outcome);
      if (outcome.kind === "sent") round.sent += 1;
      if (outcome.kind === "stop") return { ...round, stopped: outcome };
      if (outcome.kind === "unauthenticated")
        return { ...round, stopped: { seconds: null, code: "unauthenticated" } };
    }
    return round;
  });
}

/** The photos to send now, oldest first. */
export async function due(context: SyncContext): Promise<PhotoRow[]> {
  const { database, clock } = context;
  const session = await readSession(database);
  if (!session || session.ended) return [];
  return durable(database, async () => {
    const open = await database.photos.where("state").anyOf("waiting", "sent").sortBy("evidence");
    const mine = open.filter(
      (row) =>
        row.user === session.person.id &&
        (row.state === "waiting" || (row.sent_at ?? 0) + ASK_AGAIN_AFTER <= clock.now()),
    );
    const known = await Promise.all(mine.map((row) => isKnown(database, row.evidence)));
    return mine.filter((_, index) => known[index]);
  });
}

/** Whether the server has the record and still waits for its bytes. */
async function isKnown(database: PhoneDatabase, evidence: string): Promise<boolean> {
  const pulled = await database.records.get(evidence);
  if (pulled) return pulled.fields.stored !== true;
  const rows = await database.outbox.where("record").equals(evidence).toArray();
  return rows.some(
    ({ state, resolution }) => state === "acknowledged" || (state === "finished" && resolution === undefined),
  );
}

function note(context: SyncContext, evidence: string, outcome: Outcome): Promise<number> {
  const { database, clock } = context;
  return durable(database, () =>
    database.photos
      .where("evidence")
      .equals(evidence)
      .modify((row) => {
        if (row.state === "stored") return;
        if (outcome.kind === "sent") {
          row.state = "sent";
          row.sent_at = clock.now();
          delete row.error;
        } else if (outcome.kind !== "unauthenticated") {
          row.error = outcome.code;
          if (outcome.kind === "garbled") row.failures += 1;
          if (outcome.kind === "refused" || row.failures >= MOST_GARBLED) row.state = "refused";
        }
      }),
  );
}
