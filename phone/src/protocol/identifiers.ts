/** Record identifiers: UUIDv7 where the phone makes a record, UUIDv5 where two phones must meet. */

import { sha1 } from "./sha1";

export type RandomBytes = (count: number) => Uint8Array;

function format(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ].join("-");
}

function stamp(bytes: Uint8Array, version: number): Uint8Array {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

export function uuid7(milliseconds: number, random: RandomBytes): string {
  const bytes = new Uint8Array(16);
  let rest = milliseconds;
  for (let position = 5; position >= 0; position -= 1) {
    bytes[position] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random(10), 6);
  return format(stamp(bytes, 7));
}

export function uuid5(namespace: string, name: string): string {
  const digits = namespace.replaceAll("-", "");
  const space = Uint8Array.from({ length: 16 }, (_, index) =>
    parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
  const text = new TextEncoder().encode(name);
  const input = new Uint8Array(space.length + text.length);
  input.set(space);
  input.set(text, space.length);
  return format(stamp(sha1(input).slice(0, 16), 5));
}

/** A subject is compared as typed by two people: composed form, one space between words. */
export function normalSubject(subject: string | null | undefined): string {
  return (subject ?? "").normalize("NFC").trim().replace(/\s+/g, " ");
}

/** The answer to one item about one subject has the same identifier on every phone. */
export function answerIdentifier(visit: string, item: string, subject?: string | null): string {
  return uuid5(visit, `${item}\n${normalSubject(subject)}`);
}
