import { beforeEach, describe, expect, test } from "vitest";
import { dropLostScopes } from "../src/sync/lost_scopes";
import { absorb } from "../src/sync/pull";
import { push } from "../src/sync/push";
import { Phone, results, SCOPE, script, visitChange, visitNote } from "./support";

const HOME = "reference:018f0000-0000-7000-8000-0000000000e1";

describe("a restore of the server", () => {
  let phone: Phone;

  beforeEach(async () => {
    phone = await new Phone().signIn();
    script(phone, { push: (request) => results(request, () => ({ seq: 9 })) });
    const cursors = { [SCOPE]: "3f2a.4.0", [HOME]: "3f2a.2.0" };
    await absorb(phone.database, { scopes: [HOME, SCOPE], changes: [visitChange(4)], cursors, more: false });
    await phone.make(visitNote("của tôi"));
    await push(phone.context, phone.transport);
  });

  test("brings out again what was acknowledged in a scope that the phone has left since", async () => {
    await absorb(phone.database, { scopes: [HOME], changes: [], cursors: { [HOME]: "3f2a.2.0" }, more: false });
    await dropLostScopes(phone.database);
    expect(await phone.states()).toEqual(["finished"]);
    const resync = [{ scope: HOME, restored_to: 2 }];
    await absorb(phone.database, { scopes: [HOME], changes: [], cursors: { [HOME]: "beef.2.0" }, more: false, resync });
    expect(await phone.states()).toEqual(["waiting"]);
    await push(phone.context, phone.transport);
    expect(await dropLostScopes(phone.database)).toEqual([SCOPE]);
    expect(await phone.states()).toEqual(["finished"]);
  });
});
