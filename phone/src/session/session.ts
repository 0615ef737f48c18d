/**
 * Who works on this phone. The session outlives its tokens: without signal, or after the right to send has
 * ended, the person goes on working and nothing in the outbox is touched.
 */
import type { PhoneDatabase } from "../store/database";
import { durable } from "../store/durable";
import { readNote, writeNote } from "../store/notes";

export interface Person {
  id: string;
  full_name: string;
  username: string;
  roles: string[];
  agency: string | null;
}

/** Why the server no longer takes this device's word: sign in again, device revoked, or numbers used twice. */
export type Ending = "expired" | "revoked" | "cloned";

export interface Session {
  person: Person;
  device: string;
  access_token: string;
  refresh_token: string;
  /** Milliseconds of the phone's clock. */
  expires_at: number;
  ended: Ending | null;
}

const KEY = "session";
const OWNER = "records.owner";

export function readSession(database: PhoneDatabase): Promise<Session | undefined> {
  return durable(database, () => readNote<Session>(database, KEY));
}

export function writeSession(database: PhoneDatabase, session: Session): Promise<void> {
  return durable(database, () => writeNote(database, KEY, session));
}

/**
 * Ends the session. A device that the office has revoked keeps nothing it has pulled and no token; what it made and
 * did not send stays, sealed.
 */
export async function endSession(database: PhoneDatabase, ending: Ending): Promise<void> {
  const { notes, records, incoming, scopes } = database;
  await durable(database, () =>
    database.transaction("rw", [notes, records, incoming, scopes], async () => {
      const session = await readNote<Session>(database, KEY);
      if (!session) return;
      if (ending !== "revoked") {
        await writeNote(database, KEY, { ...session, ended: ending });
        return;
      }
      await Promise.all([records.clear(), incoming.clear(), scopes.clear()]);
      await writeNote(database, KEY, { ...session, access_token: "", refresh_token: "", ended: ending });
    }),
  );
}

/**
 * Opens a session after sign-in. Records pulled for another person are dropped, since that person's scopes
 * are not this one's; the outbox is kept, each operation waiting for the person who made it.
 */
export function openSession(database: PhoneDatabase, session: Session): Promise<void> {
  return durable(database, () =>
    database.transaction(
      "rw",
      [database.notes, database.records, database.incoming, database.scopes, database.photos],
      async () => {
        const owner = await readNote<string>(database, OWNER);
        if (owner !== undefined && owner !== session.person.id) {
          await Promise.all([database.records.clear(), database.incoming.clear(), database.scopes.clear()]);
          await database.photos.where("state").equals("stored").delete();
        }
        await writeNote(database, OWNER, session.person.id);
        await writeNote(database, KEY, session);
      },
    ),
  );
}

export async function closeSession(database: PhoneDatabase): Promise<void> {
  await durable(database, () => database.notes.delete(KEY));
}
