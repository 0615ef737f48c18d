/** What makes the phone synchronise by itself: a returned network, a page that is looked at again. */
import { database, engine, guard, online } from "./phone";

export function listen(): void {
  window.addEventListener("online", () => {
    online.value = true;
    if (guard.value === "open") engine.request("online");
  });
  window.addEventListener("offline", () => {
    online.value = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    if (!database.isOpen()) void database.open();
    if (guard.value === "open") engine.request("visible");
  });
}
