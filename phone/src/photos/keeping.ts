/** How long photos stay on this phone: they are let go only when a pull has shown that the server stores the bytes. */
import type { PhoneDatabase } from "../store/database";
import { durable } from "../store/durable";

export const MEDIA_TYPE = "image/jpeg";

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
