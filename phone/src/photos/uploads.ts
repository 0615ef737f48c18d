/** When photos are sent: after every synchronisation, as their records are on the server then. */
import { effect, signal } from "@preact/signals";
import { context, engine, online, syncStatus } from "../phone";

/** Bytes sent of the photos under way, by evidence. */
export const progress = signal<Readonly<Record<string, number>>>({});

/** Whether photos are on their way just now. */
export const sending = signal(false);

let timer = 0;

function report(evidence: string, sent: number | null): void {
  const { [evidence]: _, ...others } = progress.value;
  progress.value = sent === null ? others : { ...others, [evidence]: sent };
}

export async function sendPhotos(): Promise<void> {
  if (sending.value || !online.value) return;
  sending.value = true;
  window.clearTimeout(timer);
  try {
    const [{ uploadPhotos }, { sendByTus }] = await Promise.all([import("./uploading"), import("./tus")]);
    const { sent, stopped } = await uploadPhotos(context, sendByTus(context), report);
    // The pull that shows them as stored is what lets the phone forget the bytes.
    if (sent > 0) engine.request("change");
    if (stopped?.seconds) timer = window.setTimeout(() => void sendPhotos(), stopped.seconds * 1000);
  } catch (fault) {
    console.error(fault);
  } finally {
    sending.value = false;
  }
}

export function watchPhotos(): void {
  let seen: number | null = null;
  effect(() => {
    const { last_success } = syncStatus.value;
    if (last_success === null || last_success === seen) return;
    seen = last_success;
    void sendPhotos();
  });
}
