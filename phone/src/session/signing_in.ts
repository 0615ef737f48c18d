/** Signing in enrols this phone as a new device; signing out ends it, and is refused while work would be stranded. */
import { version } from "../../package.json";
import { problemOf, retryAfter, type SyncContext } from "../sync/wire";
import { unsentCount } from "../outbox/outbox";
import { durable } from "../store/durable";
import { endVault, noteOffice } from "../vault/vault";
import type { OfficeKey } from "../vault/office_box";
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
  recovery_key?: OfficeKey;
}

export type SignInOutcome =
  | { kind: "signed_in"; session: Session; office: OfficeKey | null }
  /** The phone is another person's, who has to sign out first. */
  | { kind: "other_person"; name: string }
  | { kind: "wrong_credentials" }
  /** The password was handed over: a new one of the person's own has to come with it. */
  | { kind: "initial_password" }
  | { kind: "wait"; seconds: number | null }
  | { kind: "unreachable" }
  | { kind: "refused"; code: string; message: string | null };

export interface Credentials {
  username: string;
  password: string;
  new_password?: string;
  device_name: string;
}

/** Enrols, and opens the session on this phone; the vault must be open. */
export async function signIn(context: SyncContext, credentials: Credentials): Promise<SignInOutcome> {
  const outcome = await enrol(context, credentials);
  if (outcome.kind !== "signed_in") return outcome;
  const before = await readSession(context.database);
  if (before && before.person.id !== outcome.session.person.id)
    return { kind: "other_person", name: before.person.full_name };
  await takeUp(context, outcome.session, outcome.office);
  return outcome;
}

/** Opens an enrolled session on this phone. */
export async function takeUp(context: SyncContext, session: Session, office: OfficeKey | null): Promise<void> {
  await openSession(context.database, session);
  await noteOffice(context.database, office, { device: session.device, user: session.person.id });
}

/** Makes this phone a new device of the person, and writes nothing down. */
export async function enrol(context: SyncContext, credentials: Credentials): Promise<SignInOutcome> {
  const { username, password, new_password, device_name } = credentials;
  let response: Response;
  let answer: LoginAnswer;
  try {
    response = await context.fetch(`${context.origin}/api/auth/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": context.language() },
      body: JSON.stringify({
        username,
        password,
        ...(new_password ? { new_password } : {}),
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
  return { kind: "signed_in", session, office: answer.recovery_key ?? null };
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
  if (problem.code === "initial_password") return { kind: "initial_password" };
  return { kind: "refused", code: problem.code, message: problem.message ?? null };
}

/**
 * Signs out, unless work waits to be sent: then it answers how much and changes nothing. With `sealing` the person has
 * read the number and leaves it sealed on this phone, for the office alone. The vault ends either way, so the next
 * person chooses a PIN of their own.
 */
export async function signOut(context: SyncContext, sealing: boolean): Promise<number> {
  const unsent = await durable(context.database, () => unsentCount(context.database));
  if (unsent > 0 && !sealing) return unsent;
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
  await endVault(context);
  return 0;
}
