import { version } from "../package.json";
import { beforeEach, describe, expect, test } from "vitest";
import { readSession } from "../src/session/session";
import { signIn, signOut } from "../src/session/signing_in";
import { push } from "../src/sync/push";
import { json, Phone, pulled, results, SCOPE, script, USER, VISIT, visitChange, visitNote } from "./support";
import { pull } from "../src/sync/pull";

describe("the session", () => {
  let phone: Phone;
  beforeEach(async () => {
    phone = await new Phone().signIn();
    await phone.make(visitNote("a"));
  });
  const attempt = () => push(phone.context, phone.transport);

  test("an expired token is renewed once and the request repeated unchanged", async () => {
    script(phone, {
      push: (request) =>
        request.headers.authorization === "Bearer access-2"
          ? results(request, () => ({ seq: 1 }))
          : json({ code: "token_expired" }, 401),
      refresh: () => json({ access_token: "access-2", refresh_token: "refresh-2", expires_in: 900 }),
    });
    expect(await attempt()).toBeNull();
    expect(phone.requests.map(({ path }) => path)).toEqual([
      "/api/sync/push",
      "/api/auth/refresh",
      "/api/sync/push",
    ]);
    expect(await readSession(phone.database)).toMatchObject({ refresh_token: "refresh-2", ended: null });
  });

  test("a token about to expire is renewed before it is used", async () => {
    phone.time += 890_000;
    script(phone, {
      refresh: () => json({ access_token: "access-2", refresh_token: "refresh-2", expires_in: 900 }),
    });
    await attempt();
    expect(phone.requests.map(({ path }) => path)).toEqual(["/api/auth/refresh", "/api/sync/push"]);
  });

  test("a refresh token is never used twice, whoever asks at the same time", async () => {
    phone.time += 890_000;
    script(phone, {
      refresh: () => json({ access_token: "access-2", refresh_token: "refresh-2", expires_in: 900 }),
    });
    await Promise.all([attempt(), pull(phone.context, phone.transport)]);
    expect(phone.requests.filter(({ path }) => path === "/api/auth/refresh")).toHaveLength(1);
  });

  test("when renewing is refused the person is asked to sign in and everything is kept", async () => {
    script(phone, {
      push: () => json({ code: "token_expired" }, 401),
      refresh: () => json({ code: "token_expired" }, 401),
    });
    expect(await attempt()).toEqual({ kind: "ended", ending: "expired" });
    expect((await readSession(phone.database))?.ended).toBe("expired");
    expect(await phone.states()).toEqual(["waiting"]);
    expect(await attempt()).toEqual({ kind: "ended", ending: "expired" });
    expect(phone.requests).toHaveLength(2);
  });

  test("a line that breaks while renewing ends nothing", async () => {
    phone.time += 890_000;
    phone.handle = () => {
      throw new TypeError("network");
    };
    expect(await attempt()).toEqual({ kind: "unreachable" });
    expect((await readSession(phone.database))?.ended).toBeNull();
  });

  test("a revoked device stops and keeps its outbox", async () => {
    script(phone, { push: () => json({ code: "device_revoked" }, 403) });
    expect(await attempt()).toEqual({ kind: "ended", ending: "revoked" });
    expect(await phone.states()).toEqual(["waiting"]);
  });

  test("signing out with unsent work is refused and says how much", async () => {
    expect(await signOut(phone.context, false)).toBe(1);
    expect(await readSession(phone.database)).toBeDefined();
  });

  test("each sign-in brings a new device from the server", async () => {
    phone.handle = () =>
      json({
        access_token: "x",
        refresh_token: "y",
        expires_in: 900,
        user: { id: USER, full_name: "Trần Bình" },
        device: { id: "device-9" },
      });
    const outcome = await signIn(phone.context, { username: "binh", password: "p", device_name: "Máy" });
    expect(outcome.kind).toBe("signed_in");
    expect((await readSession(phone.database))?.device).toBe("device-9");
    expect(JSON.parse(phone.requests[0]?.body ?? "")).toEqual({
      username: "binh",
      password: "p",
      device: { name: "Máy", platform: "phone", app_version: version },
    });
  });

  test("wrong credentials and too many attempts are told apart", async () => {
    phone.handle = () => json({ code: "wrong_credentials" }, 401);
    const credentials = { username: "a", password: "b", device_name: "c" };
    expect(await signIn(phone.context, credentials)).toEqual({ kind: "wrong_credentials" });
    phone.handle = () => json({ code: "too_many_attempts" }, 429, { "Retry-After": "30" });
    expect(await signIn(phone.context, credentials)).toEqual({ kind: "wait", seconds: 30 });
  });

  test("a password that was handed over asks for one's own, which goes with it", async () => {
    phone.handle = () => json({ code: "initial_password" }, 403);
    const credentials = { username: "a", password: "b", device_name: "c" };
    expect(await signIn(phone.context, credentials)).toEqual({ kind: "initial_password" });
    await signIn(phone.context, { ...credentials, new_password: "của riêng mình" });
    expect(JSON.parse(phone.requests[1]?.body ?? "")).toMatchObject({
      password: "b",
      new_password: "của riêng mình",
    });
  });

  test("what was pulled for one person is not shown to the next", async () => {
    script(phone, { pull: () => pulled({ changes: [visitChange(3)], cursors: { [SCOPE]: "3f2a.3.aa" } }) });
    await pull(phone.context, phone.transport);
    expect(await phone.database.records.get(VISIT)).toBeDefined();
    await phone.signIn("018f0000-0000-7000-8000-00000000000b");
    expect(await phone.database.records.count()).toBe(0);
    expect(await phone.database.scopes.count()).toBe(0);
    expect(await phone.states()).toEqual(["waiting"]);
  });
});
