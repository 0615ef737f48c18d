/**
 * The phone's own tables. `records` holds complete scopes only; pages of a scope still arriving wait in
 * `incoming`. `outbox` holds every operation with the exact text that is sent, and is never migrated.
 */
import { Dexie, type DexieOptions, type EntityTable, type Table } from "dexie";
import type { RandomBytes } from "../protocol/identifiers";
import type {
  Authorship,
  Fields,
  OperationFault,
  RecordAddress,
  ResultStatus,
  Voided,
} from "../protocol/types";
import type { OfficeBox } from "../vault/office_box";
import type { Wrapping } from "../vault/pin";
import { Safe } from "../vault/safe";
import { sealing } from "../vault/sealing";

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

/** The one vault of this phone, in clear: nothing in it opens anything without the PIN or the office's private key. */
export interface VaultRow extends Wrapping {
  key: "current";
  vault: string;
  /** The data key sealed to the office; null until the phone has heard of the office's key. */
  office: OfficeBox | null;
  /** Under whom the office takes what it opens. */
  device: string | null;
  user: string | null;
  /** Wrong PINs since the last right one. */
  failures: number;
  /** Milliseconds that the lock screen must be in sight before the next try. */
  wait: number;
}

/** A row that an ended vault has left, as it lay there. The row of the table "vault" names who can open the others. */
export interface LeftRow {
  at?: number;
  vault: string;
  table: string;
  row: Record<string, unknown>;
}

const webRandom: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

export class PhoneDatabase extends Dexie {
  declare records: EntityTable<StoredRecord, "record">;
  declare incoming: EntityTable<StoredRecord, "record">;
  declare scopes: EntityTable<StoredScope, "scope">;
  declare outbox: Table<OutboxRow, number>;
  declare notes: EntityTable<Note, "key">;
  declare photos: EntityTable<PhotoRow, "evidence">;
  declare photo_bytes: EntityTable<PhotoBytes, "evidence">;
  declare vault: EntityTable<VaultRow, "key">;
  declare left: Table<LeftRow, number>;

  /**
   * `options` carries `indexedDB` and `IDBKeyRange` where the surroundings have none of their own. With
   * `sealed` false the rows are seen as they lie.
   */
  constructor(
    name = "inspection",
    private readonly surroundings: DexieOptions = {},
    readonly safe = new Safe(),
    sealed = true,
  ) {
    // Browsers answer before the bytes are on the flash chip unless strict durability is asked for.
    super(name, { chromeTransactionDurability: "strict", ...surroundings });
    this.version(1).stores({
      records: "record, scope, kind, parent, [kind+parent]",
      incoming: "record, scope",
      scopes: "scope",
      outbox: "n, &id, record, scope, kind, [kind+parent], state",
      notes: "key",
    });
    this.version(2).stores({ photos: "evidence, visit, state, scope", photo_bytes: "evidence" });
    this.version(3).stores({ vault: "key", left: "++at, vault, table" });
    if (sealed) this.use(sealing(safe, webRandom));
  }

  /** The same tables without their seal, for what moves rows and opens none. To be closed by whoever asks. */
  beneath(): PhoneDatabase {
    return new PhoneDatabase(this.name, this.surroundings, new Safe(), false);
  }
}
