/** New versions of the app: fetched in the background, used when the person says so, never under an open form. */
import { signal } from "@preact/signals";

export const updateReady = signal(false);

let waiting: ServiceWorker | null = null;

export async function registerWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.register("./sw.js", { scope: "./" });
  const look = (): void => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    updateReady.value = true;
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
}

export function useUpdate(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload());
  waiting?.postMessage("use-now");
}
