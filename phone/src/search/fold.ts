/** Vietnamese text reduced to plain letters, so that "cua hang dao" finds "Cửa hàng Đào". */

const MARKS = /\p{M}/gu;

export function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(MARKS, "").replaceAll("đ", "d");
}

const SEPARATORS = /[^\p{L}\p{N}]+/u;

export function tokens(text: string): string[] {
  return text.split(SEPARATORS).filter((token) => token !== "");
}
