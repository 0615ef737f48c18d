/** Signing: the content that was read is frozen under its digest in the same moment as the signature is given. */
import { newIdentifier } from "../outbox/context";
import type { Intention } from "../outbox/making";
import { act } from "../deeds/act";
import type { Strokes } from "../parts/strokes";
import { context, database, reader } from "../phone";
import { canonical, digestOf } from "../protocol/canonical";
import type { Fields } from "../protocol/types";
import { coveredVersions, type VisitFile } from "../records/visits";
import { frozenIdentifier } from "./content";
import { gatherContent } from "./gathering";

export interface Signing {
  party: "team" | "establishment";
  name: string;
  position: string;
  refused: boolean;
  refusal_reason: string;
  witnesses: string[];
  strokes: Strokes;
}

/** Bytes of a content that one operation can carry; beyond it the signature names the digest alone. */
const LARGEST_CONTENT = 58_000;

/** Signs the visit as this phone has it now, which is what its screen shows. */
export async function sign(file: VisitFile, signing: Signing): Promise<boolean> {
  const { visit } = file;
  const content = await gatherContent(reader.value, visit);
  const digest = await digestOf(content);
  const frozen = frozenIdentifier(visit.record, digest);
  const fits = new TextEncoder().encode(canonical(content)).length <= LARGEST_CONTENT;
  const kept: Intention[] = [];
  if (fits && !(await reader.value.one(frozen))) {
    const fields: Fields = { visit: visit.record, digest, content };
    kept.push({ kind: "frozen_record", record: frozen, scope: visit.scope, fields });
  }
  const witnesses = signing.witnesses.map((each) => each.trim()).filter(Boolean);
  const fields: Fields = {
    visit: visit.record,
    party: signing.party,
    name: signing.name.trim(),
    position: signing.position.trim() || null,
    refused: signing.refused,
    refusal_reason: signing.refused ? signing.refusal_reason.trim() || null : null,
    witnesses: signing.refused && witnesses.length > 0 ? witnesses : null,
    strokes: signing.refused || signing.strokes.length === 0 ? null : signing.strokes,
    digest,
    covers: await coveredVersions(database, file),
  };
  return act(...kept, { kind: "signature", record: newIdentifier(context), scope: visit.scope, fields });
}
