/**
 * What is not on the server, as a file that only the office can open: the rows as they lie on the phone, and each
 * vault's data key sealed to the office. It can be made from a locked phone, and from one whose vault has ended.
 */
import type { PhoneDatabase } from "../store/database";
import { durable } from "../store/durable";
import { base64 } from "../protocol/sealing";
import type { OfficeBox } from "./office_box";
import { readVault, unsentRows } from "./vault";
import { SHAPES } from "./sealing";

export const FORMAT = "inspection-sealed-work";

interface SealedVault {
  vault: string;
  device: string | null;
  user: string | null;
  office: OfficeBox | null;
  rows: { table: string; key: unknown; user: unknown; sealed: string }[];
}

interface Found {
  table: string;
  row: Record<string, unknown>;
}

/** The file in parts, so that many photos make no text larger than one of them; null when nothing waits. */
export async function sealedFile(database: PhoneDatabase, made_at: string): Promise<string[] | null> {
  const beneath = database.beneath();
  try {
    const current = await readVault(beneath);
    const vaults = new Map<string, { head: Record<string, unknown>; rows: Found[] }>();
    if (current) {
      const rows = await durable(beneath, () => unsentRows(beneath));
      const { device, user, office } = current;
      if (rows.length > 0) vaults.set(current.vault, { head: { device, user, office }, rows });
    }
    for (const { vault, table, row } of await durable(beneath, () => beneath.left.toArray())) {
      if (table === "vault") vaults.set(vault, { head: row, rows: [] });
      else vaults.get(vault)?.rows.push({ table, row });
    }
    if (vaults.size === 0) return null;
    return parts(vaults, made_at);
  } finally {
    beneath.close();
  }
}

function parts(vaults: Map<string, { head: Record<string, unknown>; rows: Found[] }>, made_at: string): string[] {
  const made = [`{"format":${JSON.stringify(FORMAT)},"version":1,"made_at":${JSON.stringify(made_at)},"vaults":[`];
  let firstVault = true;
  for (const [vault, { head, rows }] of vaults) {
    const { device, user, office } = head as unknown as SealedVault;
    const opening = JSON.stringify({ vault, device, user, office });
    made.push(`${firstVault ? "" : ","}${opening.slice(0, -1)},"rows":[`);
    firstVault = false;
    rows.forEach(({ table, row }, at) => {
      const key = row[SHAPES[table]?.clear[0] ?? ""];
      const line = { table, key, user: row.user ?? null, sealed: base64(row.sealed as Uint8Array) };
      made.push((at === 0 ? "" : ",") + JSON.stringify(line));
    });
    made.push("]}");
  }
  made.push("]}");
  return made;
}
