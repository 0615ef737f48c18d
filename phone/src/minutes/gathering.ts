/** The content of a visit record gathered from what this phone has, and the signed content where there is one. */
import { KIND_RULES } from "../protocol/kinds";
import { digestOf } from "../protocol/canonical";
import type { Fields } from "../protocol/types";
import { inForce, type Reader, text } from "../records/reader";
import type { View } from "../outbox/overlay";
import { type Content, contentOf, frozenIdentifier } from "./content";

/** Kinds that lie under a visit and are not the signing itself. */
export const PARTS = Object.keys(KIND_RULES).filter(
  (kind) => KIND_RULES[kind]?.parent === "visit" && kind !== "signature" && kind !== "frozen_record",
);

export async function gatherContent(reader: Reader, visit: View): Promise<Content> {
  const [campaign, establishment] = await Promise.all([
    reader.one(text(visit, "campaign")),
    reader.one(text(visit, "establishment")),
  ]);
  const unit = await reader.one(text(visit, "unit") || text(establishment, "unit"));
  const parts: Record<string, Record<string, Fields>> = {};
  for (const kind of PARTS) {
    const views = (await reader.children(kind, visit.record)).filter(inForce);
    parts[kind] = Object.fromEntries(views.map((view) => [view.record, view.fields]));
  }
  return contentOf({
    visit: visit.record,
    fields: visit.fields,
    campaign: campaign?.fields ?? {},
    establishment: establishment?.fields ?? {},
    unit: text(unit, "name"),
    team: await teamOf(reader, text(visit, "campaign"), text(visit, "lead")),
    parts,
  });
}

const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

async function teamOf(reader: Reader, campaign: string, lead: string): Promise<Fields[]> {
  const assignments = (await reader.children("assignment", campaign)).filter(inForce);
  const key = (view: View): string => text(view, "person") + view.record;
  assignments.sort((left, right) => byText(key(left), key(right)));
  const team = text(
    assignments.find((view) => text(view, "person") === lead),
    "team",
  );
  const members = assignments.filter((view) => !team || text(view, "team") === team);
  return Promise.all(
    members.map(async (view) => {
      const person = await reader.one(text(view, "person"));
      const agency = await reader.one(text(view, "agency") || text(person, "agency"));
      return {
        name: person?.fields.full_name ?? null,
        position: person?.fields.position ?? null,
        agency: agency?.fields.name_vi ?? null,
        duty: view.fields.duty ?? null,
      };
    }),
  );
}

export interface Minutes {
  content: Content;
  digest: string;
  /** False while nobody has signed: the content is then that of now. */
  signed: boolean;
  /** The content that was signed is no longer that of now. */
  amended: boolean;
  signatures: View[];
}

export async function readMinutes(reader: Reader, record: string): Promise<Minutes | null> {
  const visit = await reader.one(record);
  if (!visit || visit.kind !== "visit") return null;
  const content = await gatherContent(reader, visit);
  const digest = await digestOf(content);
  const signatures = (await reader.children("signature", record)).filter(inForce);
  signatures.sort((left, right) => byText(left.record, right.record));
  const first = text(signatures.find((view) => text(view, "digest")), "digest");
  const frozen = first ? await reader.one(frozenIdentifier(record, first)) : undefined;
  const kept = (frozen?.fields.content ?? content) as Content;
  return {
    content: kept,
    digest: first || digest,
    signed: signatures.length > 0,
    amended: first !== "" && first !== digest,
    signatures,
  };
}
