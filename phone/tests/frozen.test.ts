import { beforeEach, describe, expect, test } from "vitest";
import { absorb } from "../src/sync/pull";
import { push } from "../src/sync/push";
import { Phone, results, SCOPE, script, visitChange, visitNote } from "./support";

describe("sending what was written down", () => {
  let phone: Phone;
  const arrives = (seq: number, note: string) =>
    absorb(phone.database, {
      scopes: [SCOPE],
      changes: [visitChange(seq, { note })],
      cursors: { [SCOPE]: `3f2a.${seq}.0` },
      more: false,
    });

  beforeEach(async () => {
    phone = await new Phone().signIn();
    script(phone, { push: (request) => results(request, () => ({ seq: 9 })) });
  });

  test("an operation is sent with the base it was made on, whatever was pulled since", async () => {
    await arrives(4, "trước");
    await phone.make(visitNote("của tôi"));
    await arrives(7, "của người khác");
    await push(phone.context, phone.transport);
    expect(phone.sent().flat().map(({ base }) => base)).toEqual(["3f2a.4"]);
  });
});
