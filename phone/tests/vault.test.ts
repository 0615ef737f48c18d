import { beforeEach, describe, expect, test } from "vitest";
import { generateKeyPairSync } from "node:crypto";
import { readSession } from "../src/session/session";
import { signIn, signOut } from "../src/session/signing_in";
import { push } from "../src/sync/push";
import { isFull } from "../src/store/durable";
import { VaultLocked } from "../src/vault/safe";
import { sealedFile } from "../src/vault/sealed_file";
import { pinFault } from "../src/vault/pin";
import {
  changePin,
  createVault,
  leftCount,
  MOST_FAILURES,
  readVault,
  sealedCount,
  unlock,
  waited,
} from "../src/vault/vault";
import { keepPhoto } from "../src/photos/taking";
import { json, Phone, SCOPE, script, USER, VISIT, visitChange, visitNote } from "./support";

const PIN = "730915";
const WORDS = "Cân số 2 hết hạn kiểm định";
const jwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
const OFFICE = { kid: "office-1", kty: "EC", crv: "P-256", x: jwk.x ?? "", y: jwk.y ?? "" };

/** Everything on the flash chip, as one text. */
async function onTheChip(phone: Phone): Promise<string> {
  const beneath = phone.database.beneath();
  const tables = await Promise.all(beneath.tables.map((table) => table.toArray() as Promise<unknown[]>));
  beneath.close();
  const bytes = (_: string, value: unknown): unknown =>
    value instanceof Uint8Array || value instanceof ArrayBuffer
      ? Buffer.from(value as Uint8Array).toString("utf8")
      : value;
  return JSON.stringify(tables, bytes);
}

async function wrongly(phone: Phone): Promise<string> {
  await waited(phone.database, 3_600_000);
  return (await unlock(phone.context, "000001")).kind;
}

describe("the vault", () => {
  let phone: Phone;
  beforeEach(async () => {
    phone = new Phone();
    phone.database.safe.close();
    await createVault(phone.context, PIN, OFFICE, 1000);
    await phone.signIn();
    await phone.make(visitNote(WORDS));
  });

  test("nothing that was written or pulled lies on the phone in clear, nor any token", async () => {
    const { fields } = visitChange(3, { representative: "Đào Thị Hạnh" });
    await phone.database.records.put({
      record: VISIT, kind: "visit", scope: SCOPE, parent: "", version: "3f2a.3", fields, authors: {}, voided: null,
    });
    const bytes = new TextEncoder().encode("ảnh chụp cân số 2").buffer as ArrayBuffer;
    const photo = { scope: SCOPE, visit: VISIT, subject: null, sha256: "0".repeat(64), taken_at: phone.time };
    await keepPhoto(phone.context, USER, { ...photo, bytes, thumbnail: bytes });
    const chip = await onTheChip(phone);
    for (const secret of [WORDS, "Đào Thị Hạnh", "ảnh chụp", "Nguyễn Văn An", "access-1", "refresh-1", PIN])
      expect(chip).not.toContain(secret);
    expect((await phone.database.records.get(VISIT))?.fields.representative).toBe("Đào Thị Hạnh");
    const [kept] = await phone.database.photo_bytes.toArray();
    expect(new TextDecoder().decode(kept?.bytes)).toBe("ảnh chụp cân số 2");
  });

  test("a locked phone reads and writes nothing, and still counts what waits", async () => {
    phone.database.safe.close();
    await expect(readSession(phone.database)).rejects.toThrow(VaultLocked);
    await expect(phone.make(visitNote("b"))).rejects.toThrow(VaultLocked);
    expect(await sealedCount(phone.database)).toBe(1);
    expect(await unlock(phone.context, PIN)).toEqual({ kind: "open" });
    expect((await readSession(phone.database))?.person.id).toBe(USER);
    expect((await phone.make(visitNote("b")))[0]?.n).toBe(2);
  });

  test("a row that was altered or moved is not read as something else", async () => {
    await phone.make(visitNote("b"));
    const beneath = phone.database.beneath();
    const other = await beneath.outbox.get(2);
    await beneath.outbox.put({ ...(await beneath.outbox.get(1)), ...{ sealed: (other as never as { sealed: Uint8Array }).sealed } } as never);
    beneath.close();
    await expect(phone.database.outbox.get(1)).rejects.toThrow();
  });

  test("wrong PINs are waited for longer and longer, and a right one is forgotten about at once", async () => {
    for (let failure = 1; failure <= 3; failure += 1)
      expect(await unlock(phone.context, "000001")).toEqual({ kind: "wrong", left: MOST_FAILURES - failure });
    expect((await unlock(phone.context, "000001")).kind).toBe("wrong");
    expect(await unlock(phone.context, PIN)).toEqual({ kind: "wait", milliseconds: 15_000 });
    phone.time += 365 * 86_400_000;
    expect((await unlock(phone.context, PIN)).kind).toBe("wait");
    expect(await waited(phone.database, 14_000)).toBe(1_000);
    expect((await unlock(phone.context, PIN)).kind).toBe("wait");
    await waited(phone.database, 1_000);
    expect(await unlock(phone.context, PIN)).toEqual({ kind: "open" });
    expect(await readVault(phone.database)).toMatchObject({ failures: 0, wait: 0 });
  });

  test("a try counts although the page is killed before it is judged", async () => {
    const killed = { ...phone.context, lock: phone.lock };
    void unlock(killed, "000001").catch(() => undefined);
    await new Promise((done) => setTimeout(done, 30));
    expect((await readVault(phone.database))?.failures).toBe(1);
  });

  test("the tenth wrong PIN removes the key and what was pulled; what is unsent stays for the office", async () => {
    for (let failure = 1; failure < MOST_FAILURES; failure += 1) expect(await wrongly(phone)).toBe("wrong");
    expect(await wrongly(phone)).toBe("ended");
    expect(await readVault(phone.database)).toBeUndefined();
    expect(await phone.database.records.count()).toBe(0);
    expect(await phone.database.notes.count()).toBe(0);
    expect(await leftCount(phone.database)).toBe(1);
    expect((await unlock(phone.context, PIN)).kind).toBe("ended");
    const file = JSON.parse((await sealedFile(phone.database, "2026-09-20"))?.join("") ?? "") as {
      vaults: { user: string; office: { key: string }; rows: { table: string }[] }[];
    };
    expect(file.vaults).toHaveLength(1);
    expect(file.vaults[0]?.office.key).toBe("office-1");
    expect(file.vaults[0]?.rows.map((row) => row.table)).toEqual(["outbox"]);
    expect(JSON.stringify(file)).not.toContain(WORDS);
  });

  test("after that the phone takes a new PIN and works on, with what was left still there", async () => {
    for (let failure = 1; failure <= MOST_FAILURES; failure += 1) await wrongly(phone);
    await createVault(phone.context, "194628", OFFICE, 1000);
    await phone.signIn();
    await phone.make(visitNote("c"));
    expect((await phone.database.outbox.toArray()).map((row) => row.n)).toEqual([1]);
    const file = JSON.parse((await sealedFile(phone.database, "2026-09-20"))?.join("") ?? "") as { vaults: unknown[] };
    expect(file.vaults).toHaveLength(2);
  });

  test("another PIN opens the same work, and the old one no more", async () => {
    expect((await changePin(phone.context, "111112", "194628")).kind).toBe("wrong");
    expect((await changePin(phone.context, PIN, "194628")).kind).toBe("open");
    phone.database.safe.close();
    expect((await unlock(phone.context, PIN)).kind).toBe("wrong");
    expect((await unlock(phone.context, "194628")).kind).toBe("open");
    expect(await phone.states()).toEqual(["waiting"]);
  });

  test("a revoked phone keeps nothing it has pulled and no token, and its outbox sealed", async () => {
    await phone.database.scopes.put({ scope: SCOPE, cursor: "a", complete: true, replacing: false, lost: false });
    script(phone, { push: () => json({ code: "device_revoked" }, 403) });
    expect(await push(phone.context, phone.transport)).toEqual({ kind: "ended", ending: "revoked" });
    expect(await readSession(phone.database)).toMatchObject({ access_token: "", refresh_token: "", ended: "revoked" });
    expect(await phone.database.scopes.count()).toBe(0);
    expect(await phone.states()).toEqual(["waiting"]);
  });

  test("signing out with unsent work is refused, unless it is left sealed for the office", async () => {
    phone.handle = () => json({});
    expect(await signOut(phone.context, false)).toBe(1);
    expect((await readVault(phone.database))?.user ?? null).toBeNull();
    expect(await signOut(phone.context, true)).toBe(0);
    expect(await readVault(phone.database)).toBeUndefined();
    expect(await leftCount(phone.database)).toBe(1);
  });

  test("another person cannot take over a phone that somebody is signed in on", async () => {
    phone.handle = () =>
      json({ access_token: "x", refresh_token: "y", expires_in: 900, user: { id: "khac", full_name: "Trần Bình" }, device: { id: "d9" } });
    const outcome = await signIn(phone.context, { username: "binh", password: "p", device_name: "Máy" });
    expect(outcome).toEqual({ kind: "other_person", name: "Nguyễn Văn An" });
    expect((await readSession(phone.database))?.person.id).toBe(USER);
    expect(await phone.states()).toEqual(["waiting"]);
  });

  test("a full phone writes nothing by halves and loses nothing", async () => {
    const { database } = phone;
    database.photo_bytes.hook("creating", () => {
      throw new DOMException("no room", "QuotaExceededError");
    });
    const bytes = new Uint8Array(10).buffer;
    const photo = { scope: SCOPE, visit: VISIT, subject: null, sha256: "0".repeat(64), taken_at: phone.time };
    const keeping = keepPhoto(phone.context, USER, { ...photo, bytes, thumbnail: bytes });
    expect(await keeping.then(() => null, isFull)).toBe(true);
    expect(await phone.states()).toEqual(["waiting"]);
    expect(await database.photos.count()).toBe(0);
    expect((await phone.make(visitNote("b")))[0]?.n).toBe(2);
  });

  test("tables closed under the page are opened again and the tap is written", async () => {
    const { database } = phone;
    database.close({ disableAutoOpen: false });
    expect((await phone.make(visitNote("b")))[0]?.n).toBe(2);
    expect(await phone.states()).toEqual(["waiting", "waiting"]);
  });

  test("rows of a version without a vault are sealed when the PIN is chosen", async () => {
    const old = new Phone();
    old.database.safe.close();
    const beneath = old.database.beneath();
    await beneath.notes.put({ key: "session", value: { person: { full_name: "Nguyễn Văn An" } } });
    beneath.close();
    expect(await onTheChip(old)).toContain("Nguyễn Văn An");
    await createVault(old.context, PIN, null, 1000);
    expect(await onTheChip(old)).not.toContain("Nguyễn Văn An");
    expect((await readSession(old.database))?.person.full_name).toBe("Nguyễn Văn An");
  });
});

test("PINs that whoever finds a phone tries first are refused", () => {
  expect(["12345", "1234567", "000000", "987654", "121212", "123123", "12a456"].map(pinFault)).toEqual([
    "short", "guessable", "guessable", "guessable", "guessable", "guessable", "digits",
  ]);
  expect(pinFault(PIN)).toBeNull();
});
