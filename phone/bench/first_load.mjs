/**
 * Bytes of each file of the build, gzip as a server sends them: what loads before the first screen stands, and what
 * comes later, one line each. Needs a build: `npm --prefix phone run build`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET = 80 * 1024;
const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

const read = (name) => readFileSync(join(DIST, name));
const sizes = new Map([["index.html", gzipSync(read("index.html"), { level: 9 }).length]]);
for (const name of readdirSync(join(DIST, "assets")))
  sizes.set(`assets/${name}`, gzipSync(read(`assets/${name}`), { level: 9 }).length);
sizes.set("sw.js", gzipSync(read("sw.js"), { level: 9 }).length);

/** What a module imports at its top, and so before it runs. */
function importsOf(name) {
  if (!name.endsWith(".js")) return [];
  const found = read(name)
    .toString()
    .matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g);
  return [...found].map(([, file]) => `assets/${file}`);
}

const first = new Set();
function need(name) {
  if (first.has(name) || !sizes.has(name)) return;
  first.add(name);
  for (const each of importsOf(name)) need(each);
}

need("index.html");
for (const [, file] of read("index.html").toString().matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)) need(file);
// The screen that a person meets first, where it is a file of its own.
for (const name of sizes.keys()) if (/^assets\/(home|sign_in)-[^/]*\.(js|css)$/.test(name)) need(name);
need("sw.js");

const line = (name) => `${String(sizes.get(name)).padStart(8)}  ${name}`;
const bySize = (left, right) => sizes.get(right) - sizes.get(left);
const total = [...first].reduce((sum, name) => sum + sizes.get(name), 0);
console.log("first load, bytes gzip");
for (const name of [...first].sort(bySize)) console.log(line(name));
console.log(`${String(total).padStart(8)}  in all: ${(total / BUDGET).toFixed(2)} of the ${BUDGET} allowed`);
console.log("\nlater");
for (const name of [...sizes.keys()].filter((name) => !first.has(name)).sort(bySize)) console.log(line(name));
if (total > BUDGET) process.exitCode = 1;
