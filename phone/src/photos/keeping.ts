/**
 * Photos on this phone: written down together with the operation that announces them, and let go only when a
 * pull has shown that the server stores the bytes.
 */
import { type CoreContext, newIdentifier } from "../outbox/context";
import { type Intention, makeOperations } from "../outbox/making";
import { withOffset } from "../protocol/time";
import type { PhoneDatabase, PhotoRow } from "../store/database";
import { durable } from "../store/durable";

export const MEDIA_TYPE = "image/jpeg";

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

/** Lets go of the bytes of every photo that a pull has shown as stored. */
export function forgetStored(database: PhoneDatabase): Promise<number> {
  const { photos, photo_bytes, records } = database;
  return durable(database, () =>
    database.transaction("rw", [photos, photo_bytes, records], async () => {
      const open = await photos.where("state").notEqual("stored").primaryKeys();
      const pulled = await records.bulkGet(open);
      const stored = open.filter((_, index) => pulled[index]?.fields.stored === true);
      await photo_bytes.bulkDelete(stored);
      await photos.where("evidence").anyOf(stored).modify({ state: "stored" });
      return stored.length;
    }),
  );
}

/** In a scope that is gone no pull can show anything: what the server has acknowledged is let go. */
export async function forgetPhotosOf(database: PhoneDatabase, scope: string): Promise<void> {
  const gone = await database.photos
    .where("scope")
    .equals(scope)
    .and((row) => row.state === "sent" || row.state === "stored")
    .primaryKeys();
  await Promise.all([database.photos.bulkDelete(gone), database.photo_bytes.bulkDelete(gone)]);
}

/** A refused photo is tried again because a person says so. */
export function tryAgain(database: PhoneDatabase, evidence: string): Promise<number> {
  return durable(database, () =>
    database.photos
      .where("evidence")
      .equals(evidence)
      .and((row) => row.state === "refused")
      .modify({ state: "waiting", failures: 0 }),
  );
}
