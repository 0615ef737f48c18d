/** What travels between phone and server: the shapes of sync protocol version 1. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Fields = Record<string, Json>;

/** One intended change to one record. `base` is "generation.sequence" or "0". */
export interface Operation {
  id: string;
  n: number;
  schema: number;
  kind: string;
  record: string;
  scope: string;
  base: string;
  fields: Fields;
  made_at: string;
  settles?: string[];
  /** A petitioner's identity, encrypted where it was typed. Never a field. */
  sealed?: { key: string; box: string; marks?: string[] };
}

export interface RecordAddress {
  kind: string;
  record: string;
}

export interface OperationFault {
  code: string;
  message?: string;
  fields?: Record<string, string[]>;
}

export type ResultStatus = "applied" | "merged" | "conflict" | "held" | "rejected" | "retry";

export interface OperationResult {
  id: string;
  status: ResultStatus;
  seq?: number;
  conflicts?: { id: string; field: string }[];
  waits_for?: RecordAddress;
  error?: OperationFault;
  replayed?: boolean;
}

export interface PushAnswer {
  results: OperationResult[];
  server_time?: string;
}

export interface Authorship {
  user: string;
  at: string;
}

export interface Voided {
  reason?: string;
}

/** The whole current state of one record, as pulled. */
export interface Change {
  scope: string;
  seq: number;
  kind: string;
  record: string;
  version: string;
  fields: Fields;
  authors?: Record<string, Authorship>;
  voided?: Voided | null;
}

export interface Resync {
  scope: string;
  restored_to: number | null;
}

export interface PullAnswer {
  scopes: string[];
  changes: Change[];
  cursors: Record<string, string>;
  more: boolean;
  resync?: Resync[];
}

export interface Problem {
  code: string;
  message?: string;
}
