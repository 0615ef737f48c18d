/** An operation in words: what it changes, of what. */
import { operationOf } from "../outbox/outbox";
import type { Fields, Json } from "../protocol/types";
import { reader } from "../phone";
import { instrumentName } from "../records/measurements";
import { text } from "../records/reader";
import { FREE_CODE } from "../records/violations";
import type { OutboxRow } from "../store/database";
import { writeDay, writeDecimal, writeDong } from "../words/figures";
import { inLanguage, say, sayNamed } from "../words/index";
import "../words/intake";
import "../words/visits";
import "../words/records";

const HIDDEN = new Set([
  "visit",
  "campaign",
  "jurisdiction",
  "establishment",
  "answer",
  "checklist",
  "checklists",
  "violation_type",
  "covers",
  "unit",
  "lead",
  "sha256",
  "size",
  "media_type",
]);

/** Fields whose values are words of a closed list, with the prefix under which the dictionary has them. */
/** Sums in dong. */
const SUMS = new Set(["amount", "goods_value", "illegal_gain"]);

const WORD_LISTS: Record<string, string> = {
  goods_basis: "violation.goods_basis",
  result: "answer",
  petition_kind: "petition_kind",
  field: "petition_field",
  petitioner_type: "petitioner_type",
  channel: "petition_channel",
  status: "petition_status",
  sanction: "violation.sanction",
  severity: "violation.severity",
  visit_type: "visit.type",
  establishment_type: "establishment.type",
  measure_type: "measure.type",
  party: "finish",
  verdict: "measuring.verdict",
  evidence: "instrument.evidence",
  side: "instrument.side",
  nominal_unit: "measuring.unit",
  reading_unit: "measuring.unit",
};

/** Decimals of a measurement, as people write them. */
const MEASURED = new Set(["capacity", "division", "nominal", "references", "indications", "tares", "weights"]);

export function valueWords(field: string, value: Json | undefined): string {
  if (value === null || value === undefined || value === "")
    return field === "voided" ? say("value.restored") : say("conflict.empty_value");
  if (typeof value === "boolean") return say(value ? "value.true" : "value.false");
  if (SUMS.has(field) && typeof value === "number") return writeDong(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    if (field.endsWith("_on")) return writeDay(value);
    if (field === "instrument") return instrumentName(value);
    if (MEASURED.has(field)) return writeDecimal(value);
    const list = WORD_LISTS[field];
    return list ? sayNamed(list, value) : value;
  }
  if (Array.isArray(value))
    return value.map((each) => valueWords(field, each)).join(MEASURED.has(field) ? "; " : ", ");
  if (field === "voided")
    return say("value.voided", { reason: typeof value.reason === "string" ? value.reason : "" });
  const parts = Object.entries(value).filter(([, part]) => part !== null);
  return parts.map(([name, part]) => valueWords(name, part)).join(" · ") || say("conflict.empty_value");
}

export function fieldLines(fields: Fields): { field: string; name: string; value: string }[] {
  return Object.entries(fields)
    .filter(([field]) => !HIDDEN.has(field))
    .map(([field, value]) => ({ field, name: sayNamed("field", field), value: valueWords(field, value) }));
}

/** The server's words on a field come in both languages, Vietnamese first. */
export function faultWords(messages: string | string[] | undefined): string {
  return [messages ?? []]
    .flat()
    .map((each) => {
      const [vietnamese = each, english] = each.split(" / ");
      return inLanguage(vietnamese, english);
    })
    .join(" ");
}

export interface OperationWords {
  row: OutboxRow;
  title: string;
  detail: string;
  visit: string;
}

/** The kind and what identifies the record, and where it belongs. */
export async function describe(row: OutboxRow): Promise<OperationWords> {
  const from = reader.value;
  const { fields } = operationOf(row);
  const view = await from.one(row.record);
  const known = { ...view?.fields, ...fields };
  const visit = row.kind === "visit" ? row.record : row.parent;
  const visitView = row.kind === "establishment" ? undefined : await from.one(visit);
  const place = await from.one(text(visitView, "establishment"));
  const code = known.code === FREE_CODE ? say("violation.free") : known.code;
  const shown = row.kind === "evidence" ? await from.one(text(view, "subject")) : undefined;
  const marks = shown
    ? [shown.fields.item, shown.fields.description, shown.fields.code]
    : [known.item, row.kind === "evidence" ? null : known.subject, code, known.name, known.product];
  const mark = marks.find((each) => typeof each === "string");
  const kind = sayNamed("kind", row.kind);
  return {
    row,
    title: typeof mark === "string" ? `${kind}: ${mark}` : kind,
    detail: inLanguage(text(place, "name"), text(place, "name")),
    visit: visitView ? visit : "",
  };
}
