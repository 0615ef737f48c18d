/**
 * What everything that speaks with the server shares: what it needs of the world, and the few replies that every
 * status of a whole request is turned into.
 */
import type { CoreContext } from "../outbox/context";
import type { Problem } from "../protocol/types";
import type { Ending } from "../session/session";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Runs `work` while no other tab of this phone runs work of the same name. */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export interface SyncContext extends CoreContext {
  fetch: Fetch;
  lock: Lock;
  /** What stands before `/api` in the addresses of the server. */
  origin: string;
  language: () => string;
}

export type Reply<T> =
  | { kind: "answer"; body: T }
  | { kind: "unreachable" }
  | { kind: "later"; seconds: number | null; code: string }
  | { kind: "too_large" }
  | { kind: "ended"; ending: Ending }
  | { kind: "refused"; status: number; problem: Problem };

export async function retryAfter(response: Response, now: number): Promise<number | null> {
  const header = response.headers.get("Retry-After");
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? null : Math.max(0, Math.ceil((moment - now) / 1000));
}

export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (body !== null && typeof body === "object" && typeof (body as Problem).code === "string")
    return body as Problem;
  return { code: `http_${response.status}` };
}
