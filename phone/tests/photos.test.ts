import { beforeEach, describe, expect, test } from "vitest";
import { unsentCount } from "../src/outbox/outbox";
import { judge, type Outcome } from "../src/photos/answers";
import { forgetStored, tryAgain } from "../src/photos/keeping";
import { keepPhoto, type Photo } from "../src/photos/taking";
import { due, uploadPhotos } from "../src/photos/uploading";
import { dropLostScopes } from "../src/sync/lost_scopes";
import { pull } from "../src/sync/pull";
import { push } from "../src/sync/push";
import { Phone, pulled, results, SCOPE, script, USER, VISIT, visitNote } from "./support";

const PHOTO: Photo = {
  scope: SCOPE,
  visit: VISIT,
  subject: null,
  bytes: new Uint8Array(1000).fill(7).buffer,
  sha256: "ab".repeat(32),
  thumbnail: new Uint8Array(10).buffer,
  taken_at: Date.parse("2026-09-20T08:00:00+07:00"),
};

describe("a photo", () => {
  let phone: Phone;
  let evidence: string;
  beforeEach(async () => {
    phone = await new Phone().signIn();
    evidence = await keepPhoto(phone.context, USER, PHOTO);
  });

  const tried: string[] = [];
  async function round(...outcomes: Outcome[]) {
    tried.length = 0;
    return uploadPhotos(
      phone.context,
      async (photo) => {
        tried.push(photo.evidence);
        return outcomes.shift() ?? { kind: "sent" };
      },
      () => undefined,
    );
  }
  async function acknowledge(): Promise<void> {
    script(phone, { push: (request) => results(request, () => ({ seq: 5 })) });
    await push(phone.context, phone.transport);
  }
  async function pullEvidence(stored: boolean | null): Promise<void> {
    const fields = { visit: VISIT, sha256: PHOTO.sha256, size: 1000, media_type: "image/jpeg", stored };
    const change = {
      scope: SCOPE,
      seq: 9,
      kind: "evidence",
      record: evidence,
      version: "3f2a.9",
      fields,
      authors: {},
      voided: null,
    };
    script(phone, { pull: () => pulled({ changes: [change], cursors: { [SCOPE]: "3f2a.9.aa" } }) });
    await pull(phone.context, phone.transport);
  }
  const state = async () => (await phone.database.photos.get(evidence))?.state;
  const bytes = async () => (await phone.database.photo_bytes.get(evidence))?.bytes.byteLength;

  test("is announced with what the server will examine", async () => {
    await acknowledge();
    expect(phone.sent()[0]?.map(({ kind, record, fields }) => ({ kind, record, fields }))).toEqual([
      {
        kind: "evidence",
        record: evidence,
        fields: {
          visit: VISIT,
          sha256: PHOTO.sha256,
          size: 1000,
          media_type: "image/jpeg",
          taken_at: expect.stringMatching(/^2026-09-20T0[18]:00:00/),
        },
      },
    ]);
  });

  test("and its operation are written down together or not at all", async () => {
    const before = await phone.database.outbox.count();
    const broken = { kind: "visit", record: VISIT, scope: SCOPE, fields: { note: "x".repeat(70_000) } };
    await expect(keepPhoto(phone.context, USER, PHOTO, [broken])).rejects.toThrow();
    expect(await phone.database.outbox.count()).toBe(before);
    expect(await phone.database.photos.count()).toBe(1);
    expect(await phone.database.photo_bytes.count()).toBe(1);
  });

  test("waits until its record was acknowledged", async () => {
    expect(await round()).toEqual({ sent: 0, stopped: null });
    expect(tried).toEqual([]);
    await acknowledge();
    expect((await round()).sent).toBe(1);
    expect(tried).toEqual([evidence]);
  });

  test("counts once among what is unsent, until its bytes are there", async () => {
    expect(await unsentCount(phone.database)).toBe(1);
    await acknowledge();
    expect(await unsentCount(phone.database)).toBe(1);
    await phone.make(visitNote("a"));
    expect(await unsentCount(phone.database)).toBe(2);
    await acknowledge();
    await round();
    expect(await unsentCount(phone.database)).toBe(0);
  });

  test("keeps its bytes until a pull shows them stored, and its thumbnail after that", async () => {
    await acknowledge();
    await round();
    await pullEvidence(null);
    expect(await forgetStored(phone.database)).toBe(0);
    expect(await bytes()).toBe(1000);
    await pullEvidence(true);
    expect(await forgetStored(phone.database)).toBe(1);
    expect([await state(), await bytes()]).toEqual(["stored", undefined]);
    expect((await phone.database.photos.get(evidence))?.thumbnail.byteLength).toBe(10);
    expect(await due(phone.context)).toEqual([]);
  });

  test("that a restored server no longer has is sent again", async () => {
    await acknowledge();
    await round();
    await pullEvidence(null);
    expect(await due(phone.context)).toEqual([]);
    phone.time += 11 * 60_000;
    expect((await due(phone.context)).map((row) => row.evidence)).toEqual([evidence]);
  });

  test("stays first in line when the line breaks, and nothing else is tried", async () => {
    phone.time += 1;
    await keepPhoto(phone.context, USER, PHOTO);
    await acknowledge();
    const stopped = { kind: "stop", seconds: 30, code: "busy" } as const;
    expect(await round(stopped)).toEqual({ sent: 0, stopped });
    expect(tried).toHaveLength(1);
    expect((await round()).sent).toBe(2);
  });

  test("that cannot go on now does not stop the next one", async () => {
    phone.time += 1;
    await keepPhoto(phone.context, USER, PHOTO);
    await acknowledge();
    expect((await round({ kind: "later", code: "upload_locked" })).sent).toBe(1);
    expect(await state()).toBe("waiting");
  });

  test("that is refused waits for a person, keeps its bytes, and may be tried again", async () => {
    await acknowledge();
    await round({ kind: "refused", code: "wrong_media_type" });
    expect([await state(), await bytes()]).toEqual(["refused", 1000]);
    expect(await due(phone.context)).toEqual([]);
    expect(await unsentCount(phone.database)).toBe(1);
    await tryAgain(phone.database, evidence);
    expect((await round()).sent).toBe(1);
  });

  test("that arrives garbled is sent three times, not for ever", async () => {
    await acknowledge();
    for (let time = 0; time < 3; time += 1) await round({ kind: "garbled", code: "checksum_mismatch" });
    expect(await state()).toBe("refused");
  });

  test("is not sent for somebody else who uses this phone", async () => {
    await acknowledge();
    await phone.signIn("018f0000-0000-7000-8000-00000000000b");
    expect(await due(phone.context)).toEqual([]);
    expect(await bytes()).toBe(1000);
  });

  test("whose operation was left to the office waits for the office", async () => {
    script(phone, {
      push: (request) => results(request, () => ({ status: "rejected", error: { code: "forbidden" } })),
    });
    await push(phone.context, phone.transport);
    await phone.database.outbox.toCollection().modify({ state: "finished", resolution: "left_to_office" });
    expect(await due(phone.context)).toEqual([]);
    await pullEvidence(null);
    expect((await due(phone.context)).map((row) => row.evidence)).toEqual([evidence]);
  });

  test("of a scope that is gone is let go once it was sent, not before", async () => {
    await acknowledge();
    const lost = { scope: SCOPE, cursor: null, complete: true, replacing: false, lost: true };
    await phone.database.scopes.put(lost);
    await dropLostScopes(phone.database);
    expect(await bytes()).toBe(1000);
    await round();
    await phone.database.scopes.put(lost);
    await dropLostScopes(phone.database);
    expect(await bytes()).toBeUndefined();
  });
});

describe("the server's answer to an upload", () => {
  const answered = (status: number, code?: string, retry_after: string | null = null) =>
    judge({ status, body: code ? JSON.stringify({ code, message: "…" }) : "<html>", retry_after });

  test("tells a line that is cut from a photo that is refused", () => {
    expect(judge(null)).toEqual({ kind: "stop", seconds: null, code: "unreachable" });
    expect(answered(503, "unavailable", "30")).toEqual({ kind: "stop", seconds: 30, code: "unavailable" });
    expect(answered(502)).toEqual({ kind: "stop", seconds: null, code: "http_502" });
    expect(answered(423, "upload_locked")).toEqual({ kind: "later", code: "upload_locked" });
    expect(answered(404, "not_found")).toEqual({ kind: "later", code: "not_found" });
    expect(answered(460, "checksum_mismatch")).toEqual({ kind: "garbled", code: "checksum_mismatch" });
    expect(answered(422, "wrong_media_type")).toEqual({ kind: "refused", code: "wrong_media_type" });
    expect(answered(403, "forbidden")).toEqual({ kind: "refused", code: "forbidden" });
    expect(answered(403, "device_revoked")).toMatchObject({ kind: "stop" });
    expect(answered(401, "token_expired")).toEqual({ kind: "unauthenticated" });
  });
});
