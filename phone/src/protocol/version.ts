/** Versions ("generation.sequence") and cursors ("generation.sequence.hash"). */

export interface Version {
  generation: string;
  sequence: number;
}

export const NOTHING_SEEN = "0";

/** The generation and sequence of a version or cursor, or null for "0" and for anything unreadable. */
export function readVersion(text: string | null | undefined): Version | null {
  const [generation, digits] = (text ?? "").split(".");
  if (!generation || !digits || !/^\d+$/.test(digits)) return null;
  return { generation, sequence: Number(digits) };
}
