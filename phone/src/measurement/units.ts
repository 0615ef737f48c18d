/** Units in which quantities are written, and the dimension in which they can be compared. */
import { millionths } from "./exact";

const DIMENSIONS = {
  g: ["mass", 1n],
  kg: ["mass", 1000n],
  ml: ["volume", 1n],
  l: ["volume", 1000n],
  item: ["count", 1n],
  m: ["length", 1n],
  m2: ["area", 1n],
} as const;

export type Unit = keyof typeof DIMENSIONS;
export const UNITS = Object.keys(DIMENSIONS) as Unit[];

export function dimension(unit: string): string {
  return DIMENSIONS[unit as Unit][0];
}

/** A plain decimal in `unit` as millionths of its dimension's smallest unit (g, ml, item, m, m2). */
export function smallest(text: string, unit: string): bigint {
  return millionths(text) * DIMENSIONS[unit as Unit][1];
}

/** The smallest unit of the dimension, in which judgements are given. */
export function judgedIn(unit: string): Unit {
  return UNITS.find((each) => dimension(each) === dimension(unit) && DIMENSIONS[each][1] === 1n) ?? "g";
}
