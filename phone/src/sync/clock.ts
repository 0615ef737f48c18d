/** How far this phone's clock is from the server's. Nothing is ordered by it, but the day of a visit is read from it. */
import { durable } from "../store/durable";
import { readNote, writeNote } from "../store/notes";
import type { SyncContext } from "./wire";

const KEY = "clock.ahead";

/** A clock that is this many milliseconds off is worth a word. */
export const TOLERATED = 2 * 60_000;

/** Remembers the difference; an answer that took its time makes it no larger than that. */
export async function noteServerTime(context: SyncContext, serverTime: string | undefined): Promise<void> {
  const there = Date.parse(serverTime ?? "");
  if (Number.isNaN(there)) return;
  await durable(context.database, () => writeNote(context.database, KEY, context.clock.now() - there));
}

/** Milliseconds that the phone's clock is ahead of the server's (behind: less than 0), or 0 while it is near enough. */
export async function clockError(context: SyncContext): Promise<number> {
  const ahead = await durable(context.database, () => readNote<number>(context.database, KEY));
  return ahead !== undefined && Math.abs(ahead) > TOLERATED ? ahead : 0;
}
