import { readFileSync } from "node:fs";
import { encode } from "uqr";
import { beforeEach, describe, expect, test } from "vitest";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { readCode, writeCode } from "../src/joining/code";
import { invitation, join } from "../src/joining/joining";
import { makeOperations } from "../src/outbox/making";
import { Reader } from "../src/records/reader";
import type { Fields } from "../src/protocol/types";
import { push } from "../src/sync/push";
import { CAMPAIGN, Phone, results, SCOPE, script, USER, VISIT } from "./support";

const JURISDICTION = "018f0000-0000-7000-8000-0000000000e1";
const OTHER = "018f0000-0000-7000-8000-0000000000e2";
const SHOP = "018f0000-0000-7000-8000-0000000000a1";
const COLLEAGUE = "018f0000-0000-7000-8000-00000000000b";

const CREATED: Fields = {
  campaign: CAMPAIGN,
  establishment: SHOP,
  visited_on: "2026-09-20",
  visit_type: "routine",
  started_at: "2026-09-20T08:00:00+07:00",
  lead: USER,
};

async function handset(user: string, campaign = CAMPAIGN, jurisdiction = JURISDICTION) {
  const phone = await new Phone().signIn(user);
  const scope = (name: string) => ({
    scope: name,
    cursor: "3f2a.1.aa",
    complete: true,
    replacing: false,
    lost: false,
  });
  await phone.database.scopes.bulkPut([
    scope(`campaign:${campaign}`),
    scope(`establishments:${jurisdiction}`),
    scope(`reference:${jurisdiction}`),
  ]);
  await phone.database.records.put({
    record: campaign,
    kind: "campaign",
    scope: `campaign:${campaign}`,
    parent: "",
    version: "3f2a.1",
    fields: { name: "Trung thu 2026" },
    authors: {},
    voided: null,
  });
  return { phone, reader: new Reader(phone.database, user) };
}

type Handset = Awaited<ReturnType<typeof handset>>;

describe("joining a visit", () => {
  let lead: Handset;
  let colleague: Handset;
  beforeEach(async () => {
    lead = await handset(USER);
    colleague = await handset(COLLEAGUE);
    await lead.phone.make({ kind: "visit", record: VISIT, scope: SCOPE, fields: CREATED });
  });
  const code = async () => (await invitation(lead.reader, VISIT)) ?? "";
  const sentBy = async ({ phone }: Handset) =>
    (await phone.database.outbox.orderBy("n").toArray()).map((row) => JSON.parse(row.body) as object);

  test("puts an identical create into the colleague's outbox", async () => {
    const joining = await join(colleague.reader, await code());
    if (joining.kind !== "join") throw new Error(joining.why);
    expect(joining.visit).toBe(VISIT);
    const own = [{ kind: "visit", record: VISIT, scope: SCOPE, fields: CREATED }];
    expect(joining.intentions).toEqual(own);
    await makeOperations(colleague.phone.context, COLLEAGUE, joining.intentions);
    const same = { kind: "visit", record: VISIT, scope: SCOPE, base: "0", fields: CREATED };
    expect(await sentBy(lead)).toMatchObject([same]);
    expect(await sentBy(colleague)).toMatchObject([same]);
  });

  test("twice, or where the visit was pulled meanwhile, writes nothing", async () => {
    const first = await join(colleague.reader, await code());
    if (first.kind === "join") await makeOperations(colleague.phone.context, COLLEAGUE, first.intentions);
    expect(await join(colleague.reader, await code())).toEqual({
      kind: "join",
      visit: VISIT,
      intentions: [],
    });
  });

  test("leaves out what was changed since, so that two phones never disagree about it", async () => {
    await lead.phone.make({ kind: "visit", record: VISIT, scope: SCOPE, fields: { visit_type: "follow_up" } });
    const joining = await join(colleague.reader, await code());
    const { visit_type: _, ...rest } = CREATED;
    expect(joining.kind === "join" && joining.intentions[0]?.fields).toEqual(rest);
  });

  test("carries what the server holds once the lead's create is there", async () => {
    script(lead.phone, { push: (request) => results(request, () => ({ seq: 2 })) });
    await lead.phone.make({ kind: "visit", record: VISIT, scope: SCOPE, fields: { visit_type: "follow_up" } });
    await push(lead.phone.context, lead.phone.transport);
    const joining = await join(colleague.reader, await code());
    expect(joining.kind === "join" && joining.intentions[0]?.fields.visit_type).toBe("follow_up");
  });

  test("an establishment as new as the visit comes along", async () => {
    const fields = { name: "Lò bún Ông Đức", establishment_type: "production", operating: true };
    const scope = `establishments:${JURISDICTION}`;
    await lead.phone.make({ kind: "establishment", record: SHOP, scope, fields });
    const joining = await join(colleague.reader, await code());
    expect(joining.kind === "join" && joining.intentions.map(({ kind, scope }) => [kind, scope])).toEqual([
      ["establishment", scope],
      ["visit", SCOPE],
    ]);
    expect(joining.kind === "join" && joining.intentions[0]?.fields).toEqual(fields);
  });

  test("is refused in another area, another campaign, and before the first pull", async () => {
    const refused = async (there: Handset) => {
      const joining = await join(there.reader, await code());
      return joining.kind === "refused" && joining.why;
    };
    expect(await refused(await handset(COLLEAGUE, CAMPAIGN, OTHER))).toBe("other_jurisdiction");
    expect(await refused(await handset(COLLEAGUE, OTHER))).toBe("other_campaign");
    await colleague.phone.database.scopes.update(SCOPE, { lost: true });
    expect(await refused(colleague)).toBe("other_campaign");
    await colleague.phone.database.scopes.clear();
    expect(await refused(colleague)).toBe("not_pulled");
  });

  test("refuses what is no code, and what it may not carry", async () => {
    const whole = { jurisdiction: JURISDICTION, creations: [{ kind: "visit", record: VISIT, fields: CREATED }] };
    const altered = (fields: Fields): string =>
      writeCode({ ...whole, creations: [{ kind: "visit", record: VISIT, fields }] });
    expect(readCode(altered(CREATED))).toEqual(whole);
    expect(readCode("https://example.com")).toBe("unreadable");
    expect(readCode('{"v":"KT2","x":1}')).toBe("other_version");
    expect(readCode(altered({ ...CREATED, finished_at: "2026-09-20T09:00:00+07:00" }))).toBe("unreadable");
    expect(readCode(altered({ ...CREATED, voided: { reason: "x" } }))).toBe("unreadable");
    expect(readCode(altered({ campaign: CAMPAIGN, establishment: SHOP }))).toBe("unreadable");
    expect(readCode(altered({ ...CREATED, campaign: "x" }))).toBe("unreadable");
    expect(readCode(altered(CREATED).replace('"visit"', '"campaign"'))).toBe("unreadable");
  });

  test("the squares on one screen are what the other phone's reader reads", async () => {
    const scope = `establishments:${JURISDICTION}`;
    const fields = { name: "Lò bún Ông Đức", address: "Tổ dân phố số 3, thị trấn Bình Mỹ", operating: true };
    await lead.phone.make({ kind: "establishment", record: SHOP, scope, fields });
    const text = await code();
    const { data, size } = encode(text, { ecc: "L", border: 4 });
    const side = size * 4;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let top = 0; top < side; top += 1)
      for (let left = 0; left < side; left += 1)
        if (data[top >> 2]?.[left >> 2]) pixels.fill(0, (top * side + left) * 4, (top * side + left) * 4 + 3);
    const file = readFileSync("node_modules/zxing-wasm/dist/reader/zxing_reader.wasm");
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(file).buffer }, fireImmediately: true });
    type Picture = Parameters<typeof readBarcodes>[0];
    const picture = { data: pixels, width: side, height: side, colorSpace: "srgb" } as Picture;
    const [found] = await readBarcodes(picture, { formats: ["QRCode"] });
    expect(found?.text).toBe(text);
    expect(size).toBeLessThan(130);
  });
});
