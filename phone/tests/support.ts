/** A phone under Node: real tables on fake-indexeddb, a clock set by hand, and a server that is a function. */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { Intention } from "../src/outbox/making";
import { makeOperations } from "../src/outbox/making";
import type { Change, Operation, OperationResult, PullAnswer } from "../src/protocol/types";
import { openSession } from "../src/session/session";
import { PhoneDatabase } from "../src/store/database";
import { Transport } from "../src/sync/transport";
import { KEY_BYTES } from "../src/vault/cipher";
import type { Fetch, Lock, SyncContext } from "../src/sync/wire";

export const USER = "018f0000-0000-7000-8000-00000000000a";
export const DEVICE = "018f0000-0000-7000-8000-0000000000d1";
export const CAMPAIGN = "018f0000-0000-7000-8000-0000000000c1";
export const SCOPE = `campaign:${CAMPAIGN}`;
export const VISIT = "018f0000-0000-7000-8000-0000000000f1";
export const START = Date.parse("2026-09-20T08:00:00+07:00");

export interface Request {
  path: string;
  body: string;
  headers: Record<string, string>;
}

export type Handler = (request: Request) => Response | Promise<Response>;

export class Phone {
  readonly database = new PhoneDatabase(`phone-${Math.random()}`, {
    indexedDB: new IDBFactory(),
    IDBKeyRange,
  });
  readonly requests: Request[] = [];

  constructor() {
    this.database.safe.open(new Uint8Array(randomBytes(KEY_BYTES)));
  }

  time = START;
  handle: Handler = () => json({}, 500);
  private readonly chains = new Map<string, Promise<unknown>>();

  readonly fetch: Fetch = async (url, init) => {
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    const bytes =
      typeof init.body === "string" ? Buffer.from(init.body) : Buffer.from(init.body as ArrayBuffer);
    const body = (headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString("utf8");
    const request = { path: new URL(url).pathname, body, headers };
    this.requests.push(request);
    return this.handle(request);
  };

  readonly lock: Lock = (name, work) => {
    const before = this.chains.get(name) ?? Promise.resolve();
    const run = before.then(work);
    this.chains.set(
      name,
      run.catch(() => undefined),
    );
    return run;
  };

  readonly context: SyncContext = {
    database: this.database,
    clock: { now: () => this.time },
    random: (count) => new Uint8Array(randomBytes(count)),
    fetch: this.fetch,
    lock: this.lock,
    origin: "http://phone.test",
    language: () => "vi",
  };

  readonly transport = new Transport(this.context);

  async signIn(user = USER, device = DEVICE): Promise<this> {
    await openSession(this.database, {
      person: { id: user, full_name: "Nguyễn Văn An", username: "an", roles: ["inspector"], agency: null },
      device,
      access_token: "access-1",
      refresh_token: "refresh-1",
      expires_at: this.time + 900_000,
      ended: null,
    });
    return this;
  }

  async make(...intentions: Intention[]): Promise<Operation[]> {
    return (await makeOperations(this.context, USER, intentions)).map(({ operation }) => operation);
  }

  async states(): Promise<string[]> {
    return (await this.database.outbox.orderBy("n").toArray()).map((row) => row.state);
  }

  sent(path = "/api/sync/push"): Operation[][] {
    return this.requests
      .filter((request) => request.path === path)
      .map((request) => (JSON.parse(request.body) as { operations: Operation[] }).operations);
  }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
}

export function results(
  request: Request,
  answer: (operation: Operation, index: number) => Partial<OperationResult>,
): Response {
  const { operations } = JSON.parse(request.body) as { operations: Operation[] };
  return json({
    results: operations.map((each, index) => ({ id: each.id, status: "applied", ...answer(each, index) })),
  });
}

export function pulled(partial: Partial<PullAnswer>): Response {
  return json({ scopes: [SCOPE], changes: [], cursors: {}, more: false, ...partial });
}

export function visitChange(seq: number, fields: Change["fields"] = {}, generation = "3f2a"): Change {
  return {
    scope: SCOPE,
    seq,
    kind: "visit",
    record: VISIT,
    version: `${generation}.${seq}`,
    fields: { campaign: CAMPAIGN, visited_on: "2026-09-20", ...fields },
    authors: {},
    voided: null,
  };
}

export function visitNote(note: string): Intention {
  return { kind: "visit", record: VISIT, scope: SCOPE, fields: { note } };
}

/** Answers pushes with growing sequence numbers and pulls with whatever is set. */
export function script(phone: Phone, answers: { push?: Handler; pull?: Handler; refresh?: Handler }): void {
  phone.handle = (request) => {
    if (request.path === "/api/sync/push")
      return (answers.push ?? ((each) => results(each, () => ({ seq: 1 }))))(request);
    if (request.path === "/api/sync/pull") return (answers.pull ?? (() => pulled({})))(request);
    if (request.path === "/api/auth/refresh") return (answers.refresh ?? (() => json({}, 401)))(request);
    return json({}, 404);
  };
}
