import { describe, expect, test } from "vitest";
import {
  readDecimal,
  writeBytes,
  writeDay,
  writeDecimal,
  writeDong,
  writeLongDay,
  writeMoment,
  writeTime,
} from "../src/words/figures";

describe("figures", () => {
  test("a decimal is read with a point or a comma and kept in the journal's plain form", () => {
    expect(["4,5", "4.50", " 007 ", "-0,250", "0,0", "1 200"].map(readDecimal)).toEqual([
      "4.5",
      "4.5",
      "7",
      "-0.25",
      "0",
      "1200",
    ]);
    expect(["", "abc", "1,2,3", "1e5", "0,1234567"].map(readDecimal)).toEqual([null, null, null, null, null]);
    expect(writeDecimal("4.5")).toBe("4,5");
  });

  test("days and moments are Viet Nam's", () => {
    expect(writeDay("2026-09-20")).toBe("20/09/2026");
    expect(writeTime("2026-09-20T01:11:02Z")).toBe("08:11");
    const now = Date.parse("2026-09-20T20:00:00+07:00");
    expect(writeMoment("2026-09-20T08:11:02+07:00", now)).toBe("08:11");
    expect(writeMoment("2026-09-19T08:11:02+07:00", now)).toBe("08:11 19/09");
  });

  test("a day in full says ngày, tháng and năm", () => {
    const moment = Date.parse("2026-11-24T00:30:00+07:00");
    expect(writeLongDay(moment)).toBe("Thứ Ba, ngày 24 tháng 11 năm 2026");
  });

  test("what is no date is shown as it was written", () => {
    expect(writeDay("ngày mai")).toBe("ngày mai");
    expect(writeMoment("hôm qua", 0)).toBe("hôm qua");
  });

  test("amounts are written with the separators of the language", () => {
    expect(writeDong(15_000_000)).toBe("15.000.000\u00a0đ");
    expect(writeBytes(3 * 1024 ** 3)).toBe("3 GB");
  });
});
