/** Which edition a visit uses, and which of its questions are asked. */
import { describe, expect, test } from "vitest";
import type { View } from "../src/outbox/overlay";
import type { Fields } from "../src/protocol/types";
import { examine } from "../src/records/asking";
import { checklistsOf, itemsOf, othersFor } from "../src/records/checklists";
import { progressOf } from "../src/records/visits";

function view(kind: string, record: string, fields: Fields): View {
  return { kind, record, scope: "s", fields, version: "1.1", authors: {}, voided: null, standing: "stored" } as unknown as View;
}

const edition = (record: string, from: string, to: string | null): View =>
  view("checklist", record, { code: "NH", domain: "labels", valid_from: from, valid_to: to, items: [] });

const old = edition("old", "2020-10-15", "2026-01-22");
const now = edition("now", "2026-01-23", null);
const used = (day: string, named: string[], all: View[]): string[] =>
  checklistsOf(view("visit", "v", { visited_on: day, checklists: named }), undefined, undefined, all).map(
    (each) => each.record,
  );

describe("the edition of a visit", () => {
  test("is the one in force on its day", () => {
    expect(used("2026-01-22", [], [old, now])).toEqual(["old"]);
    expect(used("2026-01-23", [], [old, now])).toEqual(["now"]);
  });

  test("stays when a newer one arrives", () => {
    const ended = edition("now", "2026-01-23", "2026-03-01");
    const next = edition("next", "2026-03-02", null);
    expect(used("2026-03-02", ["now"], [old, ended, next])).toEqual(["now"]);
    expect(used("2026-03-02", [], [old, ended, next])).toEqual(["next"]);
  });

  test("gives way when it begins after the day", () => {
    expect(used("2026-01-22", ["now"], [old, now])).toEqual(["old"]);
  });

  test("is one that is meant for the type and the risk of the establishment, or was added by hand", () => {
    const kitchen = view("checklist", "kitchen", {
      ...edition("kitchen", "2026-01-23", null).fields,
      code: "BEP",
      establishment_types: ["catering"],
      risk_groups: ["high", "medium"],
    });
    const all = [now, kitchen];
    const at = (fields: Fields, named: string[] = []): string[] => {
      const visit = view("visit", "v", { visited_on: "2026-02-01", checklists: named });
      return checklistsOf(visit, undefined, view("establishment", "e", fields), all).map((each) => each.record);
    };
    expect(at({ establishment_type: "catering", risk: "high" })).toEqual(["kitchen", "now"]);
    expect(at({ establishment_type: "catering" })).toEqual(["kitchen", "now"]);
    expect(at({ establishment_type: "catering", risk: "low" })).toEqual(["now"]);
    expect(at({ establishment_type: "production", risk: "high" })).toEqual(["now"]);
    expect(at({ establishment_type: "production" }, ["kitchen"])).toEqual(["kitchen"]);
    const visit = view("visit", "v", { visited_on: "2026-02-01" });
    expect(othersFor(visit, [now], all).map((each) => each.record)).toEqual(["kitchen"]);
  });
});

describe("the questions of a visit", () => {
  const items = itemsOf(
    view("checklist", "c", {
      items: [
        { id: "A", text_vi: "A", answer: { kind: "choice", options: [{ name: "milk", label_vi: "Sữa" }] } },
        { id: "B", text_vi: "B", relevant: "selected(${A}, 'milk')", required: true, answer: { kind: "pass_fail_na" } },
        { id: "C", text_vi: "C", constraint: ". >= 0 and . <= 10", answer: { kind: "number" } },
        { id: "D", text_vi: "D", relevant: "${B} = 'fail'", answer: { kind: "text" } },
      ],
    }),
  );
  const answer = (item: string, fields: Fields): View => view("answer", item, { item, ...fields });
  const progress = (...answers: View[]) => progressOf(items, answers, new Set(), "2026-01-23");

  test("count only when they are asked, and a required one is missed", () => {
    expect(progress()).toMatchObject({ total: 2, done: 0, missing_required: 0 });
    expect(progress(answer("A", { chosen: ["milk"] }))).toMatchObject({ total: 3, done: 1, missing_required: 1 });
    const told = [answer("A", { chosen: ["milk"] }), answer("B", { result: "fail" })];
    expect(progress(...told)).toMatchObject({ total: 4, done: 2, failed: 1, missing_required: 0 });
  });

  test("an answer to what is no longer asked reads as empty", () => {
    const told = [answer("B", { result: "fail" }), answer("D", { text: "x" })];
    expect(progress(...told)).toMatchObject({ total: 2, done: 0, failed: 0 });
  });

  test("an answer outside its constraint is kept but not done", () => {
    const told = [answer("C", { value: "11" })];
    expect(progress(...told)).toMatchObject({ total: 2, done: 0 });
    const [, , c] = items;
    expect(c && examine(items, told, "2026-01-23", new Set()).breaks(c, "")).toBe(true);
  });
});
