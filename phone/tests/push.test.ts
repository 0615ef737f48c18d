import { beforeEach, describe, expect, test } from "vitest";
import { correct } from "../src/outbox/correcting";
import { forgetOld, leaveToOffice, rejectedOperations } from "../src/outbox/outbox";
import type { OperationResult } from "../src/protocol/types";
import { readSession } from "../src/session/session";
import { absorb } from "../src/sync/pull";
import { push } from "../src/sync/push";
import { json, Phone, results, SCOPE, script, USER, VISIT, visitChange, visitNote } from "./support";

const OTHER_DEVICE = "018f0000-0000-7000-8000-0000000000d2";

describe("pushing", () => {
  let phone: Phone;
  const answer = (...each: Partial<OperationResult>[]): void =>
    script(phone, { push: (request) => results(request, (_, index) => each[index] ?? {}) });
  const attempt = () => push(phone.context, phone.transport);

  beforeEach(async () => {
    phone = await new Phone().signIn();
  });

  test("applied, merged and conflict are acknowledgements", async () => {
    await phone.make(visitNote("a"));
    await phone.make(visitNote("b"));
    await phone.make(visitNote("c"));
    answer({ seq: 1 }, { status: "merged", seq: 2 }, { status: "conflict", seq: 3, conflicts: [] });
    expect(await attempt()).toBeNull();
    expect(await phone.states()).toEqual(["acknowledged", "acknowledged", "acknowledged"]);
  });

  test("a held operation is kept with what it waits for, and asked about when that arrives", async () => {
    const answerRecord = "018f0000-0000-7000-8000-0000000000a1";
    await phone.make({
      kind: "answer",
      record: answerRecord,
      scope: SCOPE,
      fields: { visit: VISIT, item: "A", result: "pass" },
    });
    answer({ status: "held", waits_for: { kind: "visit", record: VISIT } });
    await attempt();
    expect(await phone.states()).toEqual(["held"]);
    await absorb(phone.database, {
      scopes: [SCOPE],
      changes: [visitChange(4)],
      cursors: { [SCOPE]: "3f2a.4.0" },
      more: false,
    });
    expect(await phone.states()).toEqual(["waiting"]);
    answer({ status: "applied", seq: 5, replayed: true });
    await attempt();
    expect(await phone.states()).toEqual(["acknowledged"]);
    expect(phone.requests[0]?.body).toBe(phone.requests[1]?.body);
  });

  test("a rejected operation needs attention and is neither dropped nor sent again", async () => {
    await phone.make(visitNote("a"));
    answer({ status: "rejected", error: { code: "validation", fields: { note: ["Quá dài"] } } });
    await attempt();
    await attempt();
    const [row] = await rejectedOperations(phone.database, USER);
    expect(row?.error?.fields).toEqual({ note: ["Quá dài"] });
    expect(phone.requests).toHaveLength(1);
  });

  test("a rejected operation does not stop the ones behind it", async () => {
    await phone.make(visitNote("a"));
    await phone.make(visitNote("b"));
    answer({ status: "rejected", error: { code: "server_fault" } }, { seq: 2 });
    await attempt();
    expect(await phone.states()).toEqual(["rejected", "acknowledged"]);
  });

  test("a corrected operation is a new one; a left one stays on the phone for good", async () => {
    await phone.make(visitNote("a"));
    await phone.make(visitNote("b"));
    const refusal = { status: "rejected" as const, error: { code: "validation" } };
    answer(refusal, refusal);
    await attempt();
    await correct(phone.context, USER, 1, { note: "ngắn hơn" });
    await leaveToOffice(phone.context, 2);
    phone.time += 60 * 24 * 3_600_000;
    await forgetOld(phone.context);
    const rows = await phone.database.outbox.orderBy("n").toArray();
    expect(rows.map((row) => [row.n, row.state, row.resolution])).toEqual([
      [1, "finished", "corrected"],
      [2, "finished", "left_to_office"],
      [3, "waiting", undefined],
    ]);
    expect(rows[2]?.id).not.toBe(rows[0]?.id);
  });

  test("the first retry stops everything behind it in this request", async () => {
    await phone.make(visitNote("a"));
    await phone.make(visitNote("b"));
    await phone.make(visitNote("c"));
    answer({ seq: 1 }, { status: "retry", error: { code: "busy" } }, { seq: 2 });
    expect(await attempt()).toMatchObject({ kind: "later", code: "retry" });
    expect(await phone.states()).toEqual(["acknowledged", "waiting", "waiting"]);
    expect(phone.requests).toHaveLength(1);
  });

  test("an operation is sent again byte for byte", async () => {
    await phone.make(visitNote("Cân số 2 hết hạn kiểm định"));
    phone.handle = () => {
      throw new TypeError("network");
    };
    expect(await attempt()).toEqual({ kind: "unreachable" });
    phone.time += 600_000;
    answer({ seq: 1, replayed: true });
    await attempt();
    expect(phone.requests[1]?.body).toBe(phone.requests[0]?.body);
    expect(await phone.states()).toEqual(["acknowledged"]);
  });

  test("operations go in the order of their numbers, 500 at most in a request", async () => {
    await phone.make(...Array.from({ length: 620 }, (_, index) => visitNote(`ghi chú ${index}`)));
    answer();
    await attempt();
    const sizes = phone.sent().map((operations) => operations.length);
    expect(sizes).toEqual([500, 120]);
    const numbers = phone
      .sent()
      .flat()
      .map((operation) => operation.n);
    expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
  });

  test("a request aims at 200 KB", async () => {
    for (let index = 0; index < 9; index += 1) await phone.make(visitNote(`${index}${"x".repeat(50_000)}`));
    answer();
    await attempt();
    for (const request of phone.requests) expect(request.body.length).toBeLessThanOrEqual(200 * 1024);
    expect(phone.sent().map((operations) => operations.length)).toEqual([4, 4, 1]);
  });

  test("a request too large for the server is split until it passes", async () => {
    await phone.make(...Array.from({ length: 8 }, (_, index) => visitNote(`ghi chú ${index}`)));
    script(phone, {
      push: (request) =>
        JSON.parse(request.body).operations.length > 2
          ? json({ code: "too_large" }, 413)
          : results(request, () => ({})),
    });
    expect(await attempt()).toBeNull();
    expect(phone.sent().map((operations) => operations.length)).toEqual([8, 4, 2, 2, 2, 2]);
  });

  test("one operation that alone is too large needs attention and lets the others pass", async () => {
    await phone.make(visitNote("lớn"));
    await phone.make(visitNote("nhỏ"));
    script(phone, {
      push: (request) =>
        request.body.includes("lớn")
          ? json({ code: "too_large" }, 413)
          : results(request, () => ({ seq: 1 })),
    });
    await attempt();
    expect(await phone.states()).toEqual(["rejected", "acknowledged"]);
  });

  test("bodies worth it are packed, and no longer when the server cannot unpack them", async () => {
    await phone.make(...Array.from({ length: 12 }, (_, index) => visitNote(`ghi chú ${index}`)));
    script(phone, {
      push: (request) =>
        request.headers["content-encoding"]
          ? json({ code: "unsupported_media_type" }, 415)
          : results(request, () => ({})),
    });
    expect(await attempt()).toBeNull();
    expect(phone.requests.map((request) => request.headers["content-encoding"])).toEqual(["gzip", undefined]);
    expect(phone.requests[0]?.body).toBe(phone.requests[1]?.body);
  });

  test("429 and 503 say how long to wait", async () => {
    await phone.make(visitNote("a"));
    phone.handle = () => json({ code: "unavailable" }, 503, { "Retry-After": "17" });
    expect(await attempt()).toEqual({ kind: "later", seconds: 17, code: "unavailable" });
    phone.handle = () =>
      json({ code: "too_many_attempts" }, 429, { "Retry-After": new Date(phone.time + 5000).toUTCString() });
    expect(await attempt()).toEqual({ kind: "later", seconds: 5, code: "too_many_attempts" });
    expect(await phone.states()).toEqual(["waiting"]);
  });

  test("a used number makes the phone enrol again and send its outbox from the new device", async () => {
    await phone.make(visitNote("a"));
    await phone.make(visitNote("b"));
    answer({ status: "rejected", error: { code: "device_cloned" } }, { seq: 7 });
    expect(await attempt()).toEqual({ kind: "ended", ending: "cloned" });
    expect(await phone.states()).toEqual(["waiting", "acknowledged"]);
    await phone.signIn(USER, OTHER_DEVICE);
    answer({ seq: 8 });
    expect(await attempt()).toBeNull();
    expect(await phone.states()).toEqual(["acknowledged", "acknowledged"]);
    expect(phone.sent()[1]?.[0]).toEqual(phone.sent()[0]?.[0]);
  });

  test("a number refused under two devices needs attention instead of a third enrolment", async () => {
    await phone.make(visitNote("a"));
    answer({ status: "rejected", error: { code: "device_cloned" } });
    await attempt();
    await phone.signIn(USER, OTHER_DEVICE);
    expect(await attempt()).toBeNull();
    expect(await phone.states()).toEqual(["rejected"]);
    expect((await readSession(phone.database))?.ended).toBeNull();
  });

  test("the work of another person on this phone waits for that person", async () => {
    await phone.make(visitNote("a"));
    await phone.signIn("018f0000-0000-7000-8000-00000000000b", OTHER_DEVICE);
    answer();
    expect(await attempt()).toBeNull();
    expect(phone.requests).toHaveLength(0);
    await phone.signIn();
    await attempt();
    expect(await phone.states()).toEqual(["acknowledged"]);
  });

  test("an answer that names no result for an operation leaves it waiting", async () => {
    await phone.make(visitNote("a"));
    phone.handle = () => json({ results: [] });
    expect(await attempt()).toMatchObject({ kind: "later" });
    expect(await phone.states()).toEqual(["waiting"]);
  });

  test("acknowledged operations are kept for 30 days, then forgotten", async () => {
    await phone.make(visitNote("a"));
    await phone.make(visitNote("b"));
    answer({ seq: 1 }, { status: "rejected", error: { code: "forbidden" } });
    await attempt();
    await absorb(phone.database, {
      scopes: [SCOPE],
      changes: [],
      cursors: { [SCOPE]: "3f2a.1.0" },
      more: false,
    });
    phone.time += 29 * 24 * 3_600_000;
    await forgetOld(phone.context);
    expect(await phone.states()).toEqual(["finished", "rejected"]);
    phone.time += 2 * 24 * 3_600_000;
    await forgetOld(phone.context);
    expect(await phone.states()).toEqual(["rejected"]);
  });
});
