/**
 * The words in the chosen language. Vietnamese travels with the app's first load; English is fetched (and kept
 * for offline use) when somebody chooses it.
 */
import { computed, signal } from "@preact/signals";
import { vi, type WordKey as FirstWordKey, type Words } from "./vi";
import type { vietnameseIntake } from "./vi_intake";
import type { vietnameseMeasurement } from "./vi_measurement";
import type { vietnameseMinutes } from "./vi_minutes";
import type { vietnamesePhotos } from "./vi_photos";
import type { vietnamesePin } from "./vi_pin";
import type { vietnameseRecords } from "./vi_records";
import type { vietnameseVisits } from "./vi_visits";

export type Language = "vi" | "en";

/** Words of the first load, and of tools that bring theirs along when they are opened (see `teach`). */
export type WordKey =
  | FirstWordKey
  | keyof typeof vietnameseIntake
  | keyof typeof vietnameseMeasurement
  | keyof typeof vietnameseMinutes
  | keyof typeof vietnamesePhotos
  | keyof typeof vietnamesePin
  | keyof typeof vietnameseRecords
  | keyof typeof vietnameseVisits;

const dictionaries = signal<Partial<Record<Language, Words>>>({ vi });

const chosen = signal<Language>("vi");

/** The language that is shown: the chosen one as soon as its words are here. */
export const language = computed<Language>(() => (dictionaries.value[chosen.value] ? chosen.value : "vi"));

/** Words of tools that are loaded later, by language. */
const taught = signal<Record<Language, Record<string, string>>>({ vi: {}, en: {} });
const words = computed<Record<string, string>>(() => ({
  ...taught.value[language.value],
  ...(dictionaries.value[language.value] ?? vi),
}));

/** Adds the words of a tool; a screen that says them imports the module that calls this. */
export function teach(more: Record<Language, Record<string, string>>): void {
  const { vi: vietnamese, en: english } = taught.value;
  taught.value = { vi: { ...vietnamese, ...more.vi }, en: { ...english, ...more.en } };
}

export async function speak(wanted: Language): Promise<void> {
  if (wanted === "en" && !dictionaries.value.en) {
    const { en } = await import("./en");
    dictionaries.value = { ...dictionaries.value, en };
  }
  chosen.value = wanted;
}

const plural = computed(() => new Intl.PluralRules(language.value));

/** `{name}`, or `{name|one|other}`: the form that goes with the number. */
const PLACES = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g;

export function say(key: WordKey, values: Record<string, string | number> = {}): string {
  return (words.value[key] ?? key).replace(PLACES, (whole, name: string, one?: string, other?: string) => {
    const value = values[name] ?? whole;
    if (one === undefined || other === undefined) return String(value);
    return plural.value.select(Number(value)) === "one" ? one : other;
  });
}

/** The word for `prefix.name`, or `otherwise` where the dictionary has none: names that come from the server. */
export function sayNamed(prefix: string, name: string, otherwise = name): string {
  const key = `${prefix}.${name}`;
  return words.value[key] ?? otherwise;
}

/** Picks the language's own of two texts that records carry in both. */
export function inLanguage(vietnamese: unknown, english: unknown): string {
  const preferred = language.value === "en" && typeof english === "string" && english ? english : vietnamese;
  return typeof preferred === "string" ? preferred : "";
}
