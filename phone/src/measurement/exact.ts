/**
 * Exact decimal arithmetic: every quantity is a whole number of millionths of its unit, as in the server's `exact.py`. A verdict
 * depends on whether a deficiency is exactly T, so no binary fraction may come near one.
 */
export const ONE = 1_000_000n;
const STEP = 100n;
const PLAIN = /^-?\d{1,13}(\.\d{1,6})?$/;

/** A plain decimal (`485.5`) in millionths; throws a RangeError when it is none. */
export function millionths(text: string): bigint {
  if (!PLAIN.test(text)) throw new RangeError(text);
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const number = BigInt(whole) * ONE + BigInt(fraction.padEnd(6, "0"));
  return text.startsWith("-") ? -number : number;
}

function absolute(number: bigint): bigint {
  return number < 0n ? -number : number;
}

/** Millionths as a plain decimal without needless zeros. */
export function plain(number: bigint): string {
  const size = absolute(number);
  const places = (size % ONE).toString().padStart(6, "0").replace(/0+$/, "");
  return `${number < 0n ? "-" : ""}${size / ONE}${places ? `.${places}` : ""}`;
}

/** `numerator / denominator`, neither below zero, rounded up to a whole multiple of `step`. */
export function up(numerator: bigint, denominator: bigint, step: bigint): bigint {
  const whole = denominator * step;
  return ((numerator + whole - 1n) / whole) * step;
}

/** A fraction of millionths to four decimal places, halves away from zero. */
export function rounded(numerator: bigint, denominator: bigint): bigint {
  const size = ((2n * absolute(numerator) + denominator * STEP) / (2n * denominator * STEP)) * STEP;
  return numerator < 0n ? -size : size;
}

/** The square root of a fraction of squared millionths to four decimal places, halves upwards. */
export function root(numerator: bigint, denominator: bigint): bigint {
  const doubled = wholeRoot((4n * numerator) / (denominator * STEP * STEP));
  return ((doubled + 1n) / 2n) * STEP;
}

/** The largest whole number whose square is not above `number` (Newton's method from above). */
function wholeRoot(number: bigint): bigint {
  if (number < 2n) return number;
  let guess = 1n << BigInt(Math.ceil(number.toString(2).length / 2));
  for (;;) {
    const next = (guess + number / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
}

export function sum(numbers: readonly bigint[]): bigint {
  return numbers.reduce((total, each) => total + each, 0n);
}
