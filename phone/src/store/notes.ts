/** Small named values: the operation counter, the session, the person's choices. */
import type { PhoneDatabase } from "./database";

export async function readNote<T>(database: PhoneDatabase, key: string): Promise<T | undefined> {
  return (await database.notes.get(key))?.value as T | undefined;
}

export async function writeNote(database: PhoneDatabase, key: string, value: unknown): Promise<void> {
  await database.notes.put({ key, value });
}
