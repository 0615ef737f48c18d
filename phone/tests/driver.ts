/**
 * The sync core with tables in memory, for programs that drive many phones under Node: `npm run driver` makes
 * one file of it, `dev-dist/driver.js`. Everything exported is what the app itself runs.
 */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { webRandom } from "../src/outbox/context";
import { PhoneDatabase } from "../src/store/database";
import { KEY_BYTES } from "../src/vault/cipher";

export { newIdentifier, webRandom } from "../src/outbox/context";
export { correct } from "../src/outbox/correcting";
export { type Intention, makeOperations } from "../src/outbox/making";
export {
  askAboutAllHeld,
  leaveToOffice,
  operationOf,
  rejectedOperations,
  unsentCount,
} from "../src/outbox/outbox";
export { overlay } from "../src/outbox/overlay";
export { answerIdentifier } from "../src/protocol/identifiers";
export { systemClock } from "../src/protocol/time";
export { Reader } from "../src/records/reader";
export { readSession } from "../src/session/session";
export { signIn, signOut } from "../src/session/signing_in";
export { synchronise } from "../src/sync/cycle";
export { SyncEngine } from "../src/sync/engine";
export { pull } from "../src/sync/pull";
export { push } from "../src/sync/push";
export { Transport } from "../src/sync/transport";
export type { Lock, SyncContext } from "../src/sync/wire";
export { PhoneDatabase } from "../src/store/database";

/** A phone's tables in memory, unlocked; the same factory opened twice with the same key is the same phone restarted. */
export function memoryDatabase(
  name: string,
  indexedDB = new IDBFactory(),
  key = webRandom(KEY_BYTES),
): PhoneDatabase {
  const database = new PhoneDatabase(name, { indexedDB, IDBKeyRange });
  database.safe.open(key);
  return database;
}
