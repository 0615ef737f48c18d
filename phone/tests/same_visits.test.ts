import { expect, test } from "vitest";
import type { View } from "../src/outbox/overlay";
import { samePlaceAndTime } from "../src/records/same_visits";
import { fineGoesBy } from "../src/records/violations";
import type { Fields } from "../src/protocol/types";

const view = (kind: string, record: string, fields: Fields): View => ({
  record,
  kind,
  scope: "campaign:c",
  parent: "c",
  version: "a.1",
  fields,
  authors: {},
  voided: null,
  standing: "stored",
  own: new Set(),
});

const visit = (record: string, fields: Fields = {}): View =>
  view("visit", record, { campaign: "c", establishment: "shop", visited_on: "2026-09-20", ...fields });

const doubles = (visits: View[], decisions: View[] = []): string[][] =>
  [...samePlaceAndTime(visits, decisions)].map(([record, others]) => [record, ...others.map((each) => each.record)]);

test("two visits of a day to one establishment may be one, unless one was over before the other began", () => {
  const early = { started_at: "2026-09-20T08:00:00+07:00", finished_at: "2026-09-20T09:00:00+07:00" };
  expect(doubles([visit("1"), visit("2")])).toEqual([
    ["1", "2"],
    ["2", "1"],
  ]);
  expect(doubles([visit("1", early), visit("2", { started_at: "2026-09-20T02:30:00Z" })])).toEqual([]);
  expect(doubles([visit("1", early), visit("2", { started_at: "2026-09-20T08:30:00+07:00" })])).toHaveLength(2);
  expect(doubles([visit("1"), visit("2", { visited_on: "2026-09-21" })])).toEqual([]);
  expect(doubles([visit("1"), visit("2", { establishment: "another" })])).toEqual([]);
  expect(doubles([visit("1"), { ...visit("2"), voided: {} }])).toEqual([]);
});

test("what somebody has decided of a pair, either way, is not asked again", () => {
  const three = [visit("1"), visit("2"), visit("3")];
  const apart = { ...view("visit_merge", "m", { kept: "2", merged: "1" }), voided: {} };
  expect(doubles(three, [apart])).toEqual([
    ["1", "3"],
    ["2", "3"],
    ["3", "1", "2"],
  ]);
});

test("an act asks for the value of the goods where its fine goes by it", () => {
  const act = (tiers: Fields[]): View => view("violation_type", "a", { tiers });
  expect(fineGoesBy(act([{ minimum: 1, goods_value_vnd: [0, 3_000_000] }]))).toEqual({ goods: true, gain: false });
  expect(fineGoesBy(act([{ multiple_of_gain: ["1", "2"] }]))).toEqual({ goods: false, gain: true });
  expect(fineGoesBy(act([{ minimum: 1, maximum: 2 }]))).toEqual({ goods: false, gain: false });
  expect(fineGoesBy(undefined)).toEqual({ goods: false, gain: false });
});
