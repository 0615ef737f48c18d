/** Photos taken or chosen by the person: shrunk, hashed and durable on the phone before the screen shows them. */
import type { Intention } from "../outbox/making";
import { keepPhoto } from "../photos/taking";
import { shrink, type Shrunk } from "../photos/shrinking";
import { context, engine, me } from "../phone";
import { say, type WordKey } from "../words/index";
import "../words/photos";
import { writeFault } from "./act";
import { notice } from "../parts/notice";

export interface PhotoPlace {
  scope: string;
  visit: string;
  /** The record shown; null for the visit as a whole. */
  subject: string | null;
  /** What must exist before a photo can be of it. */
  before?: Intention[];
}

export async function addPhotos(place: PhotoPlace, files: readonly File[]): Promise<void> {
  // The browser's own hash is missing on pages without TLS.
  if (!globalThis.crypto?.subtle) return complain("photo.insecure");
  let kept = 0;
  for (const file of files) {
    let shrunk: Shrunk;
    try {
      shrunk = await shrink(file);
    } catch {
      complain("photo.unreadable");
      continue;
    }
    const now = context.clock.now();
    const taken_at = file.lastModified > 0 ? Math.min(file.lastModified, now) : now;
    const { scope, visit, subject } = place;
    try {
      await keepPhoto(context, me(), { scope, visit, subject, taken_at, ...shrunk }, place.before);
      kept += 1;
    } catch (fault) {
      complain(writeFault(fault));
      break;
    }
  }
  if (kept === 0) return;
  engine.request("change");
  if (kept === files.length) notice.value = { text: say("photo.kept", { count: kept }), tone: "done" };
}

function complain(key: WordKey): void {
  notice.value = { text: say(key), tone: "fault" };
}
