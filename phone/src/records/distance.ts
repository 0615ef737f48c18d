/** Distances on the ground, good enough to say which shop is nearer. */
import type { View } from "../outbox/overlay";
import { text } from "./reader";

/** Degrees. */
export interface Position {
  latitude: number;
  longitude: number;
}

const EARTH_RADIUS = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The position of a record, or null where it has none. */
export function positionOf(view: View): Position | null {
  const [latitude, longitude] = [text(view, "latitude"), text(view, "longitude")];
  if (latitude === "" || longitude === "") return null;
  const position = { latitude: Number(latitude), longitude: Number(longitude) };
  return Number.isFinite(position.latitude) && Number.isFinite(position.longitude) ? position : null;
}

/** Metres along the great circle (haversine). */
export function distanceBetween(from: Position, to: Position): number {
  const height = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2;
  const width = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  const share = height + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * width;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(share)));
}
