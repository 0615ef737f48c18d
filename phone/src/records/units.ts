/** The communes, townships and wards of a day. */
import type { View } from "../outbox/overlay";
import { holdsOn } from "./checklists";
import { type Reader, text } from "./reader";

const GROUND_LEVELS = ["commune", "township", "ward"];

export async function groundUnits(reader: Reader, day: string): Promise<View[]> {
  const units = (await reader.all("unit")).filter(
    (unit) => holdsOn(unit, day) && GROUND_LEVELS.includes(text(unit, "level")),
  );
  return units.sort((left, right) => text(left, "name").localeCompare(text(right, "name"), "vi"));
}
