import { beforeEach, describe, expect, test } from "vitest";
import { Reader } from "../src/records/reader";
import { leadOf, maySettle } from "../src/records/rights";
import type { Person } from "../src/session/session";
import type { StoredRecord } from "../src/store/database";
import { CAMPAIGN, Phone, SCOPE, USER } from "./support";

const OTHER = "018f0000-0000-7000-8000-0000000000c2";

function stored(kind: string, record: string, fields: StoredRecord["fields"], parent = ""): StoredRecord {
  return { record, kind, scope: SCOPE, parent, version: "3f2a.1", fields, authors: {}, voided: null };
}

function assignment(record: string, person: string, duty: string): StoredRecord {
  return stored("assignment", record, { campaign: CAMPAIGN, person, duty }, CAMPAIGN);
}

describe("who may settle", () => {
  let phone: Phone;
  let reader: Reader;
  const person = (...roles: string[]): Person => ({
    id: USER,
    full_name: "Nguyễn Văn An",
    username: "an",
    roles,
    agency: null,
  });
  beforeEach(() => {
    phone = new Phone();
    reader = new Reader(phone.database, USER);
  });
  const places = ["campaign", "establishments", "reference"].map((place) => `${place}:${CAMPAIGN}`);
  const answers = (who: Person) => Promise.all(places.map((scope) => maySettle(reader, who, scope)));

  test("a lead by role, where assigned, with any duty, and among the establishments", async () => {
    expect(await answers(person("lead"))).toEqual([false, true, false]);
    await phone.database.records.put(assignment("a1", USER, "member"));
    expect(await answers(person("lead"))).toEqual([true, true, false]);
    expect(await maySettle(reader, person("lead"), `campaign:${OTHER}`)).toBe(false);
  });

  test("an inspector never, not even one who leads this campaign", async () => {
    await phone.database.records.put(assignment("a1", USER, "lead"));
    expect(await answers(person("inspector"))).toEqual([false, false, false]);
  });

  test("a manager everywhere but in the reference data, which is the administrator's", async () => {
    expect(await answers(person("manager"))).toEqual([true, true, false]);
    expect(await answers(person("administrator"))).toEqual([false, false, true]);
  });

  test("who has left the team settles nothing there", async () => {
    await phone.database.records.put({ ...assignment("a1", USER, "lead"), voided: { reason: "Chuyển công tác" } });
    expect((await answers(person("lead")))[0]).toBe(false);
  });

  test("roles given or taken since the sign-in count", async () => {
    await phone.database.records.put(stored("person", USER, { roles: ["manager"] }));
    expect((await answers(person("inspector")))[0]).toBe(true);
  });
});

describe("the lead of a campaign", () => {
  test("is named only when there is one", async () => {
    const phone = new Phone();
    const reader = new Reader(phone.database, USER);
    expect(await leadOf(reader, CAMPAIGN)).toBe("");
    await phone.database.records.bulkPut([assignment("a1", USER, "lead"), assignment("a2", OTHER, "member")]);
    expect(await leadOf(reader, CAMPAIGN)).toBe(USER);
    await phone.database.records.put(assignment("a3", OTHER, "lead"));
    expect(await leadOf(reader, CAMPAIGN)).toBe("");
  });
});
