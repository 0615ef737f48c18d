/** The one phone this page is: its tables, its session, its way to the server, as signals for the screens. */
import { computed, signal } from "@preact/signals";
import { type CoreContext, webRandom } from "./outbox/context";
import { dayInVietnam, systemClock } from "./protocol/time";
import { Reader } from "./records/reader";
import { readSession, type Session } from "./session/session";
import { PhoneDatabase } from "./store/database";
import { SyncEngine, type SyncStatus } from "./sync/engine";
import type { Lock, SyncContext } from "./sync/wire";
import { readVault } from "./vault/vault";
import { language } from "./words/index";

/** The address that the server is served at, "" at the root of its host; the app lies in its folder `app`. */
const ROOT = new URL("..", window.location.href).pathname.replace(/\/$/, "");

/** Two installations on one host keep apart what they hold. */
const NAME = `inspection${ROOT}`;

export const database = new PhoneDatabase(NAME);

/** Without Web Locks (old browsers) tabs could only be kept apart by luck; one page is then assumed. */
const lock: Lock = (name, work) =>
  navigator.locks ? (navigator.locks.request(`${NAME}-${name}`, work) as ReturnType<typeof work>) : work();

export const context: SyncContext & CoreContext = {
  database,
  clock: systemClock,
  random: webRandom,
  fetch: (url, init) => fetch(url, init),
  lock,
  origin: ROOT,
  language: () => language.value,
};

/** The day in Viet Nam by this phone's clock. */
export const today = (): string => dayInVietnam(context.clock.now());

/** undefined until the tables have been read; null when nobody is signed in. */
export const session = signal<Session | null | undefined>(undefined);

export const online = signal(navigator.onLine);

const IDLE: SyncStatus = {
  running: false,
  unreachable: false,
  code: null,
  ended: null,
  last_success: null,
  next_attempt: null,
};
export const syncStatus = signal<SyncStatus>(IDLE);

export const engine = new SyncEngine(
  context,
  {
    start: (work, milliseconds) => window.setTimeout(work, milliseconds),
    stop: (handle) => window.clearTimeout(handle as number),
  },
  (status) => {
    if (status.ended !== syncStatus.value.ended && guard.value === "open") void loadSession();
    syncStatus.value = status;
  },
);

export const reader = computed(() => new Reader(database, session.value?.person.id ?? ""));

export function me(): string {
  return session.value?.person.id ?? "";
}

/** reading: the tables are being opened. none: no PIN was chosen yet. */
export type Guard = "reading" | "none" | "locked" | "open";
export const guard = signal<Guard>("reading");

/** Looks how the phone is guarded, and for the session where it may be read. */
export async function loadSession(): Promise<void> {
  const vault = await readVault(database);
  if (vault && !database.safe.isOpen) {
    session.value = undefined;
    guard.value = "locked";
    return;
  }
  session.value = (await readSession(database)) ?? null;
  guard.value = vault ? "open" : "none";
}

/** The scope of the establishments of this person's jurisdiction, as the server named it. */
export async function establishmentScope(): Promise<string | null> {
  const scopes = await database.scopes.toArray();
  return scopes.find(({ scope }) => scope.startsWith("establishments:"))?.scope ?? null;
}
