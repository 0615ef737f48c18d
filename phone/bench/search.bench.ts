/**
 * Typing into the search, key by key, over 5,000 establishments, beside a plain scan of the folded text that forgives
 * nothing: `npm --prefix phone run bench`.
 */
import { test } from "vitest";
import { fold } from "../src/search/fold";
import { SearchIndex } from "../src/search/index";

const SYLLABLES = (
  "cửa hàng quán thực phẩm tạp hóa bánh phở bún chả Đại Lộc Thanh Liêm Hạnh Phúc An Bình Loan Đào Thị Kiện Khê Sở " +
  "Nguyên Hương Tân Nghị Túc Sơn Thủy Minh Hùng Dũng Lan Mai Cúc Trúc"
).split(" ");

const pick = (number: number): string => SYLLABLES[number % SYLLABLES.length] ?? "";

const establishments = Array.from({ length: 5000 }, (_, number) => ({
  id: String(number),
  name: `${pick(number)} ${pick(number * 7)} ${pick(number * 11)} ${pick(number * 13)} ${number}`,
  details: [
    `Thôn ${number % 90}, xã ${pick(number * 3)} ${pick(number * 5)}`,
    `${pick(number * 17)} ${pick(number * 19)}`,
    `09${String(10_000_000 + number * 7919).slice(0, 8)}`,
  ],
}));

const index = new SearchIndex(establishments);
const folded = establishments.map(({ name, details }) => fold([name, ...details].join(" ")));

for (const typed of ["h", "hanh phuc", "quan hnah thnah", "khong co o dau ca"]) {
  const keys = Array.from(typed, (_, at) => typed.slice(0, at + 1));
  test(`"${typed}"`, async ({ bench }) => {
    await bench.compare(
      bench("search", () => {
        for (const begun of keys) index.find(begun, 40);
      }),
      bench("plain scan", () => {
        for (const begun of keys) {
          const words = begun.split(" ");
          folded.filter((text) => words.every((word) => text.includes(word)));
        }
      }),
    );
  });
}
