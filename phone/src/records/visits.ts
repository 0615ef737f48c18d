/** What a visit amounts to: its answers in the order of the checklist, progress, and standing. */
import { isOverlaid, type View } from "../outbox/overlay";
import type { PhoneDatabase } from "../store/database";
import { examine } from "./asking";
import { checklistsOf, type Item, itemsOf, othersFor } from "./checklists";
import { inForce, type Reader, text, texts } from "./reader";

export interface VisitFile {
  visit: View;
  campaign: View | undefined;
  establishment: View | undefined;
  checklists: View[];
  others: View[];
  answers: View[];
  violations: View[];
  measures: View[];
  signatures: View[];
  evidence: View[];
  instruments: View[];
  packages: View[];
  samples: View[];
}

export async function readVisit(reader: Reader, record: string): Promise<VisitFile | undefined> {
  const visit = await reader.one(record);
  if (!visit || visit.kind !== "visit") return undefined;
  const parts = (kind: string): Promise<View[]> =>
    reader.children(kind, record).then((views) => views.filter(inForce).sort(byRecord));
  const [campaign, establishment, checklists, answers, violations, measures, signatures, evidence] = await Promise.all([
    reader.one(text(visit, "campaign")),
    reader.one(text(visit, "establishment")),
    reader.all("checklist"),
    parts("answer"),
    parts("violation"),
    parts("measure"),
    parts("signature"),
    parts("evidence"),
  ]);
  const [instruments, packages, samples] = await Promise.all([
    parts("instrument_check"),
    parts("package_check"),
    parts("sample"),
  ]);
  const used = checklistsOf(visit, campaign, establishment, checklists);
  return {
    visit,
    campaign,
    establishment,
    checklists: used,
    others: othersFor(visit, used, checklists),
    answers,
    violations,
    measures,
    signatures,
    evidence,
    instruments,
    packages,
    samples,
  };
}

/** Identifiers made on phones sort by their moment. */
const byRecord = (left: View, right: View): number => (left.record < right.record ? -1 : 1);

export function isAnswered(answer: View): boolean {
  const given = ["result", "value", "text", "day"].some((field) => text(answer, field) !== "");
  return given || texts(answer, "chosen").length > 0;
}

export function answersTo(item: Item, answers: readonly View[]): View[] {
  const own = answers.filter((answer) => text(answer, "item") === item.id);
  return own.sort((left, right) => text(left, "subject").localeCompare(text(right, "subject"), "vi"));
}

export interface Progress {
  total: number;
  done: number;
  passed: number;
  failed: number;
  not_applicable: number;
  missing_reasons: number;
  missing_required: number;
}

const NOTHING: Progress = {
  total: 0,
  done: 0,
  passed: 0,
  failed: 0,
  not_applicable: 0,
  missing_reasons: 0,
  missing_required: 0,
};

/** Whether the answer says anything; one to a photo or signature item also by a picture of it. */
export function isGiven(item: Item, answer: View, photographed: ReadonlySet<string>): boolean {
  return isAnswered(answer) || (["photo", "signature"].includes(item.kind) && photographed.has(answer.record));
}

/** The records of which there are photos. */
export function photographedIn(file: VisitFile): Set<string> {
  return new Set(file.evidence.map((view) => text(view, "subject")));
}

/** How far a checklist is. Only questions that are asked count, and only answers that keep to their constraint. */
export function progressOf(
  items: readonly Item[],
  answers: readonly View[],
  photographed: ReadonlySet<string>,
  day: string,
): Progress {
  const standing = examine(items, answers, day, photographed);
  const progress: Progress = { ...NOTHING };
  const byItem = new Map<string, View[]>();
  for (const answer of answers) {
    const item = text(answer, "item");
    byItem.set(item, [...(byItem.get(item) ?? []), answer]);
  }
  for (const item of items) {
    const own = byItem.get(item.id) ?? [];
    const asked = own.filter((answer) => standing.asks(item, text(answer, "subject")));
    if (asked.length === 0 && !standing.asks(item, "")) continue;
    progress.total += 1;
    const given = asked.filter((answer) => isGiven(item, answer, photographed));
    const kept = given.filter((answer) => !standing.breaks(item, text(answer, "subject")));
    if (given.length > 0 && kept.length === given.length) progress.done += 1;
    else if (item.required) progress.missing_required += 1;
    for (const answer of given) {
      const result = text(answer, "result");
      if (result === "pass") progress.passed += 1;
      if (result === "na") progress.not_applicable += 1;
      if (result === "fail") progress.failed += 1;
      if (result === "fail" && !text(answer, "reason") && !text(answer, "note"))
        progress.missing_reasons += 1;
    }
  }
  return progress;
}

export function progressIn(file: VisitFile, checklist: View): Progress {
  return progressOf(itemsOf(checklist), file.answers, photographedIn(file), text(file.visit, "visited_on"));
}

export function totalOf(file: VisitFile): Progress {
  const total: Progress = { ...NOTHING };
  for (const checklist of file.checklists) {
    const part = progressIn(file, checklist);
    for (const name of Object.keys(NOTHING) as (keyof Progress)[]) total[name] += part[name];
  }
  return total;
}

/** The visit and what a signature under it covers. */
function coveredParts(file: VisitFile): View[] {
  const { visit, answers, violations, measures, evidence, instruments, packages, samples } = file;
  return [visit, ...answers, ...violations, ...measures, ...evidence, ...instruments, ...packages, ...samples];
}

export function conflictsOf(file: VisitFile, conflicts: readonly View[]): View[] {
  const parts = [...coveredParts(file), ...file.signatures];
  const records = new Set(parts.map((view) => view.record));
  return conflicts.filter(
    (conflict) => conflict.fields.open === true && records.has(text(conflict, "target")),
  );
}

/** The photos of one part of the visit; with null, those of the visit as a whole. */
export function photosOf(file: VisitFile, subject: string | null): View[] {
  return file.evidence.filter((view) => text(view, "subject") === (subject ?? ""));
}

/** The versions a signature covers; a record with changes not yet pulled back adds the number of the last one. */
export async function coveredVersions(
  database: PhoneDatabase,
  file: VisitFile,
): Promise<Record<string, string>> {
  const covered: Record<string, string> = {};
  for (const view of coveredParts(file)) {
    const rows = await database.outbox.where("record").equals(view.record).toArray();
    const last = Math.max(0, ...rows.filter(isOverlaid).map((row) => row.n));
    covered[view.record] = last > 0 ? `${view.version ?? "0"}+${last}` : (view.version ?? "0");
  }
  return covered;
}
