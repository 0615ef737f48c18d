/**
 * The establishments of the jurisdiction, kept in memory as a search index while the app is open. There are thousands,
 * so they are read a few at a time, after the first screen stands and in the pauses between taps.
 */
import { effect, signal } from "@preact/signals";
import { liveQuery } from "dexie";
import type { View } from "../outbox/overlay";
import { database, reader, session } from "../phone";
import { type Findable, SearchIndex } from "../search/index";
import { inForce, type Reader, text } from "./reader";

export interface Place extends Findable {
  address: string;
  owner: string;
  risk: string;
  type: string;
}

export const places = signal<SearchIndex<Place> | null>(null);

const KIND = "establishment";
const AT_A_TIME = 50;
/** Milliseconds that the first screen has for itself. */
const FIRST_SCREEN = 1_000;

function placeOf(view: View): Place {
  return {
    id: view.record,
    name: text(view, "name"),
    address: text(view, "address"),
    owner: text(view, "owner"),
    risk: text(view, "risk"),
    type: text(view, "establishment_type"),
    details: ["address", "owner", "licence_number", "phone"].map((field) => text(view, field)),
  };
}

const pause = (): Promise<void> => new Promise((done) => globalThis.setTimeout(done));

/** Null when `stale` says that somebody else needs it by now. */
async function readPlaces(from: Reader, stale: () => boolean): Promise<SearchIndex<Place> | null> {
  const records = await database.records.where("kind").equals(KIND).primaryKeys();
  const made = await database.outbox.where("kind").equals(KIND).toArray();
  const all = [...new Set([...records, ...made.map((row) => row.record)])];
  const index = new SearchIndex<Place>();
  for (let at = 0; at < all.length; at += AT_A_TIME) {
    const views = await from.several(all.slice(at, at + AT_A_TIME));
    await pause();
    if (stale()) return null;
    index.add(views.filter((view) => inForce(view) && !text(view, "merged_into")).map(placeOf));
  }
  index.order();
  return index;
}

/** What tells that an establishment has changed, without reading any. */
async function standing(): Promise<string> {
  const scopes = await database.scopes.toArray();
  const made = await database.outbox.where("kind").equals(KIND).toArray();
  const pulled = scopes.filter(({ scope }) => scope.startsWith("establishments:"));
  return JSON.stringify([
    pulled.map(({ cursor, complete }) => [cursor, complete]),
    made.map(({ n, state }) => [n, state]),
  ]);
}

/** Keeps the index up to date for whoever is signed in. */
export function watchPlaces(): void {
  effect(() => {
    if (!session.value) {
      places.value = null;
      return undefined;
    }
    const from = reader.value;
    let newest = "";
    const build = async (wanted: string): Promise<void> => {
      const index = await readPlaces(from, () => wanted !== newest);
      if (index) places.value = index;
    };
    let ended = (): void => undefined;
    const begin = globalThis.setTimeout(() => {
      const subscription = liveQuery(standing).subscribe({
        next: (now) => {
          if (now === newest) return;
          newest = now;
          build(now).catch((fault: unknown) => console.error(fault));
        },
        error: (fault: unknown) => console.error(fault),
      });
      ended = () => subscription.unsubscribe();
    }, FIRST_SCREEN);
    return () => {
      globalThis.clearTimeout(begin);
      newest = "left";
      ended();
    };
  });
}
