/** Which earlier violations still count, by the same days as the server's rule. */
import { expect, test } from "vitest";
import { stillCounts } from "../src/records/earlier";

test.each([
  ["fine", "2025-10-01", "2026-10-01", true],
  ["fine", "2025-10-01", "2026-10-02", false],
  ["warning", "2026-03-31", "2026-09-28", true],
  ["reminder", "2026-03-31", "2026-04-01", false],
  ["fine", "", "2026-04-01", false],
] as const)("a %s of %s on %s: %s", (sanction, decided, day, counts) => {
  expect(stillCounts(sanction, decided, day)).toBe(counts);
});
