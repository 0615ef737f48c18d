/** Goods and instruments are found again by the code printed on them. */
import { expect, test } from "vitest";
import { knownGoods, knownInstrument } from "../src/records/known";
import { Reader } from "../src/records/reader";
import type { Fields } from "../src/protocol/types";
import { Phone, SCOPE, USER, VISIT } from "./support";

const record = (last: string): string => `018f0000-0000-7000-8000-0000000000${last}`;

async function phoneWith(...made: [string, string, Fields][]): Promise<Reader> {
  const phone = await new Phone().signIn();
  await phone.make(
    ...made.map(([kind, last, fields]) => ({
      kind,
      record: record(last),
      scope: SCOPE,
      fields: { visit: VISIT, ...fields },
    })),
  );
  return new Reader(phone.database, USER);
}

test("the newest check of goods with this barcode is the one that is recalled", async () => {
  const reader = await phoneWith(
    ["package_check", "a2", { product: "Giò lụa 500 g", barcode: "8934563138165" }],
    ["package_check", "a1", { product: "Giò lụa", barcode: "8934563138165" }],
    ["package_check", "a3", { product: "Chả quế", barcode: "8934563138172" }],
  );
  expect((await knownGoods(reader, "8934563138165"))?.fields["product"]).toBe("Giò lụa 500 g");
  expect(await knownGoods(reader, "1")).toBeUndefined();
  expect(await knownGoods(reader, "")).toBeUndefined();
});

test("an instrument that was checked by mistake is not recalled", async () => {
  const reader = await phoneWith(
    ["instrument_check", "b1", { instrument: "spring_scale", serial: "NH-0417" }],
    ["instrument_check", "b2", { instrument: "other", serial: "NH-0417", voided: { reason: "nhầm" } }],
  );
  expect((await knownInstrument(reader, "NH-0417"))?.fields["instrument"]).toBe("spring_scale");
});
