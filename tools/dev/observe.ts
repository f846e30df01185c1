import type { Observation } from './status.js';

/** One look at the running system. */
export function observe(): Promise<Observation> {
  return Promise.resolve({
    relays: null,
    leftToday: null,
    sessionNumber: null,
    height: null,
    batchesSettled: null,
    mintedUpokt: null,
  });
}
