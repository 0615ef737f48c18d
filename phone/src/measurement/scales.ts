/** Scales in trade, as in the server's `scales.py`, which names the sources. Masses are millionths of a gram. */
import { millionths, rounded, up } from "./exact";
import { scales } from "./tables";

export interface Scale {
  spring: boolean;
  capacity: bigint | null;
  division: bigint | null;
  accuracy_class: string | null;
}

/** The error that is allowed in service at a load; null where the tables have none. */
export function allowance(scale: Scale, load: bigint): bigint | null {
  const { division } = scale;
  if (division === null) return null;
  if (scale.spring) {
    const rule = scales.retail.spring;
    if (load < BigInt(rule.from_divisions) * division) return null;
    const step = rule.steps.find(
      ({ to_divisions: last }) => last === null || load <= BigInt(last) * division,
    );
    return step ? BigInt(step.allowed_divisions) * division : null;
  }
  const classes: Record<string, { to: number | null; halves: number }[]> = scales.first_verification.classes;
  const step = classes[scale.accuracy_class ?? ""]?.find(
    ({ to }) => to === null || load <= BigInt(to) * division,
  );
  return step ? BigInt(step.halves) * division : null;
}

/** Whether an error (indication − mass) is too large for whoever uses the scale. */
export function exceeds(error: bigint, allowed: bigint, side: string | null): boolean {
  if (side === "seller") return error > allowed;
  if (side === "buyer") return -error > allowed;
  return error > allowed || -error > allowed;
}

/** The coarsest division with which a load may be weighed; null outside the table. */
export function largestDivision(load: bigint): bigint | null {
  const band = scales.retail.largest_division.bands.find(
    (each) => millionths(each.above) < load && load <= millionths(each.to),
  );
  return band ? millionths(band.division) : null;
}

export function isListed(scale: Scale): boolean {
  return scales.retail.spring.rows.some(
    (row) => millionths(row.capacity) === scale.capacity && millionths(row.division) === scale.division,
  );
}

/** The limit for weighing gold where it was read. */
export function goldLimit(mass: bigint): bigint | null {
  const rule = scales.gold;
  const [low, high] = rule.points.map((each) => ({
    mass: millionths(each.mass),
    limit: millionths(each.limit),
  }));
  if (low && high && low.mass <= mass && mass <= high.mass) {
    const wide = high.mass - low.mass;
    return rounded(low.limit * wide + (high.limit - low.limit) * (mass - low.mass), wide);
  }
  if (mass >= millionths(rule.share_from)) return up(mass * millionths(rule.share_percent), 100_000_000n, 1n);
  return null;
}
