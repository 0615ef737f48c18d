/**
 * Canonical JSON and its digest, byte for byte those of the server: keys by code point, no white space, whole numbers
 * only (decimals travel as text).
 */
import type { Json } from "./types";

const byCodePoint = (left: string, right: string): number => {
  const [one, other] = [Array.from(left), Array.from(right)];
  for (let at = 0; at < one.length && at < other.length; at += 1) {
    const apart = (one[at]?.codePointAt(0) ?? 0) - (other[at]?.codePointAt(0) ?? 0);
    if (apart !== 0) return apart;
  }
  return one.length - other.length;
};

export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort(byCodePoint);
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(",")}}`;
}

/** SHA-256 over the canonical bytes, in hex digits. */
export async function digestOf(value: Json): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(value));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
