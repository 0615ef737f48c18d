/** Inviting to a visit and joining one: from the records of this phone to a code, and back. */
import { operationOf } from "../outbox/outbox";
import type { Intention } from "../outbox/making";
import { inForce, type Reader, text } from "../records/reader";
import { carriedFields, type Creation, type Invitation, readCode, type Unreadable, writeCode } from "./code";

export type Refusal = Unreadable | "other_jurisdiction" | "other_campaign" | "not_pulled";

export type Joining =
  { kind: "refused"; why: Refusal } | { kind: "join"; visit: string; intentions: Intention[] };

const ESTABLISHMENTS = "establishments:";

/** The code for a visit, or null while this phone does not know its own jurisdiction or the visit. */
export async function invitation(reader: Reader, visit: string): Promise<string | null> {
  const jurisdiction = await jurisdictionOf(reader);
  const view = await reader.one(visit);
  if (!jurisdiction || view?.kind !== "visit") return null;
  const establishment = await reader.one(text(view, "establishment"));
  const creations = [await creation(reader, "visit", visit)];
  if (establishment?.version === null)
    creations.unshift(await creation(reader, "establishment", establishment.record));
  return writeCode({ jurisdiction, creations });
}

async function creation(reader: Reader, kind: Creation["kind"], record: string): Promise<Creation> {
  const view = await reader.one(record);
  const rows = await reader.database.outbox.where("record").equals(record).sortBy("n");
  const [first] = rows;
  // Once the server has the creation, what it holds now is what a colleague's create must equal.
  const created = first?.state === "waiting" && view?.version === null ? operationOf(first).fields : null;
  return { kind, record, fields: carriedFields(kind, created, view?.fields ?? {}) };
}

/** What joining by this code would write down on this phone: nothing where the visit is here already. */
export async function join(reader: Reader, code: string): Promise<Joining> {
  const read = readCode(code);
  if (typeof read === "string") return { kind: "refused", why: read };
  const why = await objection(reader, read);
  if (why) return { kind: "refused", why };
  const intentions: Intention[] = [];
  for (const { kind, record, fields } of read.creations) {
    if (await reader.one(record)) continue;
    const scope =
      kind === "visit" ? `campaign:${String(fields.campaign)}` : ESTABLISHMENTS + read.jurisdiction;
    intentions.push({ kind, record, scope, fields });
  }
  return { kind: "join", visit: read.creations.at(-1)?.record ?? "", intentions };
}

async function objection(reader: Reader, { jurisdiction, creations }: Invitation): Promise<Refusal | null> {
  const own = await jurisdictionOf(reader);
  if (!own) return "not_pulled";
  if (own !== jurisdiction) return "other_jurisdiction";
  const id = String(creations.at(-1)?.fields.campaign);
  const scope = await reader.database.scopes.get(`campaign:${id}`);
  const campaign = await reader.one(id);
  return scope && !scope.lost && campaign && inForce(campaign) ? null : "other_campaign";
}

async function jurisdictionOf(reader: Reader): Promise<string | null> {
  const scopes = await reader.database.scopes.toArray();
  return scopes.find(({ scope }) => scope.startsWith(ESTABLISHMENTS))?.scope.split(":")[1] ?? null;
}
