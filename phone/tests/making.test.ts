import { beforeEach, describe, expect, test } from "vitest";
import { makeOperations, OperationTooLarge } from "../src/outbox/making";
import { operationOf } from "../src/outbox/outbox";
import { overlay } from "../src/outbox/overlay";
import { absorb } from "../src/sync/pull";
import { push } from "../src/sync/push";
import { CAMPAIGN, Phone, results, SCOPE, script, USER, VISIT, visitChange, visitNote } from "./support";

const ANSWER = "018f0000-0000-7000-8000-0000000000a1";

function pulledVisit(phone: Phone, seq: number, fields = {}): Promise<boolean> {
  const change = visitChange(seq, fields);
  return absorb(phone.database, {
    scopes: [SCOPE],
    changes: [change],
    cursors: { [SCOPE]: `3f2a.${seq}.00000000` },
    more: false,
  });
}

describe("making an operation", () => {
  let phone: Phone;
  beforeEach(async () => {
    phone = await new Phone().signIn();
  });

  test("the base of a record nobody has seen is 0", async () => {
    const [made] = await phone.make({
      kind: "visit",
      record: VISIT,
      scope: SCOPE,
      fields: { campaign: CAMPAIGN },
    });
    expect(made?.base).toBe("0");
  });

  test("the base is the version that was pulled when the operation was made, and stays so", async () => {
    await pulledVisit(phone, 5);
    const [made] = await phone.make(visitNote("một"));
    await pulledVisit(phone, 9);
    const row = await phone.database.outbox.get(1);
    expect(made?.base).toBe("3f2a.5");
    expect(row && operationOf(row).base).toBe("3f2a.5");
  });

  test("a later operation carries the base of an earlier one that is unsent", async () => {
    await pulledVisit(phone, 5);
    await phone.make(visitNote("một"));
    await pulledVisit(phone, 9);
    const [second] = await phone.make(visitNote("hai"));
    expect(second?.base).toBe("3f2a.5");
  });

  test("a later operation carries the base of an acknowledged one until a pull has passed it", async () => {
    await pulledVisit(phone, 5);
    await phone.make(visitNote("một"));
    script(phone, { push: (request) => results(request, () => ({ seq: 12 })) });
    await push(phone.context, phone.transport);
    await pulledVisit(phone, 9);
    const [second] = await phone.make(visitNote("hai"));
    expect(second?.base).toBe("3f2a.5");
    await push(phone.context, phone.transport);
    await pulledVisit(phone, 12);
    const [third] = await phone.make(visitNote("ba"));
    expect(third?.base).toBe("3f2a.12");
  });

  test("a rejected operation hands its base on only where it hides the stored value", async () => {
    await pulledVisit(phone, 5);
    await phone.make(visitNote("một"));
    script(phone, {
      push: (request) => results(request, () => ({ status: "rejected", error: { code: "validation" } })),
    });
    await push(phone.context, phone.transport);
    await pulledVisit(phone, 9);
    const [other] = await phone.make({ ...visitNote(""), fields: { representative: "Bà Lan" } });
    const [same] = await phone.make({ ...visitNote("hai"), record: VISIT });
    expect(other?.base).toBe("3f2a.9");
    expect(same?.base).toBe("3f2a.9");
    const fresh = await new Phone().signIn();
    await pulledVisit(fresh, 5);
    await fresh.make(visitNote("một"));
    script(fresh, {
      push: (request) => results(request, () => ({ status: "rejected", error: { code: "validation" } })),
    });
    await push(fresh.context, fresh.transport);
    await pulledVisit(fresh, 9);
    const [hidden] = await fresh.make(visitNote("hai"));
    expect(hidden?.base).toBe("3f2a.5");
  });

  test("a void is based on the newest version of everything it covers", async () => {
    await absorb(phone.database, {
      scopes: [SCOPE],
      changes: [
        visitChange(5),
        {
          ...visitChange(8),
          kind: "answer",
          record: ANSWER,
          version: "3f2a.8",
          fields: { visit: VISIT, item: "A" },
        },
      ],
      cursors: { [SCOPE]: "3f2a.8.00000000" },
      more: false,
    });
    const [made] = await phone.make({ ...visitNote(""), fields: { voided: { reason: "mở nhầm" } } });
    expect(made?.base).toBe("3f2a.8");
  });

  test("numbers count 1, 2, 3 and go on under a new device", async () => {
    await phone.make(visitNote("một"));
    await phone.make(visitNote("hai"));
    await phone.signIn(USER, "018f0000-0000-7000-8000-0000000000d2");
    const [third] = await phone.make(visitNote("ba"));
    expect(third?.n).toBe(3);
  });

  test("operations made at the same moment get different numbers", async () => {
    const made = await Promise.all(["a", "b", "c", "d"].map((note) => phone.make(visitNote(note))));
    expect(made.map(([each]) => each?.n).sort()).toEqual([1, 2, 3, 4]);
  });

  test("only what changed is written down, and nothing when nothing changed", async () => {
    await pulledVisit(phone, 5, { note: "như cũ", representative: "Bà Lan" });
    const [made] = await phone.make({
      ...visitNote(""),
      fields: { note: "như cũ", representative: "Ông Hòa" },
    });
    expect(made?.fields).toEqual({ representative: "Ông Hòa" });
    expect(await phone.make(visitNote("như cũ"))).toEqual([]);
  });

  test("a group is always written whole", async () => {
    const answer = { kind: "answer", record: ANSWER, scope: SCOPE };
    const [first] = await phone.make({ ...answer, fields: { visit: VISIT, item: "A", result: "fail" } });
    expect(first?.fields).toEqual({ visit: VISIT, item: "A", result: "fail", reason: null });
    const [second] = await phone.make({ ...answer, fields: { reason: "cân sai" } });
    expect(second?.fields).toEqual({ result: "fail", reason: "cân sai" });
  });

  test("a penalty travels with all five of its parts", async () => {
    const [made] = await phone.make({
      kind: "violation",
      record: ANSWER,
      scope: SCOPE,
      fields: { visit: VISIT, code: "DL-01", sanction: "fine", amount: 500000 },
    });
    expect(Object.keys(made?.fields ?? {}).sort()).toEqual(
      ["amount", "authority", "code", "decided_on", "decision_number", "sanction", "visit"].sort(),
    );
  });

  test("text is composed, and freed of what no journal text may hold, before it is frozen", async () => {
    const [made] = await phone.make(visitNote(`${"Cân sai".normalize("NFD")}\u0007\u000b\nhai dòng`));
    expect(made?.fields.note).toBe(`${"Cân sai".normalize("NFC")}\nhai dòng`);
  });

  test("content of 64 KiB is refused when it is made and takes no number", async () => {
    await expect(phone.make(visitNote("a".repeat(65_536)))).rejects.toThrow(OperationTooLarge);
    const [made] = await phone.make(visitNote("ngắn"));
    expect(made?.n).toBe(1);
  });

  test("of several intentions all are written or none", async () => {
    await expect(phone.make(visitNote("một"), visitNote("b".repeat(70_000)))).rejects.toThrow(
      OperationTooLarge,
    );
    expect(await phone.database.outbox.count()).toBe(0);
  });

  test("a settling operation names the candidates that were read, even when the value stays", async () => {
    await pulledVisit(phone, 5, { note: "giữ" });
    const [made] = await phone.make({ ...visitNote("giữ"), settles: ["3f2a.4"] });
    expect(made?.fields).toEqual({ note: "giữ" });
    expect(made?.settles).toEqual(["3f2a.4"]);
  });

  test("the screen shows the pulled record with own operations laid over it in their order", async () => {
    await pulledVisit(phone, 5, { note: "máy chủ", representative: "Bà Lan" });
    await phone.make(visitNote("một"));
    await phone.make(visitNote("hai"));
    const rows = await phone.database.outbox.toArray();
    const view = overlay(await phone.database.records.get(VISIT), rows);
    expect(view?.fields).toMatchObject({ note: "hai", representative: "Bà Lan" });
    expect(view?.standing).toBe("waiting");
    expect([...(view?.own ?? [])]).toEqual(["note"]);
  });
});

test("what was made says how the record stood before, so that a deed can be undone", async () => {
  const phone = await new Phone().signIn();
  const answer = { kind: "answer", record: ANSWER, scope: SCOPE, fields: {} };
  const first = { ...answer, fields: { visit: VISIT, item: "ATTP-C01", result: "pass" } };
  const second = { ...answer, fields: { result: "na" } };
  const made = await makeOperations(phone.context, USER, [first, second]);
  expect(made.map(({ operation }) => operation.n)).toEqual([1, 2]);
  expect(made.map(({ before }) => before?.fields.result)).toEqual([undefined, "pass"]);
});
