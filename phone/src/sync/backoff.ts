/** How long to wait after a failure: doubling, with jitter so that a district's phones do not return together. */

const FIRST = 2_000;
const LONGEST = 5 * 60_000;

/** Milliseconds before attempt `failures` + 1; `chance` is a random number from 0 to 1. */
export function backoff(failures: number, chance: number): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
  return Math.round(ceiling * (0.5 + chance / 2));
}
