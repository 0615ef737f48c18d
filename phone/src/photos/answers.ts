/** What the server's answer to a part of an upload means for the photo. Pure. */

export type Outcome =
  /** Every byte is there and examined. */
  | { kind: "sent" }
  /** Nothing gets through, or the server takes nothing now: no other photo is tried either. */
  | { kind: "stop"; seconds: number | null; code: string }
  /** This photo cannot go on now; the next one may. */
  | { kind: "later"; code: string }
  /** The bytes arrived garbled and were thrown away: from the start, a few times. */
  | { kind: "garbled"; code: string }
  /** The server will never take this photo as it is. */
  | { kind: "refused"; code: string }
  | { kind: "unauthenticated" };

export interface Answered {
  status: number;
  body: string;
  retry_after: string | null;
}

const GARBLED = 460;
const PASSING = new Set([404, 409, 410, 423]);

export function codeOf({ status, body }: Answered): string {
  try {
    const problem: unknown = JSON.parse(body);
    const code = problem !== null && typeof problem === "object" ? (problem as { code?: unknown }).code : null;
    if (typeof code === "string") return code;
  } catch {
    // A proxy's page, not the server's words.
  }
  return `http_${status}`;
}

export function judge(answered: Answered | null): Outcome {
  if (!answered || answered.status === 0) return { kind: "stop", seconds: null, code: "unreachable" };
  const { status, retry_after } = answered;
  const code = codeOf(answered);
  if (status === 401) return { kind: "unauthenticated" };
  if (code === "device_revoked") return { kind: "stop", seconds: null, code };
  if (status === 429 || status >= 500) {
    const seconds = /^\d+$/.test(retry_after ?? "") ? Number(retry_after) : null;
    return { kind: "stop", seconds, code };
  }
  if (status === GARBLED) return { kind: "garbled", code };
  if (PASSING.has(status)) return { kind: "later", code };
  return { kind: "refused", code };
}
