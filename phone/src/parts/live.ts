/** Reads from the phone's tables that repeat themselves when what they read has changed, in any tab. */
import { liveQuery } from "dexie";
import { useEffect, useState } from "preact/hooks";
import { database } from "../phone";

const REOPEN_AFTER = 300;

/** Results shown at once when their screen comes back, until the fresh ones arrive. */
const remembered = new Map<string, unknown>();
const MOST_REMEMBERED = 24;

function remember(key: string, value: unknown): void {
  remembered.delete(key);
  remembered.set(key, value);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}

/** Nothing that was shown is to be found in memory once the phone is locked. */
export function forgetShown(): void {
  remembered.clear();
}

/** `useLive` for screens that only show: begins with what was last shown, so nothing flickers on the way back. */
export function useShown<T>(key: string, query: () => Promise<T>): T | undefined {
  const fresh = useLive(key, query);
  if (fresh !== undefined) remember(key, fresh);
  return fresh ?? (remembered.get(key) as T | undefined);
}

/** The newest result of `query`; undefined until the first one for this `key`. */
export function useLive<T>(key: string, query: () => Promise<T>): T | undefined {
  const [state, setState] = useState<{ key: string; value: T } | undefined>();
  useEffect(() => {
    let ended = false;
    let stop = (): void => undefined;
    const start = (): void => {
      const subscription = liveQuery(query).subscribe({
        next: (value) => setState({ key, value }),
        error: (fault: unknown) => {
          console.error(fault);
          window.setTimeout(() => {
            if (!ended) void database.open().finally(start);
          }, REOPEN_AFTER);
        },
      });
      stop = () => subscription.unsubscribe();
    };
    start();
    return () => {
      ended = true;
      stop();
    };
  }, [key]);
  return state?.key === key ? state.value : undefined;
}
