/**
 * The vault of this phone: one random data key, wrapped by the PIN for the person and sealed for the office. Everything
 * on the phone is sealed with the data key (`sealing.ts`), which is in memory only while the phone is unlocked.
 *
 * Ten wrong PINs, a forgotten one, or leaving with unsent work end a vault: the PIN's wrapping and all that was pulled are
 * removed, and what was not sent stays as it lies, to be opened by the office alone.
 */
import type { CoreContext } from "../outbox/context";
import { newIdentifier } from "../outbox/context";
import type { LeftRow, PhoneDatabase, VaultRow } from "../store/database";
import { durable } from "../store/durable";
import { KEY_BYTES, type Row } from "./cipher";
import { type OfficeKey, sealToOffice } from "./office_box";
import { measuredIterations, unwrap, wrap } from "./pin";
import { SHAPES } from "./sealing";

export const MOST_FAILURES = 10;
const CURRENT = "current";
const UNSENT = ["waiting", "held", "rejected"];

/**
 * Seconds to wait after the failure of this number. Only time with the lock screen in sight counts, so neither a
 * reload nor another clock shortens it.
 */
const DELAYS: Readonly<Record<number, number>> = { 4: 15, 5: 30, 6: 60, 7: 120, 8: 300, 9: 600 };

export type Unlocking =
  | { kind: "open" }
  | { kind: "wrong"; left: number }
  | { kind: "wait"; milliseconds: number }
  /** The vault is no more; what was unsent is sealed for the office. */
  | { kind: "ended" };

interface VaultContext extends CoreContext {
  lock: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

export function readVault(database: PhoneDatabase): Promise<VaultRow | undefined> {
  return durable(database, () => database.vault.get(CURRENT));
}

/** Makes the vault and opens it; `count` of iterations is measured unless given. What lies on the phone in clear, from a version without a vault, is sealed. */
export async function createVault(
  context: VaultContext,
  pin: string,
  office: OfficeKey | null,
  count?: number,
): Promise<void> {
  const { database } = context;
  const iterations = count ?? (await measuredIterations(() => performance.now()));
  const key = context.random(KEY_BYTES);
  const row: VaultRow = {
    key: CURRENT,
    vault: newIdentifier(context),
    ...(await wrap(pin, key, iterations)),
    office: office && (await sealToOffice(office, key)),
    device: null,
    user: null,
    failures: 0,
    wait: 0,
  };
  database.safe.open(key);
  const tables = Object.keys(SHAPES).map((name) => database.table<Row>(name));
  await durable(database, () =>
    database.transaction("rw", [...tables, database.vault], async () => {
      if (await database.vault.get(CURRENT)) throw new Error("there is a vault already");
      await database.vault.add(row);
      for (const table of tables) await table.bulkPut(await table.toArray());
    }),
  ).catch((fault: unknown) => {
    database.safe.close();
    throw fault;
  });
}

/** Tries a PIN. The try is counted, durably, before it is known whether it is right. */
export function unlock(context: VaultContext, pin: string): Promise<Unlocking> {
  const { database } = context;
  return context.lock("vault", async (): Promise<Unlocking> => {
    const row = await counted(database);
    if (!row) return { kind: "ended" };
    if (row.wait > 0 && row.tried === false) return { kind: "wait", milliseconds: row.wait };
    const key = await unwrap(pin, row);
    if (key) {
      await durable(database, () => database.vault.update(CURRENT, { failures: 0, wait: 0 }));
      database.safe.open(key);
      return { kind: "open" };
    }
    if (row.failures < MOST_FAILURES) return { kind: "wrong", left: MOST_FAILURES - row.failures };
    await endVault(context);
    return { kind: "ended" };
  });
}

function counted(database: PhoneDatabase): Promise<(VaultRow & { tried: boolean }) | undefined> {
  return durable(database, () =>
    database.transaction("rw", database.vault, async () => {
      const row = await database.vault.get(CURRENT);
      if (!row) return undefined;
      if (row.wait > 0) return { ...row, tried: false };
      const failures = row.failures + 1;
      const wait = (DELAYS[failures] ?? 0) * 1000;
      await database.vault.update(CURRENT, { failures, wait });
      return { ...row, failures, wait, tried: true };
    }),
  );
}

/** Notes that the lock screen was in sight for so long; answers how long is still to be waited. */
export function waited(database: PhoneDatabase, milliseconds: number): Promise<number> {
  return durable(database, () =>
    database.transaction("rw", database.vault, async () => {
      const row = await database.vault.get(CURRENT);
      const wait = Math.max(0, (row?.wait ?? 0) - milliseconds);
      if (row && row.wait > 0) await database.vault.update(CURRENT, { wait });
      return wait;
    }),
  );
}

/** A new PIN for the same data key; false when the present PIN is another. A wrong one counts like at the lock screen. */
export async function changePin(context: VaultContext, present: string, next: string): Promise<Unlocking> {
  const outcome = await unlock(context, present);
  if (outcome.kind !== "open") return outcome;
  const { database } = context;
  const iterations = await measuredIterations(() => performance.now());
  const wrapping = await wrap(next, database.safe.key(), iterations);
  await durable(database, () => database.vault.update(CURRENT, { ...wrapping }));
  return outcome;
}

/** Seals the data key to the office's present key where it is not, and notes for whom this vault works. */
export async function noteOffice(
  database: PhoneDatabase,
  office: OfficeKey | null,
  owner?: { device: string; user: string },
): Promise<void> {
  const row = await readVault(database);
  if (!row) return;
  const box =
    office && row.office?.key !== office.kid ? await sealToOffice(office, database.safe.key()) : row.office;
  await durable(database, () => database.vault.update(CURRENT, { office: box, ...owner }));
}

/** How many operations and photos wait on this phone under seal, for the lock screen and for whoever comes next. */
export function sealedCount(database: PhoneDatabase): Promise<number> {
  return durable(database, async () => {
    // Counting each state by itself reads no row, so it works while the phone is locked.
    const { outbox, photos } = database;
    const counts = await Promise.all([
      ...UNSENT.map((state) => outbox.where("state").equals(state).count()),
      ...["waiting", "refused"].map((state) => photos.where("state").equals(state).count()),
    ]);
    return counts.reduce((sum, count) => sum + count, 0);
  });
}

/** The same for what ended vaults have left for the office. */
export function leftCount(database: PhoneDatabase): Promise<number> {
  return durable(database, () => database.left.where("table").anyOf("outbox", "photos").count());
}

/** Ends the vault: nobody on this phone can open anything any more, and nothing unsent is gone. */
export async function endVault(context: CoreContext): Promise<void> {
  const { database } = context;
  database.safe.close();
  const beneath = database.beneath();
  try {
    await durable(beneath, () =>
      beneath.transaction("rw", beneath.tables, async () => {
        const row = await beneath.vault.get(CURRENT);
        if (!row) return;
        const rows = await unsentRows(beneath);
        if (rows.length > 0) {
          const { vault, office, device, user } = row;
          await beneath.left.add({ vault, table: "vault", row: { office, device, user } });
          await beneath.left.bulkAdd(rows.map((each) => ({ vault, ...each })));
        }
        const { records, incoming, scopes, outbox, photos, photo_bytes, notes } = beneath;
        for (const table of [records, incoming, scopes, outbox, photos, photo_bytes, notes, beneath.vault])
          await table.clear();
      }),
    );
  } finally {
    beneath.close();
  }
}

/** What is not on the server, as it lies: operations with their photos. `beneath` is the database without its seal. */
export async function unsentRows(beneath: PhoneDatabase): Promise<Pick<LeftRow, "table" | "row">[]> {
  const outbox = await beneath.outbox.where("state").anyOf(UNSENT).toArray();
  const photos = await beneath.photos.where("state").anyOf("waiting", "refused").toArray();
  const bytes = await beneath.photo_bytes.bulkGet(photos.map((row) => row.evidence));
  return [
    ...outbox.map((row) => ({ table: "outbox", row: { ...row } })),
    ...photos.map((row) => ({ table: "photos", row: { ...row } })),
    ...bytes.flatMap((row) => (row ? [{ table: "photo_bytes", row: { ...row } }] : [])),
  ];
}
