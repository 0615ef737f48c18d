/** A photo to look at: from this phone while it is here, else from the server. */
import { context, database } from "../phone";
import { usableToken } from "../session/renewal";
import { MEDIA_TYPE } from "./keeping";

const PATIENCE = 30_000;

export async function loadPhoto(evidence: string): Promise<Blob | null> {
  const kept = await database.photo_bytes.get(evidence);
  if (kept) return new Blob([kept.bytes], { type: MEDIA_TYPE });
  const token = await usableToken(context);
  if (token.kind !== "answer") return null;
  try {
    const answer = await fetch(`${context.origin}/api/evidence/${evidence}/content`, {
      headers: { Authorization: `Bearer ${token.body}` },
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}
