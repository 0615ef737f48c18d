/** Fuel dispensers, as in the server's `dispensers.py`. Volumes are millionths of a millilitre. */
import { millionths, ONE } from "./exact";
import { dispensers } from "./tables";

/** The error allowed in service at a delivered volume, as numerator and denominator. */
export function allowance(delivered: bigint): [bigint, bigint] {
  return [delivered * millionths(dispensers.in_service.percent), 100n * ONE];
}

export function exceeds(delivered: bigint, indicated: bigint): boolean {
  const [numerator, denominator] = allowance(delivered);
  const error = indicated - delivered;
  return (error < 0n ? -error : error) * denominator > numerator;
}
