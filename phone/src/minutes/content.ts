/**
 * The content of a visit record as one canonical value, the same as the server's (inspection/visits/record/content.py).
 * Both sides sign the digest over it; tests/visits/record/vectors.json holds the two languages together.
 */
import { uuid5 } from "../protocol/identifiers";
import type { Fields, Json } from "../protocol/types";

export interface Content {
  [section: string]: Json;
  form: number;
  visit: { [field: string]: Json };
  campaign: { [field: string]: Json };
  establishment: { [field: string]: Json };
  unit: string;
  team: Json[];
  parts: { [kind: string]: { [record: string]: { [field: string]: Json } } };
}

export interface Parts {
  visit: string;
  fields: Fields;
  campaign: Fields;
  establishment: Fields;
  unit: string;
  team: Fields[];
  parts: Record<string, Record<string, Fields>>;
}

const FORM = 1;
const VISIT = [
  "visited_on",
  "visit_type",
  "started_at",
  "finished_at",
  "lead",
  "checklists",
  "representative",
  "opinion",
  "note",
];
const CAMPAIGN = ["name", "decision_number", "decision_date", "legal_basis"];
const ESTABLISHMENT = ["name", "establishment_type", "address", "owner", "licence_number", "phone"];
const MEMBER = ["name", "position", "agency", "duty"];
const LEFT_OUT = new Set(["visit", "stored", "voided", "external_id"]);

const MOMENT =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
const DECIMAL = /^-?\d+\.\d+$/;

const empty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

function chosen(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.filter((name) => !empty(fields[name])).map((name) => [name, fields[name] as Json]));
}

function without(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => !LEFT_OUT.has(name) && !empty(value)));
}

export function contentOf(made: Parts): Content {
  const parts: Record<string, Json> = {};
  for (const [kind, records] of Object.entries(made.parts)) {
    const all = Object.entries(records).map(([record, fields]) => [record, without(fields)]);
    if (all.length > 0) parts[kind] = Object.fromEntries(all);
  }
  return normalised({
    form: FORM,
    visit: { id: made.visit, ...chosen(made.fields, VISIT) },
    campaign: chosen(made.campaign, CAMPAIGN),
    establishment: chosen(made.establishment, ESTABLISHMENT),
    unit: made.unit,
    team: made.team.map((member) => chosen(member, MEMBER)),
    parts,
  }) as Content;
}

/** The one form of a value: text in NFC, moments in UTC to the second, decimals without empty places, nothing null. */
export function normalised(value: Json): Json {
  if (typeof value === "string") return normalText(value.normalize("NFC"));
  if (Array.isArray(value)) return value.map(normalised);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(kept.map(([name, each]) => [name, normalised(each)]));
}

function normalText(text: string): string {
  if (MOMENT.test(text)) {
    const moment = Date.parse(text.replace(/\.\d+/, ""));
    return Number.isNaN(moment) || !isDay(text) ? text : `${new Date(moment).toISOString().slice(0, 19)}Z`;
  }
  if (!DECIMAL.test(text)) return text;
  const sign = text.startsWith("-") ? "-" : "";
  const [whole = "", rest = ""] = text.slice(sign.length).split(".");
  const places = rest.replace(/0+$/, "");
  const bare = (whole.replace(/^0+/, "") || "0") + (places ? `.${places}` : "");
  return bare === "0" ? bare : sign + bare;
}

/** Browsers read the 30th of February as the 2nd of March. */
function isDay(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split("-").map(Number) as [number, number, number];
  return year > 0 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

export function frozenIdentifier(visit: string, digest: string): string {
  return uuid5(visit, `record\n${digest}`);
}

/** What the square code on the shopkeeper's copy says. */
export function codeOf(visit: string, digest: string): string {
  return `BBKT1:${visit}:${digest}`;
}

/** A digest as people compare it: its first sixteen digits in groups of four. */
export function fingerprint(digest: string): string {
  return (digest.slice(0, 16).match(/.{4}/g) ?? []).join(" ").toUpperCase();
}
