/** Starts the app: choices, session, index, triggers, screens, in this order. */
import { render } from "preact";
import { App } from "./app";
import { keepReader } from "./joining/code_reader";
import { database, engine, guard, loadSession, session } from "./phone";
import { watchIdleness, watchVault } from "./locking";
import { watchPhotos } from "./photos/uploads";
import { rememberChoices } from "./screens/language";
import { listen } from "./triggers";
import { registerWorker } from "./updates";
import "./look/tokens.css";
import "./look/frame.css";
import "./look/parts.css";
import "./look/lists.css";
import "./look/screens.css";

/** For what the first screen does not need. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(work, { timeout: 3_000 });
  else globalThis.setTimeout(work, 1_000);
}

async function start(): Promise<void> {
  await rememberChoices();
  const root = document.getElementById("app");
  if (root) render(<App />, root);
  await database.open();
  await loadSession();
  listen();
  watchPhotos();
  watchIdleness();
  watchVault();
  whenIdle(() => {
    void import("./screens/home");
    void import("./records/establishments").then((part) => part.watchPlaces());
    void import("./complaints/office_key").then((part) => part.watchOfficeKey());
  });
  if (guard.value === "open" && session.value && !session.value.ended) engine.request("start");
  await registerWorker();
  keepReader();
  await navigator.storage?.persist?.();
}

void start();
