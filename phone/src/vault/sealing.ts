/**
 * The layer under every table: what is written is sealed on its way down, what is read is opened on its way up. Code
 * above it knows nothing of keys, and code below it never sees content.
 *
 * In clear stay opaque identifiers, kinds, scopes, states and numbers: what the indexes need. They tell that somebody
 * works, not what was found.
 */
import type { DBCore, DBCoreCursor, DBCoreTable, Middleware } from "dexie";
import type { RandomBytes } from "../protocol/identifiers";
import { NONCE_BYTES, openBox, openRow, type Row, type SealedShape, sealRow, withHidden } from "./cipher";
import type { Safe } from "./safe";

export const SHAPES: Readonly<Record<string, SealedShape>> = {
  records: { clear: ["record", "scope", "kind", "parent"] },
  incoming: { clear: ["record", "scope"] },
  outbox: { clear: ["n", "id", "user", "record", "scope", "kind", "parent", "state"] },
  notes: { clear: ["key"] },
  photos: { clear: ["evidence", "user", "visit", "state", "scope"], binary: "thumbnail" },
  photo_bytes: { clear: ["evidence"], binary: "bytes" },
};

/** Numbers and times that the lock screen shows or that must be found before anybody has unlocked. */
const NOTES_IN_CLEAR = new Set(["outbox.last_number", "clock.ahead", "sync.last_success", "records.owner"]);

export function sealing(safe: Safe, random: RandomBytes): Middleware<DBCore> {
  return {
    stack: "dbcore",
    name: "sealing",
    // Below Dexie's own layers, which compare and cache what they have read.
    level: -2,
    create: (core) => ({
      ...core,
      table: (name) => {
        const shape = SHAPES[name];
        return shape ? sealedTable(core.table(name), name, shape, safe, random) : core.table(name);
      },
    }),
  };
}

function sealedTable(
  below: DBCoreTable,
  name: string,
  shape: SealedShape,
  safe: Safe,
  random: RandomBytes,
): DBCoreTable {
  const seal = (row: Row): Row =>
    name === "notes" && NOTES_IN_CLEAR.has(row.key as string)
      ? row
      : sealRow(safe.key(), random, name, shape, row);
  // Opening is the dear part of a read; what the same transaction or the next screen reads again is opened once.
  const open = (row: Row | undefined): Row | undefined => {
    if (!row || !("sealed" in row)) return row;
    const key = safe.key();
    if (shape.binary) return openRow(key, name, shape, row);
    const place = `${name}:${String(row[shape.clear[0] ?? ""])}`;
    const nonce = String.fromCharCode(...(row.sealed as Uint8Array).subarray(0, NONCE_BYTES));
    let text = safe.recall(place, nonce);
    if (text === undefined) {
      ({ text } = openBox(key, name, shape, row));
      safe.remember(place, nonce, text);
    }
    return withHidden(row, text);
  };
  return {
    ...below,
    mutate: (request) =>
      below.mutate(
        request.type === "add" || request.type === "put"
          ? { ...request, values: request.values.map((row) => seal(row as Row)) }
          : request,
      ),
    get: (request) => below.get(request).then((row) => open(row as Row | undefined)),
    getMany: (request) => below.getMany(request).then((rows) => rows.map((row) => open(row as Row | undefined))),
    query: (request) =>
      below
        .query(request)
        .then((answer) =>
          request.values ? { ...answer, result: answer.result.map((row) => open(row as Row)) } : answer,
        ),
    openCursor: (request) =>
      below
        .openCursor(request)
        .then((cursor) => (cursor && request.values ? openedCursor(cursor, open) : cursor)),
  };
}

function openedCursor(cursor: DBCoreCursor, open: (row: Row | undefined) => Row | undefined): DBCoreCursor {
  let stored: unknown;
  let opened: Row | undefined;
  return Object.create(cursor, {
    key: { get: () => cursor.key as unknown },
    primaryKey: { get: () => cursor.primaryKey as unknown },
    value: {
      get: () => {
        if (stored !== cursor.value) {
          stored = cursor.value;
          opened = open(stored as Row);
        }
        return opened;
      },
    },
  }) as DBCoreCursor;
}
