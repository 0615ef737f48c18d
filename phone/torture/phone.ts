/** The app's own sync core under Node: real tables on fake-indexeddb, a clock that may be wrong, the network of the line. */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import { type Intention, makeOperations } from "../src/outbox/making";
import { askAboutAllHeld } from "../src/outbox/outbox";
import type { Operation, OperationResult, PushAnswer } from "../src/protocol/types";
import { readSession } from "../src/session/session";
import { signIn } from "../src/session/signing_in";
import { PhoneDatabase } from "../src/store/database";
import { synchronise } from "../src/sync/cycle";
import { PUSH_PATH } from "../src/sync/push";
import { Transport } from "../src/sync/transport";
import { KEY_BYTES } from "../src/vault/cipher";
import type { Fetch, Lock, SyncContext } from "../src/sync/wire";

export interface Settings {
  origin: string;
  username: string;
  password: string;
  label: string;
  /** The outside log: one line of JSON for every operation made and every answer heard. */
  log: string;
  seed: number;
  /** The labels of all phones. */
  labels: string[];
  campaign: string;
  shop: string;
  /** Visits about which two phones are to disagree, with the moment (ms from the start) at which each writes. */
  disagreements: { record: string; at: number }[];
}

export class TorturedPhone {
  readonly database = new PhoneDatabase("torture", { indexedDB: new IDBFactory(), IDBKeyRange });
  readonly counts = { rounds: 0, stopped: 0, enrolments: 0, made: 0, renewals: 0 };
  clockError = 0;
  private readonly chains = new Map<string, Promise<unknown>>();
  private readonly transport: Transport;

  private readonly lock: Lock = (name, work) => {
    const run = (this.chains.get(name) ?? Promise.resolve()).then(work);
    this.chains.set(name, run.catch(() => undefined));
    return run;
  };

  /** Every answer is in the outside log before the app itself hears of it. */
  private readonly fetch: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (url.endsWith("/api/auth/refresh") && response.ok) this.counts.renewals += 1;
    if (!url.endsWith(PUSH_PATH) || !response.ok) return response;
    const text = await response.text();
    for (const result of (JSON.parse(text) as PushAnswer).results) this.note({ answer: result });
    return new Response(text, { status: response.status, headers: { "Content-Type": "application/json" } });
  };

  readonly context: SyncContext;

  constructor(readonly settings: Settings) {
    this.database.safe.open(new Uint8Array(randomBytes(KEY_BYTES)));
    this.context = this.surroundings();
    this.transport = new Transport(this.context);
  }

  private surroundings(): SyncContext {
    return {
      database: this.database,
      clock: { now: () => Date.now() + this.clockError },
      random: (count) => new Uint8Array(randomBytes(count)),
      fetch: this.fetch,
      lock: this.lock,
      origin: this.settings.origin,
      language: () => "vi",
    };
  }

  private note(line: { answer: OperationResult } | { made: Operation }): void {
    appendFileSync(this.settings.log, `${JSON.stringify(line)}\n`);
  }

  async make(...intentions: Intention[]): Promise<void> {
    const session = await readSession(this.database);
    const made = await makeOperations(this.context, session?.person.id ?? "", intentions);
    for (const { operation } of made) this.note({ made: operation });
    this.counts.made += made.length;
  }

  /** One round of the app; whether it went through to its end. */
  async synchronise(): Promise<boolean> {
    const session = await readSession(this.database);
    if (!session || session.ended) {
      const { username, password, label } = this.settings;
      const outcome = await signIn(this.context, { username, password, device_name: label });
      if (outcome.kind !== "signed_in") return false;
      this.counts.enrolments += 1;
    }
    const stop = await synchronise(this.context, this.transport);
    this.counts.rounds += 1;
    if (stop) this.counts.stopped += 1;
    return stop === null;
  }

  /** A complete round after which nothing waits here. */
  async settle(): Promise<boolean> {
    await askAboutAllHeld(this.context);
    if (!(await this.synchronise())) return false;
    return (await this.database.outbox.where("state").equals("waiting").count()) === 0;
  }

  /** What this phone shows and holds, for the comparison at the end. */
  async contents(): Promise<unknown> {
    const [records, outbox] = await Promise.all([this.database.records.toArray(), this.database.outbox.toArray()]);
    return { records, outbox: outbox.map(({ id, state, error }) => ({ id, state, error: error?.code })), counts: this.counts };
  }
}
