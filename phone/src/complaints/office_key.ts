/** The office's public key for identities, fetched whenever the phone has synchronised and kept for the day without a network. */
import { computed, effect } from "@preact/signals";
import { context, database, syncStatus } from "../phone";
import { durable } from "../store/durable";
import { readNote, writeNote } from "../store/notes";
import type { OfficeKey } from "../protocol/sealing";

const NOTE = "office.sealing_key";
const FRESH_FOR = 24 * 3_600_000;

interface KeptKey {
  key: OfficeKey;
  at: number;
}

/** The key to seal identities to; null while this phone has never heard of it. */
export async function officeKey(): Promise<OfficeKey | null> {
  return (await readNote<KeptKey>(database, NOTE))?.key ?? null;
}

function isKey(value: unknown): value is OfficeKey {
  const key = value as Partial<OfficeKey> | null;
  const texts = [key?.kid, key?.x, key?.y];
  return key?.kty === "EC" && key.crv === "P-256" && texts.every((text) => typeof text === "string" && text !== "");
}

async function renew(): Promise<void> {
  const kept = await readNote<KeptKey>(database, NOTE);
  const now = context.clock.now();
  if (kept && Math.abs(now - kept.at) < FRESH_FOR) return;
  const response = await context.fetch(`${context.origin}/api/sealing-key`, { signal: AbortSignal.timeout(20_000) });
  const key: unknown = response.ok ? await response.json() : null;
  if (isKey(key)) await durable(database, () => writeNote(database, NOTE, { key, at: now } satisfies KeptKey));
}

const lastSuccess = computed(() => syncStatus.value.last_success);

export function watchOfficeKey(): void {
  effect(() => {
    if (lastSuccess.value !== null) renew().catch(() => undefined);
  });
}
