/**
 * The phone's own tables. `records` holds complete scopes only; pages of a scope still arriving wait in
 * `incoming`. `outbox` holds every operation with the exact text that is sent, and is never migrated.
 */
import { Dexie, type DexieOptions, type EntityTable, type Table } from "dexie";
import type {
  Authorship,
  Fields,
  OperationFault,
  RecordAddress,
  ResultStatus,
  Voided,
} from "../protocol/types";

export interface StoredRecord {
  record: string;
  kind: string;
  scope: string;
  /** The record it belongs to, or "" where there is none. */
  parent: string;
  version: string;
  fields: Fields;
  authors: Record<string, Authorship>;
  voided: Voided | null;
}

export interface StoredScope {
  scope: string;
  /** As the server gave it; null before the first page. */
  cursor: string | null;
  /** True once every page up to the cursor is in `records`. */
  complete: boolean;
  /** The scope is being read anew: what does not come again is dropped at the end. */
  replacing: boolean;
  /** No longer ours; dropped as soon as nothing in the outbox waits for it. */
  lost: boolean;
}

/**
 * waiting: the server has not acknowledged it. acknowledged: stored there, not yet pulled back.
 * held: kept by the server until another record arrives. rejected: needs a person's attention.
 * finished: pulled back, or dealt with by a person.
 */
export type OperationState = "waiting" | "acknowledged" | "held" | "rejected" | "finished";

export interface OutboxRow {
  n: number;
  id: string;
  user: string;
  kind: string;
  record: string;
  scope: string;
  parent: string;
  base: string;
  /** The operation exactly as it is sent, each time the same. */
  body: string;
  size: number;
  state: OperationState;
  made_at: string;
  attempts: number;
  status?: ResultStatus;
  sequence?: number;
  acknowledged_at?: number;
  waits_for?: RecordAddress;
  error?: OperationFault;
  /** The device under which a used number was refused; another device may send it again. */
  refused_device?: string;
  resolution?: "left_to_office" | "corrected";
}

/**
 * waiting: the bytes are not on the server. sent: they are, as it answered. stored: a pull has shown it, and the
 * bytes are gone from here. refused: it will never take them as they are.
 */
export type PhotoState = "waiting" | "sent" | "stored" | "refused";

/** A photo taken on this phone, apart from its bytes, so that noting its progress does not write those again. */
export interface PhotoRow {
  evidence: string;
  user: string;
  scope: string;
  visit: string;
  size: number;
  /** A small JPEG for lists, kept when the photo itself is gone. */
  thumbnail: ArrayBuffer;
  state: PhotoState;
  failures: number;
  error?: string;
  sent_at?: number;
}

export interface PhotoBytes {
  evidence: string;
  bytes: ArrayBuffer;
}

export interface Note {
  key: string;
  value: unknown;
}

export class PhoneDatabase extends Dexie {
  declare records: EntityTable<StoredRecord, "record">;
  declare incoming: EntityTable<StoredRecord, "record">;
  declare scopes: EntityTable<StoredScope, "scope">;
  declare outbox: Table<OutboxRow, number>;
  declare notes: EntityTable<Note, "key">;
  declare photos: EntityTable<PhotoRow, "evidence">;
  declare photo_bytes: EntityTable<PhotoBytes, "evidence">;

  /** `options` carries `indexedDB` and `IDBKeyRange` where the surroundings have none of their own. */
  constructor(name = "inspection", options: DexieOptions = {}) {
    // Browsers answer before the bytes are on the flash chip unless strict durability is asked for.
    super(name, { chromeTransactionDurability: "strict", ...options });
    this.version(1).stores({
      records: "record, scope, kind, parent, [kind+parent]",
      incoming: "record, scope",
      scopes: "scope",
      outbox: "n, &id, record, scope, kind, [kind+parent], state",
      notes: "key",
    });
    this.version(2).stores({ photos: "evidence, visit, state, scope", photo_bytes: "evidence" });
  }
}
