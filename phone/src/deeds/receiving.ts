/** Taking down a petition on the spot. The identity leaves this module only inside a box that the office alone opens. */
import { officeKey } from "../complaints/office_key";
import { tokens } from "../complaints/tokens";
import { newIdentifier } from "../outbox/context";
import type { Fields } from "../protocol/types";
import { context, establishmentScope, today } from "../phone";
import { IDENTITY, sealToOffice } from "../protocol/sealing";
import { say } from "../words/index";
import "../words/intake";
import { act } from "./act";
import { notice } from "../parts/notice";

export interface Identity {
  name: string;
  address: string;
  contact: string;
}

/** Writes the petition down with the identity sealed; its record identifier, or null when that was not possible. */
export async function receive(fields: Fields, identity: Identity): Promise<string | null> {
  const scope = await establishmentScope();
  if (!scope) {
    notice.value = { text: say("home.not_pulled"), tone: "fault" };
    return null;
  }
  const told = Object.entries(identity)
    .map(([part, value]) => [part, value.trim().normalize("NFC")] as const)
    .filter(([, value]) => value !== "");
  const key = await officeKey();
  if (told.length > 0 && !key) {
    notice.value = { text: say("intake.no_key"), tone: "fault" };
    return null;
  }
  const said = Object.fromEntries(told);
  const content = new TextEncoder().encode(JSON.stringify(said));
  const box = key && told.length > 0 ? await sealToOffice(key, content, IDENTITY) : null;
  const marks = box ? await tokens(said) : [];
  const record = newIdentifier(context);
  const done = await act({
    kind: "complaint",
    record,
    scope: `complaint:${record}`,
    fields: {
      jurisdiction: scope.slice(scope.indexOf(":") + 1),
      channel: "on_site",
      received_on: today(),
      status: "received",
      petitioner_type: told.length > 0 ? "one" : "anonymous",
      ...fields,
    },
    ...(box ? { sealed: { key: box.key, box: box.box, ...(marks.length > 0 ? { marks } : {}) } } : {}),
  });
  return done ? record : null;
}
