/** Starts the app: choices, session, index, triggers, screens, in this order. */
import { render } from "preact";
import { App } from "./app";
import { keepReader } from "./joining/code_reader";
import { database, engine, guard, loadSession, session } from "./phone";
import { watchIdleness, watchVault } from "./locking";
import { watchPlaces } from "./records/establishments";
import { watchPhotos } from "./photos/uploads";
import { rememberChoices } from "./screens/language";
import { listen } from "./triggers";
import { watchOfficeKey } from "./complaints/office_key";
import { registerWorker } from "./updates";
import "./look/tokens.css";
import "./look/frame.css";
import "./look/parts.css";
import "./look/lists.css";
import "./look/screens.css";
import "./look/photos.css";
import "./look/measuring.css";
import "./look/minutes.css";

async function start(): Promise<void> {
  await rememberChoices();
  const root = document.getElementById("app");
  if (root) render(<App />, root);
  await database.open();
  await loadSession();
  watchOfficeKey();
  watchPlaces();
  listen();
  watchPhotos();
  watchIdleness();
  watchVault();
  if (guard.value === "open" && session.value && !session.value.ended) engine.request("start");
  await registerWorker();
  keepReader();
  await navigator.storage?.persist?.();
}

void start();
