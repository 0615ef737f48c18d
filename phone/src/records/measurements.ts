/** What was measured and sampled, in words, and the acts of the catalogue that a failure may raise. */
import {
  type InstrumentJudgement,
  instrumentJudgement,
  type PackageJudgement,
  packageJudgement,
} from "../measurement/judging";
import { instrumentOf } from "../measurement/tables";
import { OTHER } from "../measurement/verification";
import type { View } from "../outbox/overlay";
import { writeDecimal } from "../words/figures";
import "../words/measurement";
import { inLanguage, say, sayNamed } from "../words/index";
import { text } from "./reader";
import type { VisitFile } from "./visits";

export function instrumentName(id: string): string {
  if (id === OTHER) return say("instrument.other");
  const known = instrumentOf(id);
  return known ? inLanguage(known.name_vi, known.name_en) : id;
}

/** Trade first: the team mostly checks shops; the second act is that of makers and importers. */
export const PACKAGE_ACTS = ["DL-09", "DL-07"] as const;

/** The acts that a failed instrument check amounts to. */
export function instrumentActs(judgement: InstrumentJudgement): string[] {
  const acts: string[] = [];
  if (["expired", "no_evidence", "damaged"].includes(judgement.verification ?? "")) acts.push("DL-01");
  if (judgement.lines?.some((line) => line.fits === false)) acts.push("DL-05");
  if (judgement.division_fits === false) acts.push("DL-04");
  return acts;
}

export interface MeasuredProgress {
  total: number;
  passed: number;
  failed: number;
  screened: number;
}

/**
 * What was measured and sampled amounts to: failed with the force of a verdict, or as screening only. The office's
 * `measurements.outcomes` counts the same.
 */
export function measuredIn(file: VisitFile): MeasuredProgress {
  const day = text(file.visit, "visited_on");
  const judged = [
    ...file.packages.map((view) => packageJudgement(view.fields, day)),
    ...file.instruments.map((view) => instrumentJudgement(view.fields, day)),
  ];
  const results = file.samples.map((view) => text(view, "result"));
  const failed = judged.filter(({ verdict }) => verdict === "fail");
  const screened = failed.filter(({ indicative }) => indicative.length > 0).length;
  return {
    total: judged.length + results.length,
    passed:
      judged.filter(({ verdict }) => verdict === "pass").length +
      results.filter((result) => result === "pass").length,
    failed: failed.length - screened + results.filter((result) => result === "fail").length,
    screened,
  };
}

export function describePackages(view: View, judgement: PackageJudgement): string {
  return say("package.description", {
    product: text(view, "product"),
    nominal: writeDecimal(text(view, "nominal")),
    unit: sayNamed("measuring.unit", text(view, "nominal_unit")),
    lot: text(view, "lot_size"),
    count: judgement.count ?? 0,
    mean: writeDecimal(judgement.mean ?? ""),
    t1: judgement.t1 ?? 0,
    t2: judgement.t2 ?? 0,
    tolerance: writeDecimal(judgement.tolerance ?? ""),
  });
}

export function describeInstrument(view: View, act: string, judgement: InstrumentJudgement): string {
  const lines = judgement.lines?.filter((line) => line.fits === false) ?? [];
  const errors = lines.map((line) => `${writeDecimal(line.error)} (≤ ${writeDecimal(line.allowance ?? "")})`);
  const why =
    act === "DL-01"
      ? sayNamed("instrument.state", judgement.verification ?? "")
      : act === "DL-04"
        ? say("instrument.coarse")
        : errors.join("; ");
  return say("instrument.described", {
    name: instrumentName(text(view, "instrument")),
    subject: [text(view, "subject"), text(view, "serial")].filter(Boolean).join(", "),
    why,
  }).replace(" :", ":");
}
