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

  test("with one slip in a word of four letters or more", () => {
    expect(found("pho hanj")).toEqual(["2"]); // a wrong letter
    expect(found("quan hnah")).toEqual(["2"]); // two letters swapped
    expect(found("hpo hanh")).toEqual([]); // a short word must be right
    expect(found("tap hoa loann")).toEqual(["4"]); // a letter too many
    expect(found("thnh nguyn")).toEqual(["4"]); // a letter missing in each of two words
    expect(found("lxxn")).toEqual([]);
  });

  test("numbers must be right", () => {
    expect(found("0913")).toEqual([]);
  });

  test("what fits as typed comes before what has a slip", () => {
    const two = new SearchIndex([place("a", "Thanh Hai"), place("b", "Hanh Phuc")]);
    expect(two.find("hanh", 5).map(({ id }) => id)).toEqual(["b", "a"]);
  });

  test("one of five thousand", () => {
    const many = Array.from({ length: 5000 }, (_, number) => place(String(number), `Quán số ${number}`, "Thanh Hải"));
    const large = new SearchIndex([...many, place("sought", "Bánh đa Sở Kiện", "Kiện Khê")]);
    expect(large.find("banh da so kein", 40).map(({ id }) => id)).toEqual(["sought"]);
  });
});
