/**
 * The code by which a colleague joins a visit without signal: the content of the operation that created it, so
 * that both phones hold the same create and whichever reaches the server first makes the visit. Pure.
 */
import type { Fields, Json } from "../protocol/types";

/** Changes when older phones could not read the code any more. */
const TAG = "KT1";

export interface Creation {
  kind: "establishment" | "visit";
  record: string;
  fields: Fields;
}

export interface Invitation {
  jurisdiction: string;
  /** The establishment, where it is as new as the visit, and the visit at the end. */
  creations: Creation[];
}

export type Unreadable = "unreadable" | "other_version";

/** What a code may carry of each kind, with the fields that must be there. */
const CARRIED: Record<Creation["kind"], { needed: readonly string[]; other: readonly string[] }> = {
  establishment: {
    needed: ["name", "operating"],
    other: ["address", "unit", "owner", "licence_number", "establishment_type", "risk", "phone"].concat([
      "latitude",
      "longitude",
      "accuracy",
    ]),
  },
  visit: {
    needed: ["campaign", "establishment", "visited_on"],
    other: ["visit_type", "started_at", "unit", "lead", "checklists"],
  },
};

const IDENTIFIER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function writeCode({ jurisdiction, creations }: Invitation): string {
  const rows = creations.map(({ kind, record, fields }) => [kind, record, fields]);
  return JSON.stringify({ v: TAG, j: jurisdiction, o: rows });
}

/**
 * What the code carries of a record: each field as it was created, unless it has been changed since. Such a field
 * is left to the phone that changed it, or two phones would disagree that never did; one that must be there is
 * carried as it stands. `created` is null where the creation is not known here.
 */
export function carriedFields(kind: Creation["kind"], created: Fields | null, now: Fields): Fields {
  const { needed, other } = CARRIED[kind];
  const fields: Fields = {};
  for (const name of [...needed, ...other]) {
    const value = now[name] ?? null;
    if (value === null) continue;
    const unchanged = !created || JSON.stringify(created[name] ?? null) === JSON.stringify(value);
    if (unchanged || needed.includes(name)) fields[name] = value;
  }
  return fields;
}

export function readCode(text: string): Invitation | Unreadable {
  let code: unknown;
  try {
    code = JSON.parse(text.trim());
  } catch {
    return "unreadable";
  }
  if (!isObject(code) || typeof code.v !== "string" || !/^KT\d+$/.test(code.v)) return "unreadable";
  if (code.v !== TAG) return "other_version";
  const { j: jurisdiction, o: rows } = code;
  if (!isIdentifier(jurisdiction) || !Array.isArray(rows) || rows.length === 0 || rows.length > 2)
    return "unreadable";
  const creations = rows.map(readCreation);
  if (!creations.every((each) => each !== null) || creations.at(-1)?.kind !== "visit") return "unreadable";
  return { jurisdiction, creations };
}

function readCreation(row: Json): Creation | null {
  if (!Array.isArray(row) || row.length !== 3) return null;
  const [kind, record, fields] = row;
  if ((kind !== "visit" && kind !== "establishment") || !isIdentifier(record) || !isObject(fields)) return null;
  const { needed, other } = CARRIED[kind];
  const names = Object.keys(fields);
  const known = names.every((name) => needed.includes(name) || other.includes(name));
  const whole = needed.every((name) => names.includes(name));
  const plain = Object.values(fields).every(isPlain);
  if (kind === "visit" && !(isIdentifier(fields.campaign) && isIdentifier(fields.establishment))) return null;
  return known && whole && plain ? { kind, record, fields } : null;
}

function isObject(value: unknown): value is Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isIdentifier(value: unknown): value is string {
  return typeof value === "string" && IDENTIFIER.test(value);
}

function isPlain(value: Json): boolean {
  if (Array.isArray(value)) return value.every((each) => typeof each === "string");
  return typeof value === "string" || typeof value === "boolean";
}
