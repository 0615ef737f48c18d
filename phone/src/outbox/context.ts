/** Everything the sync core needs of the world, so that it runs the same in a browser and under Node. */
import type { Clock } from "../protocol/time";
import { type RandomBytes, uuid7 } from "../protocol/identifiers";
import type { PhoneDatabase } from "../store/database";

export interface CoreContext {
  database: PhoneDatabase;
  clock: Clock;
  random: RandomBytes;
}

export const webRandom: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

export function newIdentifier(context: CoreContext): string {
  return uuid7(context.clock.now(), context.random);
}
