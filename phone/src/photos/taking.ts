/** Taking up a photo: written down together with the operation that announces it. */
import { type CoreContext, newIdentifier } from "../outbox/context";
import { type Intention, makeOperations } from "../outbox/making";
import { withOffset } from "../protocol/time";
import type { PhotoRow } from "../store/database";
import { durable } from "../store/durable";
import { MEDIA_TYPE } from "./keeping";

export interface Photo {
  scope: string;
  visit: string;
  /** The answer, violation or measure it shows; null for the visit as a whole. */
  subject: string | null;
  bytes: ArrayBuffer;
  /** SHA-256 of the bytes in hex digits. */
  sha256: string;
  thumbnail: ArrayBuffer;
  /** Milliseconds of the phone's clock. */
  taken_at: number;
}

/**
 * Writes the photo and its operation down, both or none, after the operations of `before` (what the photo is
 * about may have to be created first). Answers the identifier of the evidence.
 */
export function keepPhoto(
  context: CoreContext,
  user: string,
  photo: Photo,
  before: readonly Intention[] = [],
): Promise<string> {
  const { database } = context;
  const { scope, visit, bytes, thumbnail } = photo;
  const evidence = newIdentifier(context);
  const announced: Intention = {
    kind: "evidence",
    record: evidence,
    scope,
    fields: {
      visit,
      ...(photo.subject === null ? {} : { subject: photo.subject }),
      sha256: photo.sha256,
      size: bytes.byteLength,
      media_type: MEDIA_TYPE,
      taken_at: withOffset(photo.taken_at),
    },
  };
  const row: PhotoRow = {
    evidence,
    user,
    scope,
    visit,
    size: bytes.byteLength,
    thumbnail,
    state: "waiting",
    failures: 0,
  };
  const { outbox, notes, records, photos, photo_bytes } = database;
  return durable(database, () =>
    database.transaction("rw", [outbox, notes, records, photos, photo_bytes], async () => {
      await makeOperations(context, user, [...before, announced]);
      await photo_bytes.put({ evidence, bytes });
      await photos.put(row);
      return evidence;
    }),
  );
}
