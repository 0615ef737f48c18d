/** Every published case and every derived vector, by the rules of the phone: the file of the server's `test_vectors.py`. */
import { expect, test } from "vitest";
import { millionths, ONE, plain, root } from "../src/measurement/exact";
import { assess, meanHolds, planFor, tolerableDeficiency } from "../src/measurement/prepackages";
import { allowance, exceeds, goldLimit, isListed } from "../src/measurement/scales";
import { dimension } from "../src/measurement/units";
import { afterMonths } from "../src/measurement/verification";
import type { View } from "../src/outbox/overlay";
import type { Fields } from "../src/protocol/types";
import { measuredIn } from "../src/records/measurements";
import type { VisitFile } from "../src/records/visits";
import cases from "../../tests/measurement/vectors.json";

const near = (found: bigint | null, expected: string | null, within: bigint): boolean => {
  if (found === null || expected === null) return found === expected;
  const apart = found - millionths(expected);
  return (apart < 0n ? -apart : apart) <= within;
};

test.each(cases.tolerances)("T of $nominal is $tolerance", ({ nominal, tolerance }) => {
  expect(plain(tolerableDeficiency(millionths(nominal), "mass") ?? 0n)).toBe(tolerance);
});

test.each(cases.lots)("lot $id is judged as published", ({ nominal, unit, plan, weights, expect: wanted }) => {
  const label = millionths(nominal);
  const tolerance = tolerableDeficiency(label, dimension(unit)) as bigint;
  expect(plain(tolerance)).toBe(wanted.tolerance);
  const factor = plan.factor === null ? null : millionths(plan.factor);
  const found = assess(label, tolerance, weights.map(millionths), { ...plan, factor, full: false });
  const counted = {
    ...found,
    t1: found.errors.filter((each) => each === 1).length,
    t2: found.errors.filter((each) => each === 2).length,
  };
  for (const [name, value] of Object.entries(wanted) as [keyof typeof counted | "tolerance", unknown][]) {
    if (name === "tolerance") continue;
    if (name === "mean" || name === "deviation" || name === "mean_limit")
      expect(near(found[name], value as string | null, 100n), name).toBe(true);
    else expect(counted[name], name).toBe(value);
  }
});

test.each(cases.summaries)("the mean test of $id", (each) => {
  const n = BigInt(each.count);
  const factor = millionths(each.factor);
  const scatter = millionths(each.deviation) ** 2n * n * (n - 1n);
  const nominal = millionths(each.nominal);
  expect(meanHolds(nominal, factor, millionths(each.mean) * n, scatter, each.count)).toBe(each.mean_test);
  const limit = nominal - root(factor * factor * scatter, n * (n - 1n) * ONE * ONE);
  expect(near(limit, each.mean_limit, 300n)).toBe(true);
});

test.each(cases.limits)("the limit of $id", ({ nominal, unit, tolerance, limit_t: limit }) => {
  const found = tolerableDeficiency(millionths(nominal), dimension(unit)) as bigint;
  expect(plain(found)).toBe(tolerance);
  if (limit !== null) expect(plain(millionths(nominal) - found)).toBe(limit);
});

test.each(cases.plans)("the sample of $id", ({ lot, size, allowed }) => {
  const plan = planFor(lot, 0, "2022-06-03");
  expect(plan?.size).toBe(size);
  if (allowed !== null) expect(plan?.allowed).toBe(allowed);
});

test.each(cases.scales)("the spring scale of $id", (each) => {
  const scale = {
    spring: true,
    capacity: millionths(each.capacity),
    division: millionths(each.division),
    accuracy_class: null,
  };
  const load = millionths(each.load);
  const allowed = allowance(scale, load) as bigint;
  expect(plain(allowed)).toBe(each.allowance);
  expect(isListed(scale)).toBe(true);
  expect(exceeds(millionths(each.last_that_fits) - load, allowed, each.side)).toBe(false);
  expect(exceeds(millionths(each.first_that_fails) - load, allowed, each.side)).toBe(true);
});

test.each(cases.gold)("the limit for gold of $id", ({ mass, limit_mg: limit, printed_in_mg: printed }) => {
  const tenth = millionths(printed) / 1000n / 10n;
  const found = goldLimit(millionths(mass)) as bigint;
  expect(((found + tenth / 2n) / tenth) * tenth).toBe(millionths(limit) / 1000n);
});

test("a month that is shorter ends with its last day", () => {
  expect(afterMonths("2024-02-29", 12)).toBe("2025-02-28");
  expect(afterMonths("2025-01-31", 1)).toBe("2025-02-28");
  expect(afterMonths("2025-06-15", 24)).toBe("2027-06-15");
});

test("a number that is no plain decimal is refused", () => {
  for (const text of ["NaN", "Infinity", "1e3", "", "1,5", "١", "0.0000001", "99999999999999"])
    expect(() => millionths(text), text).toThrow(RangeError);
});

test("a mean exactly at its limit passes and the least below it fails", () => {
  const label = 10n ** 10n + 1n;
  expect(meanHolds(label, ONE, 0n, 2n * label * label, 2)).toBe(true);
  expect(meanHolds(label, ONE, 0n, 2n * label * label - 1n, 2)).toBe(false);
});

test("what failed on a visit counts as failed, and screening as screening", () => {
  const view = (kind: string, fields: Fields): View => ({ kind, record: kind, fields }) as unknown as View;
  const scale = { instrument: "spring_scale", evidence: "sticker", verified_on: "2020-01-01" };
  const lot = { nominal: "500", nominal_unit: "g", reading_unit: "g", lot_size: 3, tares: null };
  const file = {
    visit: view("visit", { visited_on: "2026-09-20" }),
    instruments: [view("instrument_check", scale)],
    packages: [view("package_check", { ...lot, weights: ["500", "503.5", "469.9"] })],
    samples: [view("sample", { result: "fail" }), view("sample", {})],
  } as unknown as VisitFile;
  expect(measuredIn(file)).toEqual({ total: 4, passed: 0, failed: 2, screened: 1 });
});
