/**
 * One phone as a process: it works without a pause, synchronises through a bad line, and does what its standard
 * input says at the end ("settle", "show"). It answers each of those with one line of JSON.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Intention } from "../src/outbox/making";
import { answerIdentifier, uuid5, uuid7 } from "../src/protocol/identifiers";
import { type Settings, TorturedPhone } from "./phone";

const settings = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Settings;
const phone = new TorturedPhone(settings);
const scope = `campaign:${settings.campaign}`;
const ITEMS = ["ATTP-C01", "ATTP-C02", "ATTP-C03", "ATTP-C04"];
let state = settings.seed >>> 0;
let working = true;

/** A small generator of our own (mulberry32), so that one seed makes one run's choices. */
function chance(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

/** Visits whose identifiers colleagues know beforehand, as from a code on the screen, and may answer before they exist. */
const AGREED = 6;
const agreed = (label: string, index: number): string => uuid5(settings.campaign, `${label} ${index}`);
let opened = 0;

function visit(): Intention[] {
  const record = opened < AGREED ? agreed(settings.label, opened) : uuid7(Date.now(), phone.context.random);
  opened += 1;
  const fields = { campaign: settings.campaign, establishment: settings.shop, visited_on: "2026-09-20", note: settings.label };
  return [{ kind: "visit", record, scope, fields }, ...ITEMS.slice(0, 2).map((item) => answer(record, item))];
}

/** Whoever answers an item says the same, so that only what is planned can be a disagreement. */
function answer(record: string, item: string): Intention {
  const fields = { visit: record, item, result: "pass", reason: null };
  return { kind: "answer", record: answerIdentifier(record, item), scope, fields };
}

async function deed(): Promise<void> {
  const visits = (await phone.database.records.where("kind").equals("visit").toArray()).filter(
    ({ record }) => !settings.disagreements.some((planned) => planned.record === record),
  );
  const mine = visits.filter(({ fields }) => fields.note === settings.label);
  const choice = chance();
  if (visits.length === 0 || choice < 0.3) return phone.make(...visit());
  if (choice < 0.4) {
    const colleague = agreed(pick(settings.labels), Math.floor(chance() * AGREED));
    return phone.make(answer(colleague, pick(ITEMS)));
  }
  if (choice < 0.75) return phone.make(answer(pick(visits).record, pick(ITEMS)));
  if (mine.length === 0) return;
  const { record } = pick(mine);
  if (choice < 0.95) {
    const representative = `${settings.label} ${Math.floor(chance() * 1000)}`;
    return phone.make({ kind: "visit", record, scope, fields: { representative } });
  }
  return phone.make({ kind: "visit", record, scope, fields: { nonsense: "mưa" } });
}

async function work(): Promise<void> {
  while (working) {
    if (chance() < 0.7) await deed();
    if (chance() < 0.03) phone.clockError = pick([0, 3_600_000, -7 * 86_400_000]);
    if (chance() < 0.6) await phone.synchronise().catch(() => false);
    await pause(20 + chance() * 180);
  }
}

async function settle(): Promise<boolean> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if (await phone.settle().catch(() => false)) return true;
    await pause(250);
  }
  return false;
}

while (!(await phone.synchronise().catch(() => false))) await pause(100);
say({ ready: settings.label });
const commands = createInterface({ input: process.stdin });
let running: Promise<void> = Promise.resolve();
for await (const command of commands) {
  if (command === "work") {
    for (const { record, at } of settings.disagreements) {
      const fields = { note: `${settings.label} không đồng ý` };
      setTimeout(() => void phone.make({ kind: "visit", record, scope, fields }), at);
    }
    running = work();
  } else if (command === "settle") {
    working = false;
    await running;
    while (opened < AGREED) await phone.make(...visit());
    phone.clockError = 0;
    say({ settled: await settle() });
  } else if (command === "show") say(await phone.contents());
}
process.exit(0);
