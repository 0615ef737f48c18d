/**
 * Pulling: pages are collected per scope and shown only when the scope is complete. Each page is stored
 * with its cursors in one transaction, so a line that breaks costs one page.
 */
import { version } from "../../package.json";
import {
  askAboutHeld,
  finishPulled,
  sendAgainNewerThan,
  sendAgainWithoutCursor,
  unsentCount,
} from "../outbox/outbox";
import { parentOf } from "../protocol/kinds";
import type { Change, PullAnswer } from "../protocol/types";
import type { PhoneDatabase, StoredRecord, StoredScope } from "../store/database";
import { durable } from "../store/durable";
import type { Stop } from "./push";
import type { Transport } from "./transport";
import type { SyncContext } from "./wire";

export const PULL_PATH = "/api/sync/pull";
const PAGE = 1000;
/** A server that keeps ordering resyncs must not keep the phone reading for ever. */
const MOST_PAGES = 2000;

export async function pull(context: SyncContext, transport: Transport): Promise<Stop | null> {
  const { database } = context;
  const phone = { app_version: version, ...(await unsent(database)) };
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const scopes = await durable(database, () => database.scopes.toArray());
    const cursors = Object.fromEntries(
      scopes.flatMap(({ scope, cursor }) => (cursor === null ? [] : [[scope, cursor]])),
    );
    const reply = await transport.post<PullAnswer>(PULL_PATH, JSON.stringify({ cursors, limit: PAGE, phone }));
    if (reply.kind === "too_large") return { kind: "refused", status: 413, problem: { code: "too_large" } };
    if (reply.kind !== "answer") return reply;
    const again = await absorb(database, reply.body);
    if (!again) return null;
  }
  return { kind: "later", seconds: null, code: "endless_pull" };
}

/** What the office may know of work that it cannot see yet: how much there is, and how long it has been waiting. */
export async function unsent(database: PhoneDatabase): Promise<{ unsent: number; oldest: string | null }> {
  const count = await durable(database, () => unsentCount(database));
  const rows = await durable(database, () => database.outbox.where("state").equals("waiting").sortBy("n"));
  return { unsent: count, oldest: rows[0]?.made_at ?? null };
}

/** Stores one page; true when another must be asked for. */
export function absorb(database: PhoneDatabase, answer: PullAnswer): Promise<boolean> {
  const tables = [database.records, database.incoming, database.scopes, database.outbox];
  return durable(database, () =>
    database.transaction("rw", tables, async () => {
      const known = new Map((await database.scopes.toArray()).map((row) => [row.scope, row]));
      const covered = new Set([...known.values()].filter((row) => row.cursor !== null).map((row) => row.scope));
      const restarted = new Set<string>();
      for (const { scope, restored_to } of answer.resync ?? []) {
        await database.incoming.where("scope").equals(scope).delete();
        await sendAgainNewerThan(database, scope, restored_to);
        known.set(scope, {
          scope,
          cursor: null,
          complete: known.get(scope)?.complete ?? false,
          replacing: true,
          lost: false,
        });
        restarted.add(scope);
      }
      if (answer.resync?.length) {
        for (const scope of await sendAgainWithoutCursor(database, covered)) known.set(scope, known.get(scope) ?? newScope(scope));
      }
      await database.incoming.bulkPut(answer.changes.map(storedRecord));
      for (const scope of answer.scopes) {
        const row = known.get(scope) ?? newScope(scope);
        const cursor = answer.cursors[scope] ?? row.cursor;
        known.set(scope, { ...row, cursor, lost: false });
      }
      const ours = new Set(answer.scopes);
      for (const [scope, row] of known) if (!ours.has(scope)) known.set(scope, { ...row, lost: true });
      const unread = [...restarted].some((scope) => known.get(scope)?.cursor === null);
      if (!answer.more) {
        for (const scope of answer.scopes) {
          const row = known.get(scope);
          if (row?.cursor != null) known.set(scope, await completed(database, row));
        }
        await askAboutHeld(database);
      }
      await database.scopes.bulkPut([...known.values()]);
      return answer.more || unread;
    }),
  );
}

function newScope(scope: string): StoredScope {
  return { scope, cursor: null, complete: false, replacing: false, lost: false };
}

function storedRecord(change: Change): StoredRecord {
  const { record, kind, scope, version, fields } = change;
  return {
    record,
    kind,
    scope,
    parent: parentOf(kind, fields),
    version,
    fields,
    authors: change.authors ?? {},
    voided: change.voided ?? null,
  };
}

/** Moves what has come for the scope into sight, and takes the overlay off what it contains. */
async function completed(database: PhoneDatabase, row: StoredScope): Promise<StoredScope> {
  const incoming = await database.incoming.where("scope").equals(row.scope).toArray();
  if (row.replacing) await database.records.where("scope").equals(row.scope).delete();
  if (incoming.length > 0) {
    await database.records.bulkPut(incoming);
    await database.incoming.where("scope").equals(row.scope).delete();
  }
  await finishPulled(database, row.scope, row.cursor);
  return { ...row, complete: true, replacing: false };
}
