/** The content of a record and its digest, by the vectors of the server's `test_content.py`. */
import { expect, test } from "vitest";
import { type Content, contentOf, fingerprint, frozenIdentifier, type Parts } from "../src/minutes/content";
import { gatherContent, readMinutes } from "../src/minutes/gathering";
import { pathOf } from "../src/parts/strokes";
import { digestOf } from "../src/protocol/canonical";
import { Reader } from "../src/records/reader";
import vectors from "../../tests/visits/record/vectors.json";
import { CAMPAIGN, Phone, SCOPE, USER, VISIT } from "./support";

test.each(vectors)("$name", async ({ made, digest }) => {
  expect(await digestOf(contentOf(made as unknown as Parts))).toBe(digest);
});

const SHOP = "018f0000-0000-7000-8000-0000000000e1";
const ANSWER = "018f0000-0000-7000-8000-0000000000a1";
const SIGNATURE = "018f0000-0000-7000-8000-0000000000b1";

async function signed(): Promise<{ phone: Phone; reader: Reader; content: Content; digest: string }> {
  const phone = new Phone();
  const scope = SCOPE;
  const visit = { campaign: CAMPAIGN, establishment: SHOP, visited_on: "2026-09-20" };
  await phone.make({ kind: "visit", record: VISIT, scope, fields: visit });
  const answer = { visit: VISIT, item: "ATTP-C01", result: "pass" };
  await phone.make({ kind: "answer", record: ANSWER, scope, fields: answer });
  const reader = new Reader(phone.database, USER);
  const view = await reader.one(VISIT);
  if (!view) throw new Error("no visit");
  const content = await gatherContent(reader, view);
  const digest = await digestOf(content);
  await phone.make(
    { kind: "frozen_record", record: frozenIdentifier(VISIT, digest), scope, fields: { visit: VISIT, digest, content } },
    { kind: "signature", record: SIGNATURE, scope, fields: { visit: VISIT, party: "team", name: "An", digest } },
  );
  return { phone, reader, content, digest };
}

test("a signature does not change what it covers, and an amendment leaves what was signed in sight", async () => {
  const { phone, reader, content, digest } = await signed();
  const before = await readMinutes(reader, VISIT);
  expect(before).toMatchObject({ digest, signed: true, amended: false });
  await phone.make({ kind: "answer", record: ANSWER, scope: SCOPE, fields: { result: "fail" } });
  const after = await readMinutes(reader, VISIT);
  expect(after).toMatchObject({ digest, signed: true, amended: true, content });
});

test("a code is compared in groups of four", () => {
  expect(fingerprint(`3fa901c277d04b1e${"0".repeat(48)}`)).toBe("3FA9 01C2 77D0 4B1E");
});

test("a tap is a dot and a line is a line", () => {
  expect(pathOf([[5, 6], [], [1, 2, 3, 4]])).toBe("M5 6L5 6M1 2L3 4");
});
