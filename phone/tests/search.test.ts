import { describe, expect, test } from "vitest";
import { fold } from "../src/search/fold";
import { SearchIndex } from "../src/search/index";

const place = (id: string, name: string, ...details: string[]) => ({ id, name, details });

const PLACES = [
  place("1", "Cửa hàng Đào Thị Hạnh", "Thôn Đống Cầu, xã Liêm Sơn", "0912 345 678"),
  place("2", "Quán phở Hạnh", "Tổ 3, thị trấn Kiện Khê"),
  place("3", "Bếp ăn tập thể Công ty Hạnh Phúc", "Cụm công nghiệp Thanh Hải"),
  place("4", "Tạp hóa Bà Loan", "Chợ Phố Cà, Thanh Nguyên"),
];
const index = new SearchIndex(PLACES);
const found = (query: string): string[] => index.find(query, 10).map(({ id }) => id);

describe("finding an establishment", () => {
  test("without diacritics, and đ as d", () => {
    expect(found("dao thi hanh")).toEqual(["1"]);
    expect(fold("Đường Đống Đa")).toBe("duong dong da");
  });

  test("with diacritics, those that agree come first", () => {
    expect(found("phở")[0]).toBe("2");
    expect(found("phố")[0]).toBe("4");
    expect(found("phố")).toContain("2");
  });

  test("by the beginning of each word, in any order", () => {
    expect(found("ha qu")).toEqual(["2"]);
    expect(found("anh")).toEqual([]);
  });

  test("by address, owner or telephone, names before them", () => {
    expect(found("0912")).toEqual(["1"]);
    expect(found("kien khe")).toEqual(["2"]);
    expect(found("thanh")).toEqual(expect.arrayContaining(["3", "4"]));
    expect(
      new SearchIndex([place("a", "X", "Loan"), place("b", "Loan", "X")]).find("loan", 2).map(({ id }) => id),
    ).toEqual(["b", "a"]);
  });

  test("decomposed typing finds composed names", () => {
    expect(found("Hạnh Phúc".normalize("NFD"))).toEqual(["3"]);
  });

  test("five thousand establishments answer within a key press", () => {
    const words = [
      "cửa",
      "hàng",
      "quán",
      "thực",
      "phẩm",
      "Đại",
      "Lộc",
      "Thanh",
      "Liêm",
      "Hạnh",
      "Phúc",
      "An",
      "Bình",
    ];
    const many = Array.from({ length: 5000 }, (_, number) =>
      place(
        String(number),
        `${words[number % 13]} ${words[(number * 7) % 13]} ${words[(number * 5) % 13]} ${number}`,
        `Thôn ${number % 90}, xã ${words[number % 11]}`,
      ),
    );
    const large = new SearchIndex(many);
    const start = performance.now();
    for (let round = 0; round < 20; round += 1) large.find("hanh phuc 12", 30);
    expect((performance.now() - start) / 20).toBeLessThan(50);
  });
});
