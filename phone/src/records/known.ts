/** Goods and instruments that this phone has met before, by the code printed on them. */
import type { View } from "../outbox/overlay";
import { inForce, type Reader, text } from "./reader";

/** The newest package check of goods with this barcode. */
export function knownGoods(reader: Reader, barcode: string): Promise<View | undefined> {
  return newest(reader, "package_check", "barcode", barcode);
}

/** The newest check of the instrument with this serial number. */
export function knownInstrument(reader: Reader, serial: string): Promise<View | undefined> {
  return newest(reader, "instrument_check", "serial", serial);
}

/** Identifiers begin with the time they were made at, so the greatest is the newest. */
async function newest(reader: Reader, kind: string, field: string, code: string): Promise<View | undefined> {
  if (!code) return undefined;
  const found = (await reader.all(kind)).filter((view) => inForce(view) && text(view, field) === code);
  return found.sort((left, right) => right.record.localeCompare(left.record))[0];
}
