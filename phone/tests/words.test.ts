import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { say, speak } from "../src/words/index";

const SOURCE = fileURLToPath(new URL("../src/", import.meta.url));
const FIRST = "words/vi.ts";

/** The modules that a module needs before it runs, itself included, and those that it asks for later. */
function closure(start: string): { needed: Set<string>; later: Set<string> } {
  const needed = new Set<string>();
  const later = new Set<string>();
  const visit = (module: string): void => {
    if (needed.has(module)) return;
    needed.add(module);
    const text = readFileSync(join(SOURCE, module), "utf8");
    for (const [, asked = ""] of text.matchAll(/\bimport\("(\.[^"]+)"\)/g)) later.add(found(module, asked));
    for (const [, kind, named = ""] of text.matchAll(/^(import|export)(?! type)[^;]*?"(\.[^"]+)";/gms))
      if (kind && !named.endsWith(".css") && !named.endsWith(".json")) visit(found(module, named));
  };
  visit(start);
  return { needed, later };
}

function found(from: string, named: string): string {
  const path = normalize(join(dirname(from), named)).replaceAll("\\", "/");
  return FILES.has(`${path}.tsx`) ? `${path}.tsx` : `${path}.ts`;
}

const FILES = new Set(readdirSync(SOURCE, { recursive: true }).map((name) => String(name).replaceAll("\\", "/")));

const keysOf = (module: string): string[] =>
  [...readFileSync(join(SOURCE, module), "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map(([, key = ""]) => key);

/** Which file holds a word: the first ones, or a tool's, which its own module teaches. */
const homes = new Map<string, string>();
for (const file of FILES) {
  const [, topic] = /^words\/vi(?:_(\w+))?\.ts$/.exec(file) ?? [];
  if (/^words\/vi/.test(file)) for (const key of keysOf(file)) homes.set(key, topic ? `words/${topic}.ts` : FIRST);
}

/** The files whose words a module may say: those of whole keys, and of keys put together from a beginning. */
function saidIn(module: string): Map<string, string> {
  const text = readFileSync(join(SOURCE, module), "utf8");
  const said = new Map<string, string>();
  for (const [, key = ""] of text.matchAll(/"([a-z_]+(?:\.[a-z_]+)+)"/g)) {
    const home = homes.get(key);
    if (home) said.set(home, key);
  }
  const beginnings = [
    ...text.matchAll(/`([a-z_]+\.(?:[a-z_]+\.)*)\$\{/g),
    ...text.matchAll(/sayNamed\(\s*"([a-z_.]+)"/g),
  ].map(([, beginning = ""]) => (beginning.endsWith(".") ? beginning : `${beginning}.`));
  for (const beginning of beginnings)
    for (const [key, home] of homes) if (key.startsWith(beginning)) said.set(home, key);
  return said;
}

test("every screen brings the words along that it says", () => {
  const start = closure("main.tsx");
  const entries = new Map([["main.tsx", start.needed]]);
  const waiting = [...start.later];
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    if (entries.has(entry) || entry.startsWith("words/")) continue;
    const { needed, later } = closure(entry);
    entries.set(entry, needed);
    waiting.push(...later);
  }
  expect(entries.size).toBeGreaterThan(20);
  const missing: string[] = [];
  for (const [entry, needed] of entries) {
    const here = new Set([...needed, ...start.needed]);
    for (const module of needed)
      if (!module.startsWith("words/"))
        for (const [home, key] of saidIn(module))
          if (!here.has(home)) missing.push(`${entry}: ${module} says "${key}" of ${home}`);
  }
  expect(missing).toEqual([]);
});

/** Every word of a language, the tools' included. */
async function wordsOf(language: "vi" | "en"): Promise<Record<string, string>> {
  const files = [...FILES].filter((file) => new RegExp(`^words/${language}(_\\w+)?\\.ts$`).test(file));
  const modules = await Promise.all(
    files.map((file) => import(join(SOURCE, file)) as Promise<Record<string, Record<string, string>>>),
  );
  return Object.assign({}, ...modules.flatMap(Object.values)) as Record<string, string>;
}

test("both languages say everything, and name the same places in each sentence", async () => {
  const vietnamese = await wordsOf("vi");
  const english = await wordsOf("en");
  expect(Object.keys(vietnamese).length).toBeGreaterThan(600);
  expect(Object.keys(english).sort()).toEqual(Object.keys(vietnamese).sort());
  const places = (words = ""): string[] => (words.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, words] of Object.entries(vietnamese)) {
    expect([key, places(english[key])]).toEqual([key, places(words)]);
    expect([key, words.trim() !== "", english[key]?.trim() !== ""]).toEqual([key, true, true]);
  }
});

test("one is one, and many are many", async () => {
  expect(say("campaign.visits", { count: 1 })).toBe("1 lượt kiểm tra");
  await speak("en");
  expect([0, 1, 2].map((count) => say("campaign.visits", { count }))).toEqual(["0 visits", "1 visit", "2 visits"]);
  expect(say("target.all", { count: "1,234" })).toBe("See the whole list (1,234 establishments)");
  await speak("vi");
});
