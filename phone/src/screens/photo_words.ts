/** How far a photo has come, and why it has not come further, in words. */
import type { View } from "../outbox/overlay";
import type { PhotoRow } from "../store/database";
import { say, sayNamed } from "../words/index";
import "../words/photos";

/** `row` is there for photos of this phone; of others only the record is known. */
export function photoState(view: View, row: PhotoRow | undefined): string {
  if (row) return say(`photo.state.${row.state}`);
  return say(view.fields.stored === true ? "photo.state.stored" : "photo.state.elsewhere");
}

export function uploadWords(code: string): string {
  return sayNamed("upload", code, say("upload.other", { code }));
}
