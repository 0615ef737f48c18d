/** Quantity of prepackages, as in the server's `prepackages.py`, which names the sources. Quantities are millionths. */
import { millionths, ONE, root, rounded, sum, up } from "./exact";
import { inForce, packages, toleranceRule } from "./tables";

export interface Plan {
  size: number | null;
  factor: bigint | null;
  allowed: number | null;
  full: boolean;
}

export type Verdict = "pass" | "fail" | "incomplete" | "unusable";

export interface Assessment {
  errors: (0 | 1 | 2)[];
  mean: bigint | null;
  deviation: bigint | null;
  mean_limit: bigint | null;
  mean_test: boolean | null;
  count_test: boolean | null;
  t2_test: boolean;
  verdict: Verdict;
}

/** T of a nominal quantity; null above the end of the table. */
export function tolerableDeficiency(nominal: bigint, dimension: string): bigint | null {
  const rule = toleranceRule(dimension);
  const covers = (each: { to: string | null }): boolean => each.to === null || nominal <= millionths(each.to);
  const band = rule.bands.find(covers);
  if (!band) return null;
  if (band.absolute !== undefined) return millionths(band.absolute);
  const step = rule.round_up.find(covers)?.step;
  return up(nominal * millionths(band.percent ?? "0"), 100n * ONE, step === undefined ? 1n : millionths(step));
}

/** The plan for a lot on a day; null before TT 21/2014. Small lots, and lots measured to the last package, are full checks. */
export function planFor(lot: number, measured: number, day: string): Plan | null {
  if (!inForce(packages.rule, day)) return null;
  const tier = packages.plan.tiers.find((each) => each.from <= lot && (each.to === null || lot <= each.to));
  if (!tier || measured === lot) {
    const allowed = Math.floor((lot * packages.rule.full_allowed_per_thousand) / 1000);
    return { size: lot, factor: 0n, allowed, full: true };
  }
  return { size: tier.n, factor: millionths(tier.factor), allowed: tier.allowed, full: false };
}

/** Whether mean ≥ Qn − factor·s, squared and multiplied out so that nothing is rounded; scatter is n·Σx² − (Σx)². */
export function meanHolds(
  nominal: bigint,
  factor: bigint,
  total: bigint,
  scatter: bigint,
  count: number,
): boolean | null {
  const n = BigInt(count);
  const short = n * nominal - total;
  if (short <= 0n) return true;
  if (factor === 0n) return false;
  if (count < 2) return null;
  return short * short * (n - 1n) * ONE * ONE <= factor * factor * n * scatter;
}

const squared = (numbers: readonly bigint[]): bigint => sum(numbers.map((each) => each * each));

/** Judges packages; with `tares` the measured values are gross and everything is multiplied by the number of tares. */
export function assess(
  nominal: bigint,
  tolerance: bigint,
  measured: readonly bigint[],
  plan: Plan,
  tares: readonly bigint[] = [],
): Assessment {
  const times = BigInt(tares.length || 1);
  const tare = sum(tares);
  const values = measured.map((each) => each * times - tare);
  const label = nominal * times;
  const allowance = tolerance * times;
  const errors = values.map((value) =>
    label - value <= allowance ? 0 : label - value <= 2n * allowance ? 1 : 2,
  );
  const count = values.length;
  const n = BigInt(count);
  const total = sum(values);
  const scatter = n * squared(values) - total * total;
  const spread = n * (n - 1n) * times * times;
  const complete = plan.size === null || count === plan.size;
  const tooLight = errors.filter((each) => each > 0).length;
  const meanTest =
    complete && plan.factor !== null && count > 0
      ? meanHolds(label, plan.factor, total, scatter, count)
      : null;
  const over = plan.allowed !== null && tooLight > plan.allowed;
  const countTest = plan.allowed === null || !(complete || over) ? null : !over;
  const t2Test = !errors.includes(2);
  let limit: bigint | null = null;
  if (plan.factor !== null && (plan.factor === 0n || spread > 0n)) {
    const slack =
      plan.factor === 0n ? 0n : root(plan.factor * plan.factor * scatter, spread * ONE * ONE);
    limit = nominal - slack;
  }
  const tests = [meanTest, countTest, t2Test];
  return {
    errors,
    mean: count > 0 ? rounded(total, n * times) : null,
    deviation: spread > 0n ? root(scatter, spread) : null,
    mean_limit: limit,
    mean_test: meanTest,
    count_test: countTest,
    t2_test: t2Test,
    verdict: tests.includes(false) ? "fail" : complete && !tests.includes(null) ? "pass" : "incomplete",
  };
}

/** Whether a mean tare may be used: at most 10 % of Qn, or scattering by at most 0.25·T. */
export function tareMayBeAveraged(nominal: bigint, tolerance: bigint, tares: readonly bigint[]): boolean {
  const n = BigInt(tares.length);
  const total = sum(tares);
  if (total * 100n * ONE <= n * nominal * millionths(packages.tare.share_percent)) return true;
  if (tares.length < 2) return false;
  const share = millionths(packages.tare.scatter_of_tolerance) * tolerance;
  return (n * squared(tares) - total * total) * ONE * ONE <= share * share * n * (n - 1n);
}
