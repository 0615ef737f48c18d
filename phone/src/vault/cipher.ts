/**
 * One row of the phone's tables as it lies on the flash chip: the few columns that questions are asked by stay in clear,
 * everything else is one sealed column. Pure and synchronous, because an IndexedDB transaction ends as soon as
 * something else is waited for.
 *
 *     sealed  = nonce, 12 random bytes ‖ ChaCha20-Poly1305 (RFC 8439) ciphertext with its 16-byte tag
 *     content = length of the text, 4 bytes, big end first ‖ JSON, UTF-8 ‖ the bytes of the one binary column, if any
 *     bound to the place of the row: "table:key", UTF-8
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import type { RandomBytes } from "../protocol/identifiers";

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
const LENGTH_BYTES = 4;

export type Row = Record<string, unknown>;

export interface SealedShape {
  /** Columns left in clear; the first is the primary key. */
  clear: readonly string[];
  /** The column that holds an ArrayBuffer. */
  binary?: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function placeOf(table: string, key: unknown): Uint8Array {
  return encoder.encode(`${table}:${String(key)}`);
}

export function sealRow(key: Uint8Array, random: RandomBytes, table: string, shape: SealedShape, row: Row): Row {
  const stored: Row = {};
  const hidden: Row = {};
  let bytes = new Uint8Array();
  for (const [name, value] of Object.entries(row)) {
    if (shape.clear.includes(name)) stored[name] = value;
    else if (name === shape.binary) bytes = new Uint8Array(value as ArrayBuffer);
    else hidden[name] = value;
  }
  const text = encoder.encode(JSON.stringify(hidden));
  const content = new Uint8Array(LENGTH_BYTES + text.length + bytes.length);
  new DataView(content.buffer).setUint32(0, text.length);
  content.set(text, LENGTH_BYTES);
  content.set(bytes, LENGTH_BYTES + text.length);
  const nonce = random(NONCE_BYTES);
  const box = chacha20poly1305(key, nonce, placeOf(table, row[shape.clear[0] ?? ""])).encrypt(content);
  const sealed = new Uint8Array(NONCE_BYTES + box.length);
  sealed.set(nonce);
  sealed.set(box, NONCE_BYTES);
  return { ...stored, sealed };
}

/** The sealed columns as JSON, and the bytes beside them. Throws when altered, moved, or sealed with another key. */
export function openBox(
  key: Uint8Array,
  table: string,
  shape: SealedShape,
  stored: Row,
): { text: string; bytes: Uint8Array } {
  const box = stored.sealed as Uint8Array;
  const place = placeOf(table, stored[shape.clear[0] ?? ""]);
  const content = chacha20poly1305(key, box.subarray(0, NONCE_BYTES), place).decrypt(box.subarray(NONCE_BYTES));
  const length = new DataView(content.buffer, content.byteOffset).getUint32(0);
  const text = decoder.decode(content.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  return { text, bytes: content.subarray(LENGTH_BYTES + length) };
}

/** The row with its hidden columns, given as JSON, in place of the sealed one. */
export function withHidden({ sealed: _, ...clear }: Row, text: string): Row {
  return Object.assign(clear, JSON.parse(text));
}

/** The whole row; see `openBox`. */
export function openRow(key: Uint8Array, table: string, shape: SealedShape, stored: Row): Row {
  const { text, bytes } = openBox(key, table, shape, stored);
  const row = withHidden(stored, text);
  if (shape.binary) row[shape.binary] = bytes.slice().buffer;
  return row;
}
