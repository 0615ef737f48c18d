/**
 * Locking by idleness and on demand. The screen is covered at once; the key stays in memory only until what is being
 * sent has gone, and not longer than a few minutes. A reloaded or discarded page has no key to begin with.
 */
import { liveQuery } from "dexie";
import { forgetShown } from "./parts/live";
import { sending } from "./photos/uploads";
import { database, engine, guard, loadSession, session, syncStatus } from "./phone";
import { readVault } from "./vault/vault";

const IDLE = 5 * 60_000;
const LOOK = 5_000;
const LONGEST_SENDING = 10 * 60_000;
/** What leaving a field writes down must have been written before the key is gone. */
const SETTLING = 400;

let touched = Date.now();
let covered: number | null = null;

export async function lock(): Promise<void> {
  if (guard.value !== "open") return;
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await new Promise((done) => window.setTimeout(done, SETTLING));
  guard.value = "locked";
  session.value = undefined;
  forgetShown();
  covered = Date.now();
  closeWhenSent();
}

function closeWhenSent(): void {
  if (covered === null || guard.value !== "locked") return;
  const busy = syncStatus.value.running || sending.value;
  if (busy && Date.now() - covered < LONGEST_SENDING) {
    window.setTimeout(closeWhenSent, 1_000);
    return;
  }
  covered = null;
  engine.stop();
  database.safe.close();
}

/** Another tab has ended the vault: what this one would write with its key nobody could open. */
export function watchVault(): void {
  let known: string | undefined;
  liveQuery(() => readVault(database)).subscribe({
    next: (row) => {
      if (known !== undefined && row?.vault !== known) {
        database.safe.close();
        forgetShown();
        void loadSession();
      }
      known = row?.vault;
    },
    error: (fault: unknown) => console.error(fault),
  });
}

export function watchIdleness(): void {
  const touch = (): void => {
    touched = Date.now();
  };
  for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, touch, { passive: true });
  const look = (): void => {
    // A clock that was set back counts as a touch; one set forward locks early, which harms nobody.
    if (Date.now() < touched) touch();
    if (Date.now() - touched >= IDLE) void lock();
  };
  window.setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
}
