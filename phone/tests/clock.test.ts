import { describe, expect, test } from "vitest";
import { clockError } from "../src/sync/clock";
import { push } from "../src/sync/push";
import { json, Phone, type Request, script, START, visitNote } from "./support";

describe("the phone's clock", () => {
  async function after(serverTime: string): Promise<number> {
    const phone = await new Phone().signIn();
    await phone.make(visitNote("a"));
    script(phone, {
      push: (request: Request) => {
        const { operations } = JSON.parse(request.body) as { operations: { id: string }[] };
        return json({
          results: operations.map(({ id }) => ({ id, status: "applied", seq: 1 })),
          server_time: serverTime,
        });
      },
    });
    await push(phone.context, phone.transport);
    return clockError(phone.context);
  }

  test("is compared with the server's at every push", async () => {
    expect(await after(new Date(START - 300_000).toISOString())).toBe(300_000);
    expect(await after(new Date(START + 7_200_000).toISOString())).toBe(-7_200_000);
  });

  test("is not blamed for two minutes, nor for a server that says nothing", async () => {
    expect(await after(new Date(START - 119_000).toISOString())).toBe(0);
    expect(await after("soon")).toBe(0);
  });
});
