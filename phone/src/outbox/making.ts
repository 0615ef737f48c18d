/**
 * Making operations. An operation is numbered, its base is frozen and it is written down durably in one
 * transaction; only then may a screen confirm it.
 */
import { ruleOf } from "../protocol/kinds";
import { withOffset } from "../protocol/time";
import { NOTHING_SEEN, readVersion, type Version } from "../protocol/version";
import type { Fields, Json, Operation } from "../protocol/types";
import type { OutboxRow, PhoneDatabase } from "../store/database";
import { durable } from "../store/durable";
import { type CoreContext, newIdentifier } from "./context";
import { isOverlaid, overlay, type View } from "./overlay";

export interface Intention {
  kind: string;
  record: string;
  scope: string;
  fields: Fields;
  /** Conflict candidates that the person has read and decides about. */
  settles?: string[];
  /** Travels beside the fields and is never read again here. */
  sealed?: { key: string; box: string; marks?: string[] };
}

export const LARGEST_OPERATION = 64 * 1024;
const COUNTER = "outbox.last_number";

export class OperationTooLarge extends Error {
  override name = "OperationTooLarge";
}

function same(left: Json | undefined, right: Json | undefined): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}

/** Only what changed, and every group that changed in whole. */
export function changedFields(intention: Intention, view: View | undefined): Fields {
  const seen: Fields = { ...view?.fields };
  if (view) seen.voided = (view.voided as Json) ?? null;
  const changed: Fields = {};
  for (const [name, value] of Object.entries(intention.fields)) {
    const unset = !view && value === null;
    if (!unset && (!view || intention.settles || !same(value, seen[name]))) changed[name] = value;
  }
  for (const group of Object.values(ruleOf(intention.kind).groups)) {
    if (!group.some((member) => member in changed)) continue;
    for (const member of group) {
      changed[member] = (member in intention.fields ? intention.fields[member] : seen[member]) ?? null;
    }
  }
  return normalised(changed);
}

/** What a keyboard or a pasted table may bring along and no journal text may hold. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

function normalised(fields: Fields): Fields {
  const clean = (value: Json): Json =>
    typeof value === "string" ? value.toWellFormed().normalize("NFC").replace(CONTROL, "") : value;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, clean(value)]));
}

/**
 * The version the person had before the eyes. Own operations on the record that no pull contains yet were
 * part of what was seen, so the last of them hands its base on. A rejected one counts only where it hides
 * the stored value of a field that is changed again.
 */
function frozenBase(pulledVersion: string | undefined, live: readonly OutboxRow[], fields: Fields): string {
  const counted = live.filter((row) => row.state !== "rejected" || sharesField(row, fields));
  const last = counted.sort((left, right) => left.n - right.n).at(-1);
  return last?.base ?? pulledVersion ?? NOTHING_SEEN;
}

/** A void covers what belongs to the record, so its base is the newest version of all of it that was seen. */
async function voidBase(
  database: PhoneDatabase,
  record: string,
  own: (string | undefined)[],
): Promise<string> {
  const below = await database.records.where("parent").equals(record).toArray();
  const newest = [...own, ...below.map((row) => row.version)].map(readVersion).reduce(newer, null);
  return newest ? `${newest.generation}.${newest.sequence}` : NOTHING_SEEN;
}

/** The later of two versions of one scope; one of another generation than the records' own loses to those. */
function newer(left: Version | null, right: Version | null): Version | null {
  if (!left || !right) return left ?? right;
  if (left.generation !== right.generation) return right;
  return left.sequence >= right.sequence ? left : right;
}

function sharesField(row: OutboxRow, fields: Fields): boolean {
  return Object.keys((JSON.parse(row.body) as Operation).fields).some((name) => name in fields);
}

/** What was written down, and how its record stood before. */
export interface Made {
  operation: Operation;
  before: View | undefined;
}

/**
 * Writes the intentions of one tap down, all or none, and returns what was made. An intention that
 * changes nothing makes no operation. Throws OperationTooLarge for content of 64 KiB or more.
 */
export function makeOperations(context: CoreContext, user: string, intentions: Intention[]): Promise<Made[]> {
  const { database } = context;
  const records = intentions.map((intention) => intention.record);
  return durable(database, () =>
    database.transaction("rw", database.outbox, database.notes, database.records, async () => {
      // One round of reading and one of writing: each costs a slow phone milliseconds of the tap.
      const [counter, pulled, earlier] = await Promise.all([
        database.notes.get(COUNTER),
        database.records.bulkGet(records),
        database.outbox.where("record").anyOf(records).toArray(),
      ]);
      let number = (counter?.value as number | undefined) ?? 0;
      const made: Made[] = [];
      const rows: OutboxRow[] = [];
      for (const [at, intention] of intentions.entries()) {
        const own = [...earlier, ...rows].filter((row) => row.record === intention.record && row.user === user);
        const live = own.filter(isOverlaid);
        const view = overlay(pulled[at], live);
        const fields = changedFields(intention, view);
        if (view && Object.keys(fields).length === 0) continue;
        const seen = frozenBase(pulled[at]?.version, live, fields);
        const base = fields.voided
          ? await voidBase(database, intention.record, [seen, pulled[at]?.version])
          : seen;
        number += 1;
        const operation: Operation = {
          id: newIdentifier(context),
          n: number,
          schema: ruleOf(intention.kind).schema,
          kind: intention.kind,
          record: intention.record,
          scope: intention.scope,
          base,
          fields,
          made_at: withOffset(context.clock.now()),
          ...(intention.settles ? { settles: intention.settles } : {}),
          ...(intention.sealed ? { sealed: intention.sealed } : {}),
        };
        rows.push(asRow(operation, user, view?.parent));
        made.push({ operation, before: view });
      }
      if (rows.length > 0)
        await Promise.all([
          database.outbox.bulkAdd(rows),
          database.notes.put({ key: COUNTER, value: number }),
        ]);
      return made;
    }),
  );
}

function asRow(operation: Operation, user: string, knownParent: string | undefined): OutboxRow {
  const body = JSON.stringify(operation);
  const size = new TextEncoder().encode(body).length;
  if (size >= LARGEST_OPERATION) throw new OperationTooLarge(`${size} bytes`);
  const parentField = ruleOf(operation.kind).parent;
  const named = parentField === undefined ? undefined : operation.fields[parentField];
  return {
    n: operation.n,
    id: operation.id,
    user,
    kind: operation.kind,
    record: operation.record,
    scope: operation.scope,
    parent: knownParent || (typeof named === "string" ? named : ""),
    base: operation.base,
    body,
    size,
    state: "waiting",
    made_at: operation.made_at,
    attempts: 0,
  };
}
