/**
 * One round of synchronising: push, pull, and once more when the pull uncovered something to send (a held
 * operation whose record came, a scope that is leaving, a restored server). One tab at a time does it.
 */
import { forgetOld, sendable } from "../outbox/outbox";
import { readNote, writeNote } from "../store/notes";
import { durable } from "../store/durable";
import { forgetStored } from "../photos/keeping";
import { readSession } from "../session/session";
import { dropLostScopes } from "./lost_scopes";
import { pull } from "./pull";
import { push, type Stop } from "./push";
import type { Transport } from "./transport";
import type { SyncContext } from "./wire";

export const LAST_SYNC = "sync.last_success";

export function synchronise(context: SyncContext, transport: Transport): Promise<Stop | null> {
  return context.lock("sync", async () => {
    const first = await round(context, transport);
    if (first) return first;
    if (await somethingToSend(context)) {
      const second = await round(context, transport);
      if (second) return second;
    }
    await forgetStored(context.database);
    await dropLostScopes(context.database);
    await forgetOld(context);
    await durable(context.database, () => writeNote(context.database, LAST_SYNC, context.clock.now()));
    return null;
  });
}

async function round(context: SyncContext, transport: Transport): Promise<Stop | null> {
  return (await push(context, transport)) ?? (await pull(context, transport));
}

async function somethingToSend(context: SyncContext): Promise<boolean> {
  const session = await readSession(context.database);
  if (!session) return false;
  const rows = await durable(context.database, () =>
    sendable(context.database, session.person.id, session.device),
  );
  return rows.length > 0;
}

export function lastSync(context: SyncContext): Promise<number | undefined> {
  return durable(context.database, () => readNote<number>(context.database, LAST_SYNC));
}
