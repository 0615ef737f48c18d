/**
 * Finding an establishment among thousands while typing. Every word typed must begin a word of the
 * establishment; words typed with diacritics must agree in them where the establishment has them.
 */
import { fold, tokens } from "./fold";

export interface Findable {
  id: string;
  name: string;
  /** Address, owner, licence number, telephone: anything a person may know of it. */
  details: readonly string[];
}

interface Entry<T> {
  item: T;
  name: string;
  plainName: string;
  everything: string;
  plain: string;
}

/** Words with a space before each, so that " ho" finds where a word begins. */
const joined = (words: string[]): string => words.map((word) => ` ${word}`).join("");

function beginnings(text: string): string {
  return joined(tokens(text.toLowerCase().normalize("NFC")));
}

export class SearchIndex<T extends Findable> {
  private readonly entries: Entry<T>[];

  constructor(items: readonly T[]) {
    this.entries = items.map((item) => {
      const name = beginnings(item.name);
      const everything = name + beginnings(item.details.join(" "));
      return { item, name, plainName: fold(name), everything, plain: fold(everything) };
    });
    this.entries.sort((left, right) => (left.plainName < right.plainName ? -1 : 1));
  }

  get size(): number {
    return this.entries.length;
  }

  /** The best matches first: words of the name before words elsewhere, agreeing diacritics before plain ones. */
  find(query: string, limit: number): T[] {
    const typed = tokens(query.toLowerCase().normalize("NFC")).map((word) => ` ${word}`);
    const plain = typed.map(fold);
    const ranked: { item: T; rank: number }[] = [];
    for (const entry of this.entries) {
      if (plain.every((word) => entry.plain.includes(word)))
        ranked.push({ item: entry.item, rank: rank(entry, typed, plain) });
    }
    ranked.sort((left, right) => right.rank - left.rank);
    return ranked.slice(0, limit).map(({ item }) => item);
  }
}

function rank<T>(entry: Entry<T>, typed: string[], plain: string[]): number {
  let points = 0;
  typed.forEach((word, index) => {
    const simple = plain[index] ?? word;
    if (entry.everything.includes(word)) points += 4;
    if (entry.plainName.includes(simple)) points += 2;
  });
  if (entry.plainName.startsWith(plain.join(""))) points += 3;
  return points;
}
