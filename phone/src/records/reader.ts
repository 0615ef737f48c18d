/** Reads records as this person sees them: pulled state under the own operations, see `outbox/overlay`. */
import { isOverlaid, overlay, type View } from "../outbox/overlay";
import type { OutboxRow, PhoneDatabase, StoredRecord } from "../store/database";

export class Reader {
  constructor(
    readonly database: PhoneDatabase,
    readonly user: string,
  ) {}

  async one(record: string): Promise<View | undefined> {
    const [pulled, rows] = await Promise.all([
      this.database.records.get(record),
      this.database.outbox.where("record").equals(record).toArray(),
    ]);
    return overlay(pulled, this.own(rows));
  }

  /** The records under these identifiers, as far as they are here. */
  async several(records: readonly string[]): Promise<View[]> {
    const asked = [...records];
    const [pulled, rows] = await Promise.all([
      this.database.records.bulkGet(asked),
      this.database.outbox.where("record").anyOf(asked).toArray(),
    ]);
    return this.views(pulled.filter((each) => each !== undefined), rows);
  }

  /** Records of a kind that belong to `parent`, voided ones included. */
  async children(kind: string, parent: string): Promise<View[]> {
    const [pulled, rows] = await Promise.all([
      this.database.records.where("[kind+parent]").equals([kind, parent]).toArray(),
      this.database.outbox.where("[kind+parent]").equals([kind, parent]).toArray(),
    ]);
    return this.views(pulled, rows);
  }

  /** Every record of a kind, voided ones included. */
  async all(kind: string): Promise<View[]> {
    const [pulled, rows] = await Promise.all([
      this.database.records.where("kind").equals(kind).toArray(),
      this.database.outbox.where("kind").equals(kind).toArray(),
    ]);
    return this.views(pulled, rows);
  }

  private own(rows: readonly OutboxRow[]): OutboxRow[] {
    return rows.filter((row) => row.user === this.user && isOverlaid(row));
  }

  private views(pulled: readonly StoredRecord[], rows: readonly OutboxRow[]): View[] {
    const operations = new Map<string, OutboxRow[]>();
    for (const row of this.own(rows))
      operations.set(row.record, [...(operations.get(row.record) ?? []), row]);
    const views: View[] = [];
    for (const record of pulled) {
      views.push(overlay(record, operations.get(record.record) ?? []) as View);
      operations.delete(record.record);
    }
    for (const made of operations.values()) {
      const view = overlay(undefined, made);
      if (view) views.push(view);
    }
    return views;
  }
}

/** A field as text, "" where there is none. */
export function text(view: View | undefined, field: string): string {
  const value = view?.fields[field];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function texts(view: View | undefined, field: string): string[] {
  const value = view?.fields[field];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

export const inForce = (view: View): boolean => view.voided === null;
