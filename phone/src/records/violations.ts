/** Acts of the catalogue with the fines they carry, as far as those were read in the source. */
import type { View } from "../outbox/overlay";
import type { Json } from "../protocol/types";
import { inLanguage, say } from "../words/index";
import "../words/visits";
import { writeDong } from "../words/figures";
import { holdsOn } from "./checklists";
import { type Reader, text } from "./reader";

/** The code of an act that no catalogue lists. */
export const FREE_CODE = "other";

const FULLY_READ = new Set(["full", "quoted_amended", "true"]);

export function isVerified(act: View): boolean {
  return FULLY_READ.has(text(act, "verified"));
}

export function actName(act: View): string {
  return inLanguage(act.fields.name_vi, act.fields.name_en);
}

/** Every act in force on the day, by code. */
export async function catalogueOn(reader: Reader, day: string): Promise<Map<string, View>> {
  const acts = (await reader.all("violation_type")).filter((act) => holdsOn(act, day));
  acts.sort((left, right) => text(left, "code").localeCompare(text(right, "code"), "vi", { numeric: true }));
  return new Map(acts.map((act) => [text(act, "code"), act]));
}

interface Range {
  least: number;
  most: number;
}

function amount(value: Json | undefined): number | null {
  return typeof value === "number" ? value : null;
}

/** The range for individuals and for organisations, which pay double; null where none was read. */
export function fineRanges(act: View): { individual: Range; organisation: Range } | null {
  const least = amount(act.fields.fine_minimum);
  const most = amount(act.fields.fine_maximum);
  if (most === null) return null;
  const stated = { least: least ?? 0, most };
  const times = (factor: number): Range => ({ least: stated.least * factor, most: stated.most * factor });
  return text(act, "fine_for") === "organisation"
    ? { individual: times(0.5), organisation: stated }
    : { individual: stated, organisation: times(2) };
}

function writeRange({ least, most }: Range): string {
  if (least === most) return writeDong(most);
  return least > 0
    ? `${writeDong(least)} – ${writeDong(most)}`
    : say("violation.fine.up_to", { amount: writeDong(most) });
}

export function fineLines(act: View): string[] {
  const ranges = fineRanges(act);
  if (!ranges) return [];
  return [
    say("violation.fine.individual", { range: writeRange(ranges.individual) }),
    say("violation.fine.organisation", { range: writeRange(ranges.organisation) }),
  ];
}

/** What of the violation the act's fine goes by: the value of the goods, the illegal gain, both, or neither. */
export function fineGoesBy(act: View | undefined): { goods: boolean; gain: boolean } {
  const tiers = act?.fields.tiers;
  const names = Array.isArray(tiers) ? tiers.flatMap((tier) => (tier ? Object.keys(tier) : [])) : [];
  return {
    goods: names.includes("goods_value_vnd") || names.includes("multiple_of_goods_value"),
    gain: names.includes("illegal_gain_vnd") || names.includes("multiple_of_gain"),
  };
}

export function legalBasis(view: View): string {
  return text(view, "legal_basis");
}
