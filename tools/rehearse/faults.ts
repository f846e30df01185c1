import type { Behaviour } from '../../apps/devnet/src/faults/fault-script.js';

/** Every behaviour of a node that is rehearsed, by name. */
export const FAULTS: Readonly<Record<string, Behaviour>> = {
  'wrong-chain': { wrongChain: true },
  lying: { lying: true },
  stale: { staleBlocks: 500 },
  latency: { latencyMs: 300 },
  drop: { drop: true },
  'wrong-id': { wrongId: true },
  html: { html: 'node' },
  truncated: { truncate: 'body' },
  'cut-off': { truncate: 'transport' },
  'session-confusion': { sessionConfusion: 60 },
  exhausted: { exhausted: true },
  syncing: { syncing: true },
  skew: { heightSkewBlocks: 50 },
  flapping: { flap: { upMs: 300, downMs: 300 } },
  'null-result': { nullResult: true },
  oversized: { oversizedBytes: 8 * 1024 * 1024 },
  'bad-signature': { badSignature: true },
  'gzip-bomb': { gzipBombBytes: 64 * 1024 * 1024 },
  drip: { drip: { chunkBytes: 8, everyMs: 50 } },
};

/** What is rehearsed at once on each of the misbehaving nodes. */
export interface FaultCase {
  readonly name: string;
  readonly behaviour: Behaviour;
}

/** Each of the named behaviours alone, or every two different ones together. */
export function casesOf(names: readonly string[], pairs: boolean): readonly FaultCase[] {
  const alone = names.flatMap((name) => {
    const behaviour = FAULTS[name];
    return behaviour === undefined ? [] : [{ name, behaviour }];
  });
  if (!pairs) return alone;
  return alone.flatMap((one, index) =>
    alone
      .slice(index + 1)
      // Both are ways of one setting of a node, which cannot have them at once.
      .filter((other) => Object.keys(one.behaviour).every((key) => !(key in other.behaviour)))
      .map((other) => ({
        name: `${one.name}+${other.name}`,
        behaviour: { ...one.behaviour, ...other.behaviour },
      })),
  );
}
