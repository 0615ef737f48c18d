import { beforeEach, describe, expect, test } from "vitest";
import { synchronise } from "../src/sync/cycle";
import { pull } from "../src/sync/pull";
import {
  CAMPAIGN,
  json,
  Phone,
  pulled,
  results,
  SCOPE,
  script,
  VISIT,
  visitChange,
  visitNote,
} from "./support";

const ESTABLISHMENTS = "establishments:018f0000-0000-7000-8000-0000000000e1";

function pages(phone: Phone, ...answers: (() => Response)[]): void {
  let page = 0;
  script(phone, { pull: () => (answers[page++] ?? (() => pulled({})))() });
}

const cursorsAsked = (phone: Phone): unknown[] =>
  phone.requests.filter(({ path }) => path.endsWith("pull")).map(({ body }) => JSON.parse(body).cursors);

describe("pulling", () => {
  let phone: Phone;
  beforeEach(async () => {
    phone = await new Phone().signIn();
  });

  test("pages are read while there is more, and shown when there is none", async () => {
    pages(
      phone,
      () =>
        pulled({
          changes: [visitChange(3, { note: "trang 1" })],
          cursors: { [SCOPE]: "3f2a.3.aa" },
          more: true,
        }),
      () => json({}, 503),
    );
    await pull(phone.context, phone.transport);
    expect(await phone.database.records.count()).toBe(0);
    pages(phone, () =>
      pulled({ changes: [visitChange(6, { note: "trang 2" })], cursors: { [SCOPE]: "3f2a.6.bb" } }),
    );
    expect(await pull(phone.context, phone.transport)).toBeNull();
    expect(cursorsAsked(phone)).toEqual([{}, { [SCOPE]: "3f2a.3.aa" }, { [SCOPE]: "3f2a.3.aa" }]);
    expect((await phone.database.records.get(VISIT))?.fields.note).toBe("trang 2");
  });

  test("a pull tells the office how much is unsent, and since when", async () => {
    pages(phone, () => pulled({}), () => pulled({}));
    await pull(phone.context, phone.transport);
    await phone.make(visitNote("chưa gửi"));
    const [waiting] = await phone.database.outbox.toArray();
    await pull(phone.context, phone.transport);
    const said = phone.requests.map(({ body }) => JSON.parse(body).phone);
    expect(said.map(({ unsent, oldest }) => [unsent, oldest])).toEqual([
      [0, null],
      [1, waiting?.made_at],
    ]);
  });

  test("an acknowledged operation stays in sight until the pull has passed its sequence number", async () => {
    await phone.make(visitNote("của tôi"));
    script(phone, {
      push: (request) => results(request, () => ({ seq: 8 })),
      pull: () => pulled({ changes: [visitChange(5)], cursors: { [SCOPE]: "3f2a.5.aa" } }),
    });
    await synchronise(phone.context, phone.transport);
    expect(await phone.states()).toEqual(["acknowledged"]);
    script(phone, { pull: () => pulled({ changes: [visitChange(8)], cursors: { [SCOPE]: "3f2a.8.bb" } }) });
    await synchronise(phone.context, phone.transport);
    expect(await phone.states()).toEqual(["finished"]);
  });

  test("a resync reads the scope from the start and drops what does not come again", async () => {
    const gone = "018f0000-0000-7000-8000-0000000000f2";
    pages(phone, () =>
      pulled({
        changes: [visitChange(3), { ...visitChange(4), record: gone }],
        cursors: { [SCOPE]: "3f2a.4.aa" },
      }),
    );
    await pull(phone.context, phone.transport);
    pages(phone, () =>
      pulled({
        changes: [visitChange(3, {}, "77b0")],
        cursors: { [SCOPE]: "77b0.3.cc" },
        resync: [{ scope: SCOPE, restored_to: 3 }],
      }),
    );
    await pull(phone.context, phone.transport);
    const records = await phone.database.records.toArray();
    expect(records.map(({ record, version }) => [record, version])).toEqual([[VISIT, "77b0.3"]]);
  });

  test("a resync keeps showing the old state until the new one is complete", async () => {
    pages(phone, () => pulled({ changes: [visitChange(3)], cursors: { [SCOPE]: "3f2a.3.aa" } }));
    await pull(phone.context, phone.transport);
    pages(
      phone,
      () =>
        pulled({ cursors: { [SCOPE]: "77b0.1.cc" }, resync: [{ scope: SCOPE, restored_to: 1 }], more: true }),
      () => json({}, 503),
    );
    await pull(phone.context, phone.transport);
    expect((await phone.database.records.get(VISIT))?.version).toBe("3f2a.3");
  });

  test("after a restore the kept operations newer than the restore point are sent again, unchanged", async () => {
    await phone.make(visitNote("cũ"));
    await phone.make(visitNote("mới"));
    const sequences = [3, 9];
    script(phone, {
      push: (request) => results(request, (_, index) => ({ seq: sequences[index] ?? 0 })),
      pull: () => pulled({ changes: [visitChange(9)], cursors: { [SCOPE]: "3f2a.9.aa" } }),
    });
    await synchronise(phone.context, phone.transport);
    expect(await phone.states()).toEqual(["finished", "finished"]);
    const resync = { changes: [visitChange(5, {}, "77b0")], cursors: { [SCOPE]: "77b0.5.cc" } };
    let page = 0;
    script(phone, {
      push: (request) => results(request, () => ({ seq: 6 })),
      pull: () =>
        page++ === 0
          ? pulled({ ...resync, resync: [{ scope: SCOPE, restored_to: 5 }] })
          : pulled({ changes: [visitChange(6, {}, "77b0")], cursors: { [SCOPE]: "77b0.6.dd" } }),
    });
    await synchronise(phone.context, phone.transport);
    const [first, again] = phone.sent();
    expect(again).toEqual([first?.[1]]);
    expect(await phone.states()).toEqual(["finished", "finished"]);
  });

  test("what was not yet sent survives a resync", async () => {
    await phone.make(visitNote("chưa gửi"));
    pages(phone, () =>
      pulled({ resync: [{ scope: SCOPE, restored_to: null }], cursors: { [SCOPE]: "77b0.0.00" } }),
    );
    await pull(phone.context, phone.transport);
    expect(await phone.states()).toEqual(["waiting"]);
  });

  test("a scope that is gone is dropped after what it holds has been pushed", async () => {
    pages(phone, () => pulled({ changes: [visitChange(3)], cursors: { [SCOPE]: "3f2a.3.aa" } }));
    await pull(phone.context, phone.transport);
    await phone.make(visitNote("trước khi rời"));
    phone.handle = () => json({}, 503);
    await synchronise(phone.context, phone.transport);
    expect(await phone.database.records.count()).toBe(1);
    script(phone, {
      push: (request) => results(request, () => ({ status: "rejected", error: { code: "forbidden" } })),
      pull: () => pulled({ scopes: [ESTABLISHMENTS] }),
    });
    await synchronise(phone.context, phone.transport);
    expect(await phone.states()).toEqual(["rejected"]);
    expect(await phone.database.records.count()).toBe(0);
    expect((await phone.database.scopes.toArray()).map(({ scope }) => scope)).toEqual([ESTABLISHMENTS]);
  });

  test("a scope that leaves while something waits stays until that is pushed", async () => {
    pages(phone, () => pulled({ changes: [visitChange(3)], cursors: { [SCOPE]: "3f2a.3.aa" } }));
    await pull(phone.context, phone.transport);
    script(phone, {
      push: () => json({}, 503),
      pull: () => pulled({ scopes: [] }),
    });
    await pull(phone.context, phone.transport);
    await phone.make(visitNote("vừa ghi"));
    await synchronise(phone.context, phone.transport);
    expect(await phone.database.records.count()).toBe(1);
  });

  test("a scope that returns is read from the start", async () => {
    pages(
      phone,
      () => pulled({ changes: [visitChange(3)], cursors: { [SCOPE]: "3f2a.3.aa" } }),
      () => pulled({ scopes: [] }),
      () => pulled({ changes: [visitChange(3)], cursors: { [SCOPE]: "3f2a.3.aa" } }),
    );
    for (let round = 0; round < 3; round += 1) await synchronise(phone.context, phone.transport);
    expect(cursorsAsked(phone)).toEqual([{}, { [SCOPE]: "3f2a.3.aa" }, {}]);
    expect(await phone.database.records.count()).toBe(1);
  });

  test("a record knows the record it belongs to, and a conflict the record it is about", async () => {
    const base = visitChange(4);
    pages(phone, () =>
      pulled({
        changes: [
          { ...base, kind: "answer", record: "a", fields: { visit: VISIT, item: "A" } },
          {
            ...base,
            kind: "conflict",
            record: "c",
            fields: { target_kind: "visit", target: VISIT, field: "note", open: true },
          },
          { ...base, fields: { campaign: CAMPAIGN } },
        ],
        cursors: { [SCOPE]: "3f2a.4.aa" },
      }),
    );
    await pull(phone.context, phone.transport);
    const rows = await phone.database.records.orderBy("kind").toArray();
    expect(rows.map(({ kind, parent }) => [kind, parent])).toEqual([
      ["answer", VISIT],
      ["conflict", VISIT],
      ["visit", CAMPAIGN],
    ]);
  });
});
