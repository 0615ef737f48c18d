/**
 * What the person sees of a record: its pulled state with the phone's own operations laid over it, as long
 * as those are not contained in what was pulled. Operations rejected stay in sight, marked, until a person
 * has dealt with them.
 */
import type { Authorship, Fields, Json, Operation, Voided } from "../protocol/types";
import type { OperationState, OutboxRow, StoredRecord } from "../store/database";

export type Standing = "stored" | "waiting" | "held" | "rejected";

export interface View {
  record: string;
  kind: string;
  scope: string;
  parent: string;
  /** Pulled version, or null while the record exists on this phone only. */
  version: string | null;
  fields: Fields;
  authors: Record<string, Authorship>;
  voided: Voided | null;
  /** The least settled of the operations in sight. */
  standing: Standing;
  /** Fields that this phone changed and has not pulled back. */
  own: ReadonlySet<string>;
}

export const OVERLAID: readonly OperationState[] = ["waiting", "acknowledged", "held", "rejected"];

const RANK: Record<Standing, number> = { stored: 0, waiting: 1, held: 2, rejected: 3 };

function standingOf(row: OutboxRow): Standing {
  if (row.state === "waiting" || row.state === "held" || row.state === "rejected") return row.state;
  return "stored";
}

export function isOverlaid(row: OutboxRow): boolean {
  return OVERLAID.includes(row.state);
}

function voidedBy(value: Json | undefined): Voided | null {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  return typeof value.reason === "string" ? { reason: value.reason } : {};
}

/** Lays `rows` (of one record, any order) over `pulled`; undefined when there is neither. */
export function overlay(pulled: StoredRecord | undefined, rows: readonly OutboxRow[]): View | undefined {
  const live = rows.filter(isOverlaid).sort((left, right) => left.n - right.n);
  const first = live[0];
  if (!pulled && !first) return undefined;
  const view: View = {
    record: pulled?.record ?? first?.record ?? "",
    kind: pulled?.kind ?? first?.kind ?? "",
    scope: pulled?.scope ?? first?.scope ?? "",
    parent: pulled?.parent || first?.parent || "",
    version: pulled?.version ?? null,
    fields: { ...pulled?.fields },
    authors: pulled?.authors ?? {},
    voided: pulled?.voided ?? null,
    standing: "stored",
    own: new Set(live.flatMap((row) => Object.keys((JSON.parse(row.body) as Operation).fields))),
  };
  for (const row of live) {
    const { voided, ...fields } = (JSON.parse(row.body) as Operation).fields;
    Object.assign(view.fields, fields);
    if (voided !== undefined) view.voided = voidedBy(voided);
    const standing = standingOf(row);
    if (RANK[standing] > RANK[view.standing]) view.standing = standing;
  }
  return view;
}
