/** Where the person stands, as far as the phone may know. Kept in memory only and sent nowhere. */
import { signal } from "@preact/signals";
import type { Position } from "../records/distance";

export const here = signal<Position | null>(null);

/** askable: nobody has been asked yet. off: refused, or this phone has none. */
export const locating = signal<"unknown" | "askable" | "on" | "off">("unknown");

/** Nearer than this is the same place, so that lists stand still in the hand. */
const SAME_PLACE = 0.0005;

/** Takes the position where it was allowed before; otherwise only learns whether a person could allow it. */
export async function lookAround(): Promise<void> {
  if (!("geolocation" in navigator)) {
    locating.value = "off";
    return;
  }
  try {
    const { state } = await navigator.permissions.query({ name: "geolocation" });
    if (state === "granted") locate();
    else locating.value = state === "denied" ? "off" : "askable";
  } catch {
    locating.value = "askable";
  }
}

/** Takes the position; the browser asks the person where it has to. */
export function locate(): void {
  navigator.geolocation.getCurrentPosition(
    ({ coords: { latitude, longitude } }) => {
      locating.value = "on";
      const before = here.value;
      const moved =
        !before ||
        Math.abs(before.latitude - latitude) > SAME_PLACE ||
        Math.abs(before.longitude - longitude) > SAME_PLACE;
      if (moved) here.value = { latitude, longitude };
    },
    () => {
      locating.value = "off";
    },
    { timeout: 20_000, maximumAge: 120_000 },
  );
}
