/** Times as the protocol writes them. A phone's clock is evidence only; nothing is ordered by it. */

export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

const two = (value: number): string => String(value).padStart(2, "0");

/** RFC 3339 with the phone's own offset, to the second. */
export function withOffset(milliseconds: number): string {
  const moment = new Date(milliseconds);
  const offset = -moment.getTimezoneOffset();
  const shifted = new Date(milliseconds + offset * 60_000);
  const sign = offset < 0 ? "-" : "+";
  const size = Math.abs(offset);
  return `${shifted.toISOString().slice(0, 19)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The calendar day in Viet Nam, whatever zone the phone is set to: "2026-09-20". */
export function dayInVietnam(milliseconds: number): string {
  return new Date(milliseconds + 7 * 3_600_000).toISOString().slice(0, 10);
}
