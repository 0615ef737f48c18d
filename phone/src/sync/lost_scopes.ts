/** Scopes that are no longer the phone's: what it holds for them is pushed first, then they are dropped. */
import type { PhoneDatabase } from "../store/database";
import { forgetPhotosOf } from "../photos/keeping";
import { durable } from "../store/durable";

export async function hasLostScopes(database: PhoneDatabase): Promise<boolean> {
  const scopes = await durable(database, () => database.scopes.toArray());
  return scopes.some((row) => row.lost);
}

/** Drops records and cursor of every lost scope for which no operation waits to be sent. */
export function dropLostScopes(database: PhoneDatabase): Promise<string[]> {
  const { records, incoming, scopes, outbox, photos, photo_bytes } = database;
  const tables = [records, incoming, scopes, outbox, photos, photo_bytes];
  return durable(database, () =>
    database.transaction("rw", tables, async () => {
      const lost = (await database.scopes.toArray()).filter((row) => row.lost);
      const dropped: string[] = [];
      for (const { scope } of lost) {
        const operations = await database.outbox.where("scope").equals(scope).toArray();
        if (operations.some((row) => row.state === "waiting")) continue;
        await database.records.where("scope").equals(scope).delete();
        await database.incoming.where("scope").equals(scope).delete();
        await database.outbox
          .where("scope")
          .equals(scope)
          .and((row) => row.state === "acknowledged")
          .modify({ state: "finished" });
        await forgetPhotosOf(database, scope);
        await database.scopes.delete(scope);
        dropped.push(scope);
      }
      return dropped;
    }),
  );
}
