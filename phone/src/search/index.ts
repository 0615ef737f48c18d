/**
 * Finding an establishment among thousands while typing. Every word typed must begin a word of the
 * establishment; those that agree in their diacritics come first. Where hardly anything fits as it was typed, a
 * word of four letters or more may have one slip.
 */
import { fold, tokens } from "./fold";
import { begins, beginsButForOneSlip } from "./slips";

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
  /** Places in the vocabulary. */
  words: readonly number[];
}

/** With fewer results than this as typed, those with a slip follow. */
const FEW = 5;

/** Words with a space before each, so that " ho" finds where a word begins. */
const joined = (words: string[]): string => words.map((word) => ` ${word}`).join("");

function beginnings(text: string): string {
  return joined(tokens(text.toLowerCase().normalize("NFC")));
}

export class SearchIndex<T extends Findable> {
  private readonly entries: Entry<T>[];
  /** Every word of all items once, in plain letters: there are far fewer than in the items together. */
  private readonly vocabulary: string[];

  constructor(items: readonly T[]) {
    const places = new Map<string, number>();
    const placeOf = (word: string): number => {
      const place = places.get(word) ?? places.size;
      places.set(word, place);
      return place;
    };
    this.entries = items.map((item) => {
      const name = beginnings(item.name);
      const everything = name + beginnings(item.details.join(" "));
      const words = [...new Set(tokens(fold(everything)).map(placeOf))];
      return { item, name, plainName: fold(name), everything, words };
    });
    this.vocabulary = [...places.keys()];
    this.entries.sort((left, right) => (left.plainName < right.plainName ? -1 : 1));
  }

  get size(): number {
    return this.entries.length;
  }

  /** The best matches first: words of the name before words elsewhere, agreeing diacritics before plain ones. */
  find(query: string, limit: number): T[] {
    const typed = tokens(query.toLowerCase().normalize("NFC"));
    const asTyped = this.matching(typed, begins, limit);
    if (asTyped.length >= Math.min(FEW, limit)) return asTyped;
    const found = new Set(asTyped);
    for (const item of this.matching(typed, beginsButForOneSlip, limit)) found.add(item);
    return [...found].slice(0, limit);
  }

  private matching(typed: string[], fits: (word: string, typed: string) => boolean, limit: number): T[] {
    const plain = typed.map(fold);
    const fitting = plain.map((each) => Uint8Array.from(this.vocabulary, (word) => Number(fits(word, each))));
    const marked = typed.map((word) => ` ${word}`);
    const simple = plain.map((word) => ` ${word}`);
    const ranked: { item: T; rank: number }[] = [];
    for (const entry of this.entries) {
      if (fitting.every((words) => entry.words.some((word) => words[word] === 1)))
        ranked.push({ item: entry.item, rank: rank(entry, marked, simple) });
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
