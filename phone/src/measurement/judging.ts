/**
 * What readings amount to under the law in force on a day: the server's `judging.py`, answer for answer. `problems` say why
 * there is no verdict, `indicative` why a verdict is no more than a screening result.
 */
import type { Fields } from "../protocol/types";
import * as dispensers from "./dispensers";
import { millionths, ONE, plain, rounded, sum } from "./exact";
import { assess, planFor, tareMayBeAveraged, tolerableDeficiency, type Verdict } from "./prepackages";
import * as scales from "./scales";
import { instrumentOf } from "./tables";
import { dimension, smallest } from "./units";
import { type Evidence, validity } from "./verification";

const LARGEST_LOT = 100_000;

interface Judged {
  verdict: Verdict;
  problems: string[];
  indicative: string[];
}

export interface PackageJudgement extends Judged {
  plan?: { size: number | null; factor: string; allowed: number | null; full: boolean };
  tolerance?: string;
  limit_t?: string;
  limit_2t?: string;
  count?: number;
  errors?: (0 | 1 | 2)[];
  t1?: number;
  t2?: number;
  mean?: string | null;
  deviation?: string | null;
  mean_limit?: string | null;
  mean_test?: boolean | null;
  count_test?: boolean | null;
  t2_test?: boolean;
}

export interface Line {
  error: string;
  allowance: string | null;
  fits: boolean | null;
}

export interface InstrumentJudgement extends Judged {
  verification?: string;
  valid_until?: string | null;
  cycle_months?: number | null;
  division_fits?: boolean | null;
  lines?: Line[];
}

export function word(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === "string" && value !== "" ? value : null;
}

export function list(fields: Fields, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

const written = (number: bigint | null): string | null => (number === null ? null : plain(number));
const unusable = (problems: string[]): Judged => ({ verdict: "unusable", problems, indicative: [] });

export function packageJudgement(fields: Fields, day: string): PackageJudgement {
  const problems = packageProblems(fields);
  if (problems.length > 0) return unusable(problems);
  const unit = word(fields, "nominal_unit") as string;
  const ofReading = word(fields, "reading_unit") ?? unit;
  const nominal = smallest(word(fields, "nominal") as string, unit);
  const weights = list(fields, "weights").map((each) => smallest(each, ofReading));
  const tares = list(fields, "tares").map((each) => smallest(each, ofReading));
  const tolerance = tolerableDeficiency(nominal, dimension(unit));
  const plan = planFor(fields.lot_size as number, weights.length, day);
  if (tolerance === null) return unusable(["beyond_table"]);
  if (plan === null) return unusable(["no_rule"]);
  if (tares.length > 0 && !tareMayBeAveraged(nominal, tolerance, tares)) return unusable(["tare_scatters"]);
  const found = assess(nominal, tolerance, weights, plan, tares);
  const early = found.verdict === "fail" && plan.size !== null && weights.length < plan.size;
  return {
    verdict: found.verdict,
    problems: plan.size !== null && weights.length > plan.size ? ["more_than_sample"] : [],
    indicative: [
      "competence",
      "tolerance_stand_in",
      ...(plan.full ? [] : ["plan_stand_in"]),
      ...(tares.length > 0 ? ["tare_stand_in"] : []),
      ...(early ? ["sample_unfinished"] : []),
    ],
    plan: { size: plan.size, factor: plain(plan.factor ?? 0n), allowed: plan.allowed, full: plan.full },
    tolerance: plain(tolerance),
    limit_t: plain(nominal - tolerance),
    limit_2t: plain(nominal - 2n * tolerance),
    count: weights.length,
    errors: found.errors,
    t1: found.errors.filter((each) => each === 1).length,
    t2: found.errors.filter((each) => each === 2).length,
    mean: written(found.mean),
    deviation: written(found.deviation),
    mean_limit: written(found.mean_limit),
    mean_test: found.mean_test,
    count_test: found.count_test,
    t2_test: found.t2_test,
  };
}

/** Why the figures of a package check cannot be judged; empty when they can. */
export function packageProblems(fields: Fields): string[] {
  const nominal = word(fields, "nominal");
  const unit = word(fields, "nominal_unit");
  const lot = fields.lot_size;
  if (!nominal || !unit || typeof lot !== "number" || lot === 0) return ["not_filled_in"];
  const ofReading = word(fields, "reading_unit") ?? unit;
  if (dimension(unit) !== dimension(ofReading)) return ["mixed_units"];
  const label = smallest(nominal, unit);
  const weights = list(fields, "weights").map((each) => smallest(each, ofReading));
  const tares = list(fields, "tares").map((each) => smallest(each, ofReading));
  const found: string[] = [];
  if (label <= 0n) found.push("not_positive");
  if (lot > LARGEST_LOT) found.push("lot_too_large");
  if (weights.length > lot) found.push("lot_smaller_than_sample");
  if (dimension(unit) === "count" && [label, ...weights, ...tares].some((each) => each % ONE !== 0n))
    found.push("count_not_whole");
  const times = BigInt(tares.length || 1);
  const tare = sum(tares);
  const near = (value: bigint): boolean => label * times <= 100n * value && value <= 10n * label * times;
  if (weights.some((each) => !near(each * times - tare))) found.push("weight_out_of_range");
  return found;
}

function evidenceOf(fields: Fields): Evidence {
  return {
    instrument: word(fields, "instrument") ?? "",
    seen: word(fields, "evidence"),
    verified_on: word(fields, "verified_on"),
    stated_until: word(fields, "stated_until"),
  };
}

export function instrumentJudgement(fields: Fields, day: string): InstrumentJudgement {
  const problems = instrumentProblems(fields, day);
  if (problems.length > 0) return unusable(problems);
  const held = validity(evidenceOf(fields), day);
  const tool = instrumentOf(word(fields, "instrument") ?? "")?.tool;
  const reasons = [...held.reasons];
  let lines: Line[] = [];
  let fits: boolean | null = null;
  if (tool === "scale" && list(fields, "references").length > 0) {
    const judged = scaleLines(fields);
    ({ lines, fits } = judged);
    reasons.push(...judged.reasons);
  } else if (tool === "dispenser" && list(fields, "references").length > 0) {
    lines = dispenserLines(fields);
    reasons.push("limit_from_memory");
  }
  const heldWell = held.state === "valid" ? true : held.state === "unknown" ? null : false;
  const tests = [heldWell, ...(fits === null ? [] : [fits]), ...lines.map((each) => each.fits)];
  return {
    verdict: tests.includes(false) ? "fail" : tests.includes(null) ? "incomplete" : "pass",
    problems: [],
    indicative: reasons,
    verification: held.state,
    valid_until: held.until,
    cycle_months: held.months,
    division_fits: fits,
    lines,
  };
}

/** Why an instrument check cannot be judged; empty when it can. */
export function instrumentProblems(fields: Fields, day: string): string[] {
  if (!word(fields, "instrument")) return ["not_filled_in"];
  const { verified_on: verified, stated_until: stated } = evidenceOf(fields);
  const found: string[] = [];
  if (verified !== null && verified > day) found.push("verified_later");
  if (verified !== null && stated !== null && stated < verified) found.push("dates_reversed");
  return [...found, ...readingProblems(fields)];
}

/** What is wrong with the readings alone. */
export function readingProblems(fields: Fields): string[] {
  const loads = list(fields, "references");
  const indications = list(fields, "indications");
  if (loads.length !== indications.length) return ["readings_unpaired"];
  if (loads.length === 0) return [];
  const tool = instrumentOf(word(fields, "instrument") ?? "")?.tool;
  const wanted = tool === "scale" ? "mass" : tool === "dispenser" ? "volume" : null;
  if (wanted === null) return ["readings_not_taken"];
  const unit = word(fields, "reading_unit");
  if (!unit || dimension(unit) !== wanted) return ["mixed_units"];
  const pairs = loads.map((load, at) => [smallest(load, unit), smallest(indications[at] ?? "0", unit)] as const);
  const found: string[] = [];
  if (pairs.some(([load]) => load <= 0n)) found.push("not_positive");
  if (pairs.some(([load, shown]) => shown > 10n * load || 10n * shown < load)) found.push("reading_out_of_range");
  const capacity = word(fields, "capacity");
  if (tool === "scale" && capacity && pairs.some(([load]) => load > smallest(capacity, unit)))
    found.push("load_above_capacity");
  return found;
}

function scaleLines(fields: Fields): { lines: Line[]; fits: boolean | null; reasons: string[] } {
  const unit = word(fields, "reading_unit") as string;
  const capacity = word(fields, "capacity");
  const division = word(fields, "division");
  const scale: scales.Scale = {
    spring: word(fields, "instrument") === "spring_scale",
    capacity: capacity ? smallest(capacity, unit) : null,
    division: division ? millionths(division) : null,
    accuracy_class: word(fields, "accuracy_class"),
  };
  const suits: boolean[] = [];
  const indications = list(fields, "indications");
  const lines = list(fields, "references").map((load, at) => {
    const mass = smallest(load, unit);
    const error = smallest(indications[at] ?? "0", unit) - mass;
    const allowed = scales.allowance(scale, mass);
    const coarsest = scales.largestDivision(mass);
    if (scale.division !== null && coarsest !== null) suits.push(scale.division <= coarsest);
    const fits = allowed === null ? null : !scales.exceeds(error, allowed, word(fields, "side"));
    return { error: plain(error), allowance: written(allowed), fits };
  });
  const unlisted = scale.spring && scale.division !== null && !scales.isListed(scale);
  return {
    lines,
    fits: suits.length > 0 ? suits.every(Boolean) : null,
    reasons: unlisted ? ["row_not_listed"] : [],
  };
}

function dispenserLines(fields: Fields): Line[] {
  const unit = word(fields, "reading_unit") as string;
  const indications = list(fields, "indications");
  return list(fields, "references").map((load, at) => {
    const delivered = smallest(load, unit);
    const indicated = smallest(indications[at] ?? "0", unit);
    return {
      error: plain(indicated - delivered),
      allowance: plain(rounded(...dispensers.allowance(delivered))),
      fits: !dispensers.exceeds(delivered, indicated),
    };
  });
}
