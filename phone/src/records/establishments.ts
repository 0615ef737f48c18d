/** The establishments of the jurisdiction, kept in memory as a search index while the app is open. */
import { effect, signal } from "@preact/signals";
import { liveQuery } from "dexie";
import { reader, session } from "../phone";
import { type Findable, SearchIndex } from "../search/index";
import { inForce, type Reader, text } from "./reader";

export interface Place extends Findable {
  address: string;
  owner: string;
  risk: string;
  type: string;
}

export const places = signal<SearchIndex<Place> | null>(null);

async function readPlaces(from: Reader): Promise<SearchIndex<Place>> {
  const views = (await from.all("establishment")).filter(inForce).filter((view) => !text(view, "merged_into"));
  return new SearchIndex(
    views.map((view) => ({
      id: view.record,
      name: text(view, "name"),
      address: text(view, "address"),
      owner: text(view, "owner"),
      risk: text(view, "risk"),
      type: text(view, "establishment_type"),
      details: ["address", "owner", "licence_number", "phone"].map((field) => text(view, field)),
    })),
  );
}

/** Keeps the index up to date for whoever is signed in. */
export function watchPlaces(): void {
  effect(() => {
    if (!session.value) return undefined;
    const from = reader.value;
    const subscription = liveQuery(() => readPlaces(from)).subscribe({
      next: (index) => {
        places.value = index;
      },
      error: (fault: unknown) => console.error(fault),
    });
    return () => subscription.unsubscribe();
  });
}
