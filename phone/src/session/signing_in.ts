/** Signing in enrols this phone as a new device; signing out ends it, and is refused while work would be stranded. */
import { version } from "../../package.json";
import { problemOf, retryAfter, type SyncContext } from "../sync/wire";
import { unsentCount } from "../outbox/outbox";
import { durable } from "../store/durable";
import { closeSession, openSession, readSession, type Person, type Session } from "./session";

interface LoginAnswer {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  user: {
    id: string;
    full_name?: string;
    name?: string;
    username?: string;
    roles?: string[];
    agency?: string | null;
  };
  device: { id: string };
}

export type SignInOutcome =
  | { kind: "signed_in"; session: Session }
  | { kind: "wrong_credentials" }
  | { kind: "wait"; seconds: number | null }
  | { kind: "unreachable" }
  | { kind: "refused"; code: string; message: string | null };

export interface Credentials {
  username: string;
  password: string;
  device_name: string;
}

export async function signIn(context: SyncContext, credentials: Credentials): Promise<SignInOutcome> {
  const { username, password, device_name } = credentials;
  let response: Response;
  let answer: LoginAnswer;
  try {
    response = await context.fetch(`${context.origin}/api/auth/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": context.language() },
      body: JSON.stringify({
        username,
        password,
        device: { name: device_name, platform: "phone", app_version: version },
      }),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) return await refusal(context, response);
    answer = (await response.json()) as LoginAnswer;
  } catch {
    return { kind: "unreachable" };
  }
  const session: Session = {
    person: personOf(answer, username),
    device: answer.device.id,
    access_token: answer.access_token,
    refresh_token: answer.refresh_token,
    expires_at: context.clock.now() + answer.expires_in * 1000,
    ended: null,
  };
  await openSession(context.database, session);
  return { kind: "signed_in", session };
}

function personOf(answer: LoginAnswer, username: string): Person {
  const { user } = answer;
  return {
    id: user.id,
    full_name: user.full_name ?? user.name ?? username,
    username: user.username ?? username,
    roles: user.roles ?? [],
    agency: user.agency ?? null,
  };
}

async function refusal(context: SyncContext, response: Response): Promise<SignInOutcome> {
  if (response.status === 429 || response.status === 503) {
    return { kind: "wait", seconds: await retryAfter(response, context.clock.now()) };
  }
  const problem = await problemOf(response);
  if (response.status === 401) return { kind: "wrong_credentials" };
  return { kind: "refused", code: problem.code, message: problem.message ?? null };
}

/**
 * Signs out, unless operations wait to be sent: then it answers how many and changes nothing. With `leaving`
 * the person has read the number and wants to leave all the same; the work stays on this phone and is sent
 * when the same person signs in here again.
 */
export async function signOut(context: SyncContext, leaving: boolean): Promise<number> {
  const unsent = await durable(context.database, () => unsentCount(context.database));
  if (unsent > 0 && !leaving) return unsent;
  const session = await readSession(context.database);
  if (session && !session.ended) {
    await context
      .fetch(`${context.origin}/api/auth/logout`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${session.access_token}` },
        body: JSON.stringify({ refresh_token: session.refresh_token }),
        signal: AbortSignal.timeout(10_000),
      })
      .catch(() => undefined);
  }
  await closeSession(context.database);
  return 0;
}
