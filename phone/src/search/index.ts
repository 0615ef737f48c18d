/**
 * Finding an establishment among thousands while typing. Every word typed must begin a word of the
 * establishment; those that agree in their diacritics come first. Where hardly anything fits as it was typed, a
 * word of four letters or more may have one slip.
 *
 * There are far fewer words than establishments, so it is the words that are looked through: in the order of their
 * plain letters, and only for what was not typed a moment ago.
 */
import { fold, tokens } from "./fold";
import { beginsButForOneSlip, maySlip } from "./slips";

export interface Findable {
  id: string;
  name: string;
  /** Address, owner, licence number, telephone: anything a person may know of it. */
  details: readonly string[];
}

interface Entry<T> {
  item: T;
  plainName: string;
}

/** One word as it is written, in plain letters too, and the entries it is in. */
interface Word {
  plain: string;
  written: string;
  named: number[];
  elsewhere: number[];
}

/** How a typed word stands to an entry: bits of one number, of which the last two are points as well. */
const FITS = 1;
const IN_NAME = 2;
const AS_WRITTEN = 4;
const POINTS = IN_NAME | AS_WRITTEN;
const BEGINS_NAME = 3;

/** With fewer results than this as typed, those with a slip follow. */
const FEW = 5;

const wordsOf = (text: string): string[] => tokens(text.toLowerCase().normalize("NFC"));

export class SearchIndex<T extends Findable> {
  private readonly entries: Entry<T>[] = [];
  private readonly words = new Map<string, Word>();
  private inOrder: Word[] = [];
  private byName: number[] = [];
  /** What the words of the last query came to. */
  private recent = new Map<string, Uint8Array>();

  constructor(items: readonly T[] = []) {
    this.add(items);
    this.order();
  }

  /** Takes further items up; they are found once all are in order. */
  add(items: readonly T[]): void {
    for (const item of items) {
      const name = wordsOf(item.name);
      const at = this.entries.push({ item, plainName: fold(name.join(" ")) }) - 1;
      for (const written of new Set(name)) this.word(written).named.push(at);
      for (const written of new Set(wordsOf(item.details.join(" ")))) this.word(written).elsewhere.push(at);
    }
  }

  private word(written: string): Word {
    const known = this.words.get(written);
    if (known) return known;
    const word = { plain: fold(written), written, named: [], elsewhere: [] };
    this.words.set(written, word);
    return word;
  }

  /** By name, so that equals are shown as in a list. */
  order(): void {
    const name = (at: number): string => this.entries[at]?.plainName ?? "";
    this.byName = this.entries.map((_, at) => at).sort((left, right) => (name(left) < name(right) ? -1 : 1));
    this.inOrder = [...this.words.values()].sort((left, right) => (left.plain < right.plain ? -1 : 1));
    this.recent.clear();
  }

  get size(): number {
    return this.entries.length;
  }

  /** The best matches first: words of the name before words elsewhere, agreeing diacritics before plain ones. */
  find(query: string, limit: number): T[] {
    const typed = wordsOf(query);
    const used = new Map<string, Uint8Array>();
    const standings = (slips: boolean): Uint8Array[] => typed.map((word) => this.standing(word, slips, used));
    const begun = typed.map(fold).join(" ");
    let found = this.best(standings(false), begun, limit);
    if (found.length < Math.min(FEW, limit) && typed.some((word) => maySlip(fold(word))))
      found = [...new Set([...found, ...this.best(standings(true), begun, limit)])].slice(0, limit);
    this.recent = used;
    return found;
  }

  private best(standings: readonly Uint8Array[], begun: string, limit: number): T[] {
    const ranked: T[][] = [];
    for (const at of this.byName) {
      let points = 0;
      let fitting = true;
      for (const standing of standings) {
        const bits = standing[at] ?? 0;
        if (!bits) {
          fitting = false;
          break;
        }
        points += bits & POINTS;
      }
      const entry = this.entries[at];
      if (!fitting || !entry) continue;
      if (entry.plainName.startsWith(begun)) points += BEGINS_NAME;
      const equals = (ranked[points] ??= []);
      if (equals.length < limit) equals.push(entry.item);
    }
    return ranked.reverse().flat().slice(0, limit);
  }

  /** How the typed word stands to each entry; kept in `used`, and taken from the last query where that had it. */
  private standing(typed: string, slips: boolean, used: Map<string, Uint8Array>): Uint8Array {
    const plain = fold(typed);
    const slipping = slips && maySlip(plain);
    const key = `${typed}${slipping ? "~" : ""}`;
    const known = used.get(key) ?? this.recent.get(key);
    const standing = known ?? this.look(typed, plain, slipping);
    used.set(key, standing);
    return standing;
  }

  private look(typed: string, plain: string, slipping: boolean): Uint8Array {
    const standing = new Uint8Array(this.entries.length);
    const mark = (entries: readonly number[], bits: number): void => {
      for (const at of entries) standing[at] = (standing[at] ?? 0) | bits;
    };
    for (let at = this.firstFrom(plain); at < this.inOrder.length; at += 1) {
      const word = this.inOrder[at];
      if (!word?.plain.startsWith(plain)) break;
      const bits = FITS | (word.written.startsWith(typed) ? AS_WRITTEN : 0);
      mark(word.named, bits | IN_NAME);
      mark(word.elsewhere, bits);
    }
    if (!slipping) return standing;
    for (const word of this.inOrder) {
      if (!beginsButForOneSlip(word.plain, plain)) continue;
      mark(word.named, FITS);
      mark(word.elsewhere, FITS);
    }
    return standing;
  }

  /** Where in the order the words begin that are not before `plain`. */
  private firstFrom(plain: string): number {
    let low = 0;
    let high = this.inOrder.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.inOrder[middle]?.plain ?? "") < plain) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
