/** Establishments that the office has found to be one: what was made at either is read as made at the standing one. */
import type { View } from "../outbox/overlay";
import { type Reader, text } from "./reader";

/** Longer chains exist only where somebody made a circle. */
const LONGEST_CHAIN = 8;

/** The establishments under `ids` as they stand, each under the identifier that was asked for. */
export async function standing(reader: Reader, ids: Iterable<string>): Promise<Map<string, View>> {
  const asked = [...new Set(ids)].filter(Boolean);
  const known = new Map((await reader.several(asked)).map((view) => [view.record, view]));
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const missing = [...known.values()]
      .map((view) => text(view, "merged_into"))
      .filter((id) => id !== "" && !known.has(id));
    if (missing.length === 0) break;
    for (const view of await reader.several([...new Set(missing)])) known.set(view.record, view);
  }
  const found = new Map<string, View>();
  for (const id of asked) {
    const view = follow(known, id);
    if (view) found.set(id, view);
  }
  return found;
}

function follow(known: ReadonlyMap<string, View>, id: string): View | undefined {
  let view = known.get(id);
  for (let step = 0; view && step < LONGEST_CHAIN; step += 1) {
    const next = known.get(text(view, "merged_into"));
    if (!next) return view;
    view = next;
  }
  return view;
}
