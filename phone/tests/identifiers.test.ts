import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { answerIdentifier, uuid5, uuid7 } from "../src/protocol/identifiers";
import { dayInVietnam, withOffset } from "../src/protocol/time";
import { sha1 } from "../src/protocol/sha1";
import { readVersion } from "../src/protocol/version";

const VISIT = "018f0000-0000-7000-8000-0000000000f1";

describe("identifiers", () => {
  test("uuid5 agrees with the published example of RFC 9562", () => {
    const dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    expect(uuid5(dns, "www.example.com")).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  });

  test("sha1 agrees with another implementation for every length up to three blocks", () => {
    for (let length = 0; length < 200; length += 1) {
      const message = new Uint8Array(randomBytes(length));
      expect(Buffer.from(sha1(message)).toString("hex")).toBe(
        createHash("sha1").update(message).digest("hex"),
      );
    }
  });

  test("two phones give the same answer the same identifier, however the subject was typed", () => {
    const composed = answerIdentifier(VISIT, "DL-C03", "Cân số 2");
    expect(answerIdentifier(VISIT, "DL-C03", "  Cân số  2 ".normalize("NFD"))).toBe(composed);
    expect(answerIdentifier(VISIT, "DL-C03", "Cân số 3")).not.toBe(composed);
  });

  test("no subject is the empty subject", () => {
    expect(answerIdentifier(VISIT, "A", null)).toBe(uuid5(VISIT, "A\n"));
  });

  test("uuid7 carries its moment and sorts by it", () => {
    const random = (count: number) => new Uint8Array(count).fill(255);
    const early = uuid7(1_700_000_000_000, random);
    const late = uuid7(1_700_000_000_001, () => new Uint8Array(10));
    expect(early).toMatch(/^018bcfe5-6800-7fff-bfff-ffffffffffff$/);
    expect(early < late).toBe(true);
  });
});

describe("times and versions", () => {
  test("a moment is written with the phone's offset and reads back as itself", () => {
    const moment = Date.parse("2026-09-20T01:11:02Z");
    expect(withOffset(moment)).toMatch(/^2026-09-20T\d\d:\d\d:02[+-]\d\d:\d\d$/);
    expect(Date.parse(withOffset(moment))).toBe(moment);
  });

  test("the day is Viet Nam's, also just after midnight there", () => {
    expect(dayInVietnam(Date.parse("2026-09-19T17:30:00Z"))).toBe("2026-09-20");
  });

  test("versions and cursors are read alike, and nonsense is nothing", () => {
    expect(readVersion("3f2a.1310")).toEqual({ generation: "3f2a", sequence: 1310 });
    expect(readVersion("3f2a.1310.51e0c4d2")).toEqual({ generation: "3f2a", sequence: 1310 });
    for (const text of ["0", "", "abc", "a.b", null]) expect(readVersion(text)).toBeNull();
  });
});
