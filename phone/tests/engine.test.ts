import { beforeEach, describe, expect, test } from "vitest";
import { backoff } from "../src/sync/backoff";
import { SyncEngine, type Timer } from "../src/sync/engine";
import { json, Phone, results, script, visitNote } from "./support";

class HandTimer implements Timer {
  delay: number | null = null;
  start(_work: () => void, milliseconds: number): unknown {
    this.delay = milliseconds;
    return this;
  }
  stop(): void {
    this.delay = null;
  }
}

describe("deciding when to synchronise", () => {
  let phone: Phone;
  let timer: HandTimer;
  let engine: SyncEngine;

  beforeEach(async () => {
    phone = await new Phone().signIn();
    timer = new HandTimer();
    engine = new SyncEngine(phone.context, timer, () => undefined);
  });

  test("a change is sent soon, and a later change does not push it back", () => {
    engine.request("change");
    expect(timer.delay).toBe(800);
    phone.time += 500;
    engine.request("change");
    expect(timer.delay).toBe(800);
  });

  test("after success the next round comes within a minute", async () => {
    script(phone, {});
    await engine.run();
    expect(timer.delay).toBe(60_000);
    expect(engine.status).toMatchObject({ code: null, last_success: phone.time });
  });

  test("failures wait longer each time, and a change does not cut the wait short", async () => {
    phone.handle = () => {
      throw new TypeError("network");
    };
    await engine.run();
    const first = timer.delay ?? 0;
    engine.request("change");
    expect(timer.delay).toBe(first);
    for (let round = 0; round < 4; round += 1) await engine.run();
    expect(timer.delay ?? 0).toBeGreaterThan(first);
    expect(engine.status.unreachable).toBe(true);
  });

  test("a returned connection is used at once", async () => {
    phone.handle = () => {
      throw new TypeError("network");
    };
    await engine.run();
    engine.request("online");
    expect(timer.delay).toBe(0);
  });

  test("nobody comes back before the server said", async () => {
    phone.handle = () => json({ code: "unavailable" }, 503, { "Retry-After": "120" });
    await engine.run();
    engine.request("person");
    expect(timer.delay).toBeGreaterThanOrEqual(120_000);
  });

  test("an ended session stops all attempts until somebody signs in", async () => {
    script(phone, { pull: () => json({ code: "device_revoked" }, 403) });
    await engine.run();
    expect(engine.status.ended).toBe("revoked");
    engine.request("online");
    expect(timer.delay).toBeNull();
    engine.request("signed_in");
    expect(timer.delay).toBe(0);
  });

  test("two runs at once become one and another after it", async () => {
    await phone.make(visitNote("a"));
    script(phone, { push: (request) => results(request, () => ({ seq: 1 })) });
    await Promise.all([engine.run(), engine.run()]);
    expect(phone.sent()).toHaveLength(1);
    expect(timer.delay).toBe(800);
  });

  test("pauses double, are never longer than five minutes, and differ from phone to phone", () => {
    expect([1, 2, 3, 4].map((failures) => backoff(failures, 1))).toEqual([2000, 4000, 8000, 16_000]);
    expect(backoff(50, 1)).toBe(300_000);
    expect(backoff(3, 0)).toBe(4000);
  });
});
