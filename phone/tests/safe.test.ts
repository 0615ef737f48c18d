import { expect, test } from "vitest";
import { Safe } from "../src/vault/safe";

const opened = (): Safe => {
  const safe = new Safe();
  safe.open(new Uint8Array(32));
  return safe;
};

test("a long row is opened once, and anew when it was written anew", () => {
  const safe = opened();
  const checklist = "x".repeat(100_000);
  safe.remember("records:1", "first", checklist);
  expect(safe.recall("records:1", "first")).toBe(checklist);
  expect(safe.recall("records:1", "second")).toBeUndefined();
});

test("what was opened longest ago makes room, and nothing is left when the phone is locked", () => {
  const safe = opened();
  const long = "x".repeat(3_000_000);
  for (const at of [1, 2, 3]) safe.remember(`records:${at}`, "nonce", long);
  expect(safe.recall("records:1", "nonce")).toBeUndefined();
  expect(safe.recall("records:3", "nonce")).toBe(long);
  safe.close();
  expect(safe.recall("records:3", "nonce")).toBeUndefined();
});
