/** Dates, times and amounts as they are written in the chosen language, always in Viet Nam's time. */
import { dayInVietnam } from "../protocol/time";
import { language } from "./index";

const ZONE = "Asia/Ho_Chi_Minh";

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language.value === "en" ? "en-GB" : "vi-VN", { timeZone: ZONE, ...options });
}

/** What is no moment is shown as it was written: a refused operation may hold anything. */
function write(options: Intl.DateTimeFormatOptions, at: Date, asWritten: number | string): string {
  return Number.isNaN(at.getTime()) ? String(asWritten) : formatter(options).format(at);
}

export function writeTime(moment: number | string): string {
  return write({ hour: "2-digit", minute: "2-digit" }, new Date(moment), moment);
}

export function writeDay(day: string): string {
  return write(
    { day: "2-digit", month: "2-digit", year: "numeric" },
    new Date(`${day.slice(0, 10)}T12:00:00+07:00`),
    day,
  );
}

/** The day in full. Official Vietnamese says "ngày" and "năm", which the browser's own form leaves out. */
export function writeLongDay(moment: number): string {
  const at = new Date(moment);
  if (language.value === "en")
    return formatter({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at);
  const [year, month, day] = dayInVietnam(moment).split("-").map(Number);
  return `${formatter({ weekday: "long" }).format(at)}, ngày ${day} tháng ${month} năm ${year}`;
}

/** The time alone for today, with the day before it otherwise. */
export function writeMoment(moment: number | string, now: number): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return String(moment);
  const same =
    formatter({ dateStyle: "short" }).format(at) === formatter({ dateStyle: "short" }).format(new Date(now));
  const time = writeTime(moment);
  // Browsers write a Vietnamese day without its year with a hyphen, as nobody does.
  const day = formatter({ day: "2-digit", month: "2-digit" }).format(at).replace("-", "/");
  return same ? time : `${time} ${day}`;
}

export function writeNumber(value: number): string {
  return new Intl.NumberFormat(language.value === "en" ? "en-GB" : "vi-VN").format(value);
}

export function writeDong(amount: number): string {
  return language.value === "en" ? `VND ${writeNumber(amount)}` : `${writeNumber(amount)}\u00a0đ`;
}

/** Metres, as precise as somebody on the way needs. */
export function writeDistance(metres: number): string {
  if (metres < 1000) return `${writeNumber(Math.round(metres / 10) * 10)} m`;
  return `${writeNumber(Math.round(metres / 100) / 10)} km`;
}

export function writeBytes(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024;
  if (mebibytes >= 1024) return `${writeNumber(Math.round(mebibytes / 102.4) / 10)} GB`;
  return `${writeNumber(Math.round(mebibytes * 10) / 10)} MB`;
}

/** A decimal as typed with a point or a comma, in the journal's plain form; null when it is no number. */
export function readDecimal(text: string): string | null {
  const plain = text.trim().replace(/\s/g, "").replace(",", ".").replace("−", "-");
  if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(plain)) return null;
  const [whole = "0", fraction = ""] = plain.split(".");
  const sign = whole.startsWith("-") ? "-" : "";
  const digits = whole.replace("-", "").replace(/^0+(?=\d)/, "");
  const rest = fraction.replace(/0+$/, "");
  const number = rest ? `${digits}.${rest}` : digits;
  return number === "0" ? "0" : sign + number;
}

/** A stored decimal as people write it. */
export function writeDecimal(stored: string): string {
  return language.value === "vi" ? stored.replace(".", ",") : stored;
}
