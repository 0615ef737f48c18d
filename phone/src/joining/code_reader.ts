/** The reader of codes for browsers that have none. It must be here before the signal is gone. */
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

export const READER = wasm;

/** Lets the service worker keep the reader's file, on phones that will need it. */
export async function keepReader(): Promise<void> {
  if ("BarcodeDetector" in globalThis || !navigator.serviceWorker?.controller) return;
  await fetch(READER).catch(() => undefined);
}
