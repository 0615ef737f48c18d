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
}

type Fits = (word: string, typed: string) => boolean;

/** With fewer results than this as typed, those with a slip follow. */
const FEW = 5;

/** Words with a space before each, so that " ho" finds where a word begins. */
const joined = (words: string[]): string => words.map((word) => ` ${word}`).join("");

function beginnings(text: string): string {
  return joined(tokens(text.toLowerCase().normalize("NFC")));
}

export class SearchIndex<T extends Findable> {
  private readonly entries: Entry<T>[] = [];
  /** Every word of all items once, in plain letters, with the entries it is in: there are far fewer words than items. */
  private readonly words = new Map<string, number[]>();
  private byName: number[] = [];

  constructor(items: readonly T[] = []) {
    this.add(items);
    this.order();
  }

  /** Takes further items up; they are found once all are in order. */
  add(items: readonly T[]): void {
    for (const item of items) {
      const name = beginnings(item.name);
      const everything = name + beginnings(item.details.join(" "));
      const at = this.entries.push({ item, name, plainName: fold(name), everything }) - 1;
      for (const word of new Set(tokens(fold(everything)))) {
        const entries = this.words.get(word);
        if (entries) entries.push(at);
        else this.words.set(word, [at]);
      }
    }
  }

  /** By name, so that equals are shown as in a list. */
  order(): void {
    const name = (at: number): string => this.entries[at]?.plainName ?? "";
    this.byName = this.entries.map((_, at) => at).sort((left, right) => (name(left) < name(right) ? -1 : 1));
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

  private matching(typed: string[], fits: Fits, limit: number): T[] {
    const plain = typed.map(fold);
    const fitting = plain.map((word) => this.fitting(word, fits));
    const marked = typed.map((word) => ` ${word}`);
    const simple = plain.map((word) => ` ${word}`);
    const ranked: T[][] = [];
    for (const at of this.byName) {
      const entry = this.entries[at];
      if (!entry || !fitting.every((entries) => entries[at] === 1)) continue;
      (ranked[rank(entry, marked, simple)] ??= []).push(entry.item);
    }
    return ranked.reverse().flat().slice(0, limit);
  }

  /** Marks the entries that hold a word which the typed one fits. */
  private fitting(typed: string, fits: Fits): Uint8Array {
    const marks = new Uint8Array(this.entries.length);
    for (const [word, entries] of this.words) if (fits(word, typed)) for (const at of entries) marks[at] = 1;
    return marks;
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
