import { describe, expect, test } from "vitest";
import type { View } from "../src/outbox/overlay";
import { distanceBetween } from "../src/records/distance";
import { Reader } from "../src/records/reader";
import { isToday, targetLines } from "../src/records/targets";
import type { Fields } from "../src/protocol/types";
import { CAMPAIGN, Phone, SCOPE, USER } from "./support";

const DAY = "2026-09-20";
const SO_KIEN = { latitude: "20.483", longitude: "105.918" };
const HERE = { latitude: 20.484, longitude: 105.918 };

/** A phone that has pulled a campaign with these targets, establishments and visits. */
async function pulled(records: [kind: string, record: string, fields: Fields][]): Promise<Reader> {
  const phone = new Phone();
  const parents: Record<string, string> = { target: CAMPAIGN, assignment: CAMPAIGN, visit: CAMPAIGN };
  await phone.database.records.bulkPut(
    records.map(([kind, record, fields]) => ({
      record,
      kind,
      scope: kind === "establishment" ? "establishments:e" : SCOPE,
      parent: parents[kind] ?? "",
      version: "a.1",
      fields,
      authors: {},
      voided: null,
    })),
  );
  return new Reader(phone.database, USER);
}

async function list(reader: Reader, here: typeof HERE | null = null) {
  const campaign = (await reader.one(CAMPAIGN)) as View;
  return targetLines(reader, [campaign], await reader.all("visit"), { person: USER, day: DAY, here });
}

const names = (lines: Awaited<ReturnType<typeof list>>): string[] =>
  lines.map(({ establishment }) => String(establishment.fields.name));

const campaign: [string, string, Fields] = ["campaign", CAMPAIGN, { name: "Kiểm tra liên ngành" }];
const shop = (id: string, fields: Fields = {}): [string, string, Fields] => ["establishment", id, { name: id, ...fields }];
const target = (establishment: string, fields: Fields = {}): [string, string, Fields] => [
  "target",
  `target-${establishment}`,
  { campaign: CAMPAIGN, establishment, ...fields },
];
const visit = (establishment: string, fields: Fields): [string, string, Fields] => [
  "visit",
  `visit-${establishment}-${String(fields.visited_on)}`,
  { campaign: CAMPAIGN, establishment, started_at: "2026-09-20T08:00:00+07:00", ...fields },
];

describe("the day's list", () => {
  test("what is due today comes first, then by the time since the last visit", async () => {
    const reader = await pulled([
      campaign,
      shop("later"), shop("long ago"), shop("lately"), shop("never"), shop("due"),
      target("later", { planned_on: "2026-09-25" }), target("lately"), target("long ago"), target("never"),
      target("due", { planned_on: "2026-09-18" }),
      visit("long ago", { campaign: "earlier", visited_on: "2024-01-05" }),
      visit("lately", { campaign: "earlier", visited_on: "2026-07-05" }),
    ]);
    expect(names(await list(reader))).toEqual(["due", "never", "long ago", "lately", "later"]);
  });

  test("where the phone knows the place, the nearest comes first, and one without a place last", async () => {
    const reader = await pulled([
      campaign,
      shop("far", { latitude: "20.583", longitude: "105.918" }), shop("near", SO_KIEN), shop("unknown"),
      target("unknown"), target("far"), target("near"),
    ]);
    const lines = await list(reader, HERE);
    expect(names(lines)).toEqual(["near", "far", "unknown"]);
    expect(lines[0]?.distance).toBeCloseTo(111, 0);
  });

  test("another team's comes after the own and is not today's work", async () => {
    const reader = await pulled([
      campaign,
      ["assignment", "own", { campaign: CAMPAIGN, person: USER, team: "Tổ 1" }],
      shop("a"), shop("b"), shop("c"),
      target("a", { team: "Tổ 2" }), target("b", { team: "Tổ 1" }), target("c"),
    ]);
    const lines = await list(reader);
    expect(names(lines)).toEqual(["b", "c", "a"]);
    expect(lines.filter((line) => isToday(line, DAY))).toHaveLength(2);
  });

  test("a finished visit marks its line and moves it down; an open one does not", async () => {
    const reader = await pulled([
      campaign,
      shop("a"), shop("b"),
      target("a"), target("b"),
      visit("a", { visited_on: DAY, finished_at: "2026-09-20T09:00:00+07:00" }),
      visit("b", { visited_on: DAY }),
    ]);
    const lines = await list(reader);
    expect(lines.map(({ visited }) => visited)).toEqual([false, true]);
    expect(names(lines)).toEqual(["b", "a"]);
  });

  test("two establishments found to be one are one line, and a visit at either counts", async () => {
    const reader = await pulled([
      campaign,
      shop("stays"), shop("gone", { merged_into: "stays" }),
      target("stays"), target("gone"),
      visit("gone", { visited_on: DAY, finished_at: "2026-09-20T09:00:00+07:00" }),
    ]);
    const lines = await list(reader);
    expect(names(lines)).toEqual(["stays"]);
    expect(lines[0]?.visited).toBe(true);
  });

  test("establishments merged in a circle end nowhere but end", async () => {
    const reader = await pulled([campaign, shop("a", { merged_into: "b" }), shop("b", { merged_into: "a" }), target("a")]);
    expect(await list(reader)).toHaveLength(1);
  });
});

test("a degree of latitude is about 111 kilometres", () => {
  const metres = distanceBetween({ latitude: 20, longitude: 105 }, { latitude: 21, longitude: 105 });
  expect(metres / 1000).toBeCloseTo(111.2, 1);
});
