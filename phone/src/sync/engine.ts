/**
 * Decides when to synchronise. Requests of any number of triggers become one run; after a failure it waits
 * with growing, jittered pauses, and never less than the server asked for.
 */
import type { Ending } from "../session/session";
import { backoff } from "./backoff";
import { lastSync, synchronise } from "./cycle";
import type { Stop } from "./push";
import { Transport } from "./transport";
import type { SyncContext } from "./wire";

export type Trigger = "start" | "online" | "visible" | "interval" | "change" | "person" | "signed_in";

export interface SyncStatus {
  running: boolean;
  /** The last attempt did not get through to the server. */
  unreachable: boolean;
  /** Why the last attempt stopped, as a code for the dictionary; null when it went through. */
  code: string | null;
  ended: Ending | null;
  last_success: number | null;
  next_attempt: number | null;
}

export interface Timer {
  start(work: () => void, milliseconds: number): unknown;
  stop(handle: unknown): void;
}

const AFTER_CHANGE = 800;
export const INTERVAL = 60_000;

export class SyncEngine {
  status: SyncStatus = {
    running: false,
    unreachable: false,
    code: null,
    ended: null,
    last_success: null,
    next_attempt: null,
  };
  private readonly transport: Transport;
  private failures = 0;
  private notBefore = 0;
  private again = false;
  private pending: { handle: unknown; at: number } | null = null;

  constructor(
    private readonly context: SyncContext,
    private readonly timer: Timer,
    private readonly announce: (status: SyncStatus) => void,
  ) {
    this.transport = new Transport(context);
  }

  /** Asks for a run. Only the server's own waiting time outranks a person or a returned connection. */
  request(trigger: Trigger): void {
    const now = this.context.clock.now();
    if (trigger === "signed_in") this.publish({ ended: null, code: null });
    const eager =
      trigger === "person" || trigger === "online" || trigger === "signed_in" || trigger === "start";
    if (eager) this.failures = 0;
    const resting = this.failures > 0 ? (this.status.next_attempt ?? now) : now;
    const wish = trigger === "change" ? now + AFTER_CHANGE : now;
    this.plan(Math.max(wish, resting, this.notBefore));
  }

  /** Runs now and answers when the run is over; used at sign-in and by tests. */
  async run(): Promise<Stop | null> {
    if (this.status.running) {
      this.again = true;
      return null;
    }
    this.cancel();
    this.publish({ running: true, next_attempt: null });
    let stop: Stop | null;
    try {
      stop = await synchronise(this.context, this.transport);
    } catch (fault) {
      stop = { kind: "later", seconds: null, code: fault instanceof Error ? fault.name : "fault" };
    }
    const last = await lastSync(this.context).catch(() => undefined);
    this.publish({ running: false, last_success: last ?? null });
    this.conclude(stop);
    if (this.again) {
      this.again = false;
      this.request("change");
    }
    return stop;
  }

  stop(): void {
    this.cancel();
  }

  private conclude(stop: Stop | null): void {
    const now = this.context.clock.now();
    if (!stop) {
      this.failures = 0;
      this.publish({ unreachable: false, code: null, ended: null });
      this.plan(now + INTERVAL);
      return;
    }
    if (stop.kind === "ended") {
      this.publish({ unreachable: false, code: stop.ending, ended: stop.ending });
      return;
    }
    this.failures += 1;
    const asked = stop.kind === "later" && stop.seconds !== null ? stop.seconds * 1000 : 0;
    this.notBefore = now + asked;
    const code =
      stop.kind === "later" ? stop.code : stop.kind === "refused" ? stop.problem.code : "unreachable";
    this.publish({ unreachable: stop.kind === "unreachable", code });
    const [byte = 0] = this.context.random(1);
    this.plan(now + Math.max(asked, backoff(this.failures, byte / 255)));
  }

  private plan(at: number): void {
    if (this.status.ended) return;
    if (this.status.running) {
      this.again = true;
      return;
    }
    if (this.pending && this.pending.at <= at) return;
    this.cancel();
    const handle = this.timer.start(() => void this.run(), Math.max(0, at - this.context.clock.now()));
    this.pending = { handle, at };
    this.publish({ next_attempt: at });
  }

  private cancel(): void {
    if (this.pending) this.timer.stop(this.pending.handle);
    this.pending = null;
  }

  private publish(changes: Partial<SyncStatus>): void {
    this.status = { ...this.status, ...changes };
    this.announce(this.status);
  }
}
