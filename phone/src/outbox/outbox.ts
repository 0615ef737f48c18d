/** Questions to the outbox, and what a person or a pull may do to operations in it. */
import { readVersion } from "../protocol/version";
import type { Operation } from "../protocol/types";
import type { OutboxRow, PhoneDatabase } from "../store/database";
import { durable } from "../store/durable";
import type { CoreContext } from "./context";

export const KEPT_FOR = 30 * 24 * 3_600_000;

export function operationOf(row: OutboxRow): Operation {
  return JSON.parse(row.body) as Operation;
}

/** Operations to send now under this device, in order of number. */
export async function sendable(database: PhoneDatabase, user: string, device: string): Promise<OutboxRow[]> {
  const rows = await database.outbox.where("state").equals("waiting").sortBy("n");
  return rows.filter((row) => row.user === user && row.refused_device !== device);
}

export async function rejectedOperations(database: PhoneDatabase, user: string): Promise<OutboxRow[]> {
  const rows = await database.outbox.where("state").equals("rejected").sortBy("n");
  return rows.filter((row) => row.user === user);
}

/**
 * How many operations and photos of all users of this phone are not on the server. A photo counts once: as its
 * operation, then as itself.
 */
export async function unsentCount(database: PhoneDatabase): Promise<number> {
  const waiting = database.outbox.where("state").equals("waiting");
  const photos = await database.photos.where("state").anyOf("waiting", "refused").primaryKeys();
  if (photos.length === 0) return waiting.count();
  const records = (await waiting.toArray()).map((row) => row.record);
  const announced = new Set(records);
  return records.length + photos.filter((evidence) => !announced.has(evidence)).length;
}

/** The person has read why and leaves the operation to the office, which holds its copy. */
export function leaveToOffice(context: CoreContext, number: number): Promise<void> {
  return resolve(context, number, "left_to_office");
}

function resolve(context: CoreContext, number: number, resolution: "left_to_office"): Promise<void> {
  const { database } = context;
  return durable(database, async () => {
    await database.outbox
      .where("n")
      .equals(number)
      .and((row) => row.state === "rejected")
      .modify({
        state: "finished",
        resolution,
      });
  });
}

/** After a complete pull of a scope: what it contains needs no overlay any more. Runs inside the pull's transaction. */
export async function finishPulled(
  database: PhoneDatabase,
  scope: string,
  cursor: string | null,
): Promise<void> {
  const reached = readVersion(cursor)?.sequence ?? 0;
  await database.outbox
    .where("scope")
    .equals(scope)
    .and((row) => row.state === "acknowledged" && (row.sequence ?? 0) <= reached)
    .modify({ state: "finished" });
}

/** A held operation whose record has arrived is sent again, to learn what became of it. */
export async function askAboutHeld(database: PhoneDatabase): Promise<number> {
  const held = await database.outbox.where("state").equals("held").toArray();
  let asked = 0;
  for (const row of held) {
    const awaited = row.waits_for && (await database.records.get(row.waits_for.record));
    if (!awaited) continue;
    await database.outbox.update(row.n, { state: "waiting" });
    asked += 1;
  }
  return asked;
}

/** Asks about every held operation: its wait may have ended by a dismissal, which no pull shows. */
export function askAboutAllHeld(context: CoreContext): Promise<number> {
  const { database } = context;
  return durable(database, () => database.outbox.where("state").equals("held").modify({ state: "waiting" }));
}

/** After a restore of the server: acknowledged operations that the backup cannot contain are sent again. */
export async function sendAgainNewerThan(
  database: PhoneDatabase,
  scope: string,
  restoredTo: number | null,
): Promise<number> {
  return database.outbox
    .where("scope")
    .equals(scope)
    .and((row) => row.acknowledged_at !== undefined && row.state !== "waiting" && row.state !== "rejected")
    .and((row) => row.resolution === undefined && (row.sequence ?? Infinity) > (restoredTo ?? -1))
    .modify({ state: "waiting" });
}

/**
 * After a resync: what was acknowledged in scopes of which this phone holds no cursor (left, or never read) is sent again
 * whole, since nothing tells how far the backup reaches there. Returns those scopes.
 */
export async function sendAgainWithoutCursor(database: PhoneDatabase, covered: ReadonlySet<string>): Promise<string[]> {
  const kept = await database.outbox.filter((row) => row.acknowledged_at !== undefined && !covered.has(row.scope)).toArray();
  const scopes = [...new Set(kept.map((row) => row.scope))];
  for (const scope of scopes) await sendAgainNewerThan(database, scope, null);
  return scopes;
}

/** Acknowledged operations are kept for 30 days (a restored server may need them); nothing else is removed. */
export function forgetOld(context: CoreContext): Promise<number> {
  const { database, clock } = context;
  const limit = clock.now() - KEPT_FOR;
  return durable(database, () =>
    database.outbox
      .where("state")
      .equals("finished")
      .and((row) => row.resolution === undefined && (row.acknowledged_at ?? Infinity) < limit)
      .delete(),
  );
}
