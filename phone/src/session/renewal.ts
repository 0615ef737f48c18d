/**
 * Renewing the access token. Refresh tokens rotate and the server revokes a device that uses one twice, so
 * the exchange happens under a lock and the new pair is durable before it is used.
 */
import { problemOf, type Reply, retryAfter, type SyncContext } from "../sync/wire";
import type { OfficeKey } from "../vault/office_box";
import { noteOffice } from "../vault/vault";
import { endSession, readSession, writeSession } from "./session";

interface TokenPair {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  recovery_key?: OfficeKey;
}

const RENEW_BEFORE = 30_000;

/** The access token to send with the next request, renewed when it is about to expire. */
export async function usableToken(context: SyncContext): Promise<Reply<string>> {
  const session = await readSession(context.database);
  if (!session) return { kind: "ended", ending: "expired" };
  if (session.ended) return { kind: "ended", ending: session.ended };
  if (session.expires_at - RENEW_BEFORE <= context.clock.now()) return renew(context, session.access_token);
  return { kind: "answer", body: session.access_token };
}

/** A usable access token, renewed unless another tab has done so since `stale` was read. */
export function renew(context: SyncContext, stale: string): Promise<Reply<string>> {
  return context.lock("session", async (): Promise<Reply<string>> => {
    const session = await readSession(context.database);
    if (!session) return { kind: "ended", ending: "expired" };
    if (session.access_token !== stale) return { kind: "answer", body: session.access_token };
    let response: Response;
    let pair: TokenPair;
    try {
      response = await context.fetch(`${context.origin}/api/auth/refresh`, {
        method: "POST",
        body: JSON.stringify({ refresh_token: session.refresh_token }),
        headers: { "Content-Type": "application/json", "Accept-Language": context.language() },
        signal: AbortSignal.timeout(30_000),
      });
      if (!response.ok) return await refusal(context, response);
      pair = (await response.json()) as TokenPair;
    } catch {
      return { kind: "unreachable" };
    }
    await writeSession(context.database, {
      ...session,
      access_token: pair.access_token,
      refresh_token: pair.refresh_token,
      expires_at: context.clock.now() + pair.expires_in * 1000,
    });
    await noteOffice(context.database, pair.recovery_key ?? null);
    return { kind: "answer", body: pair.access_token };
  });
}

async function refusal(context: SyncContext, response: Response): Promise<Reply<string>> {
  const { status } = response;
  const problem = await problemOf(response);
  if (status === 429 || status >= 500) {
    return { kind: "later", seconds: await retryAfter(response, context.clock.now()), code: problem.code };
  }
  const ending = problem.code === "device_revoked" ? "revoked" : "expired";
  await endSession(context.database, ending);
  return { kind: "ended", ending };
}
