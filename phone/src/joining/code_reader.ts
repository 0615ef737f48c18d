/** The reader of codes for browsers that have none. It must be here before the signal is gone. */
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

export const READER = wasm;

/** Lets the service worker keep the reader's file, on phones that will need it. */
export function keepReader(): void {
  const worker = navigator.serviceWorker;
  if ("BarcodeDetector" in globalThis || !worker) return;
  const ask = (): void => void fetch(READER).catch(() => undefined);
  if (worker.controller) ask();
  else worker.addEventListener("controllerchange", ask, { once: true });
}
