const BUCKETS = 6;
const BUCKET_MS = 10_000;

interface Counts {
  readonly calls: Uint32Array;
  readonly failed: Uint32Array;
  slot: number;
}

/** How the calls of each chain ended within the last minute. Counting is two additions. */
export class ChainHealth {
  readonly #chains = new Map<string, Counts>();

  /** @param clock monotonic milliseconds. */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** A call went to nodes and ended; `failed`: none of them answered it well. */
  ended(chainId: string, failed: boolean): void {
    const slot = Math.floor(this.clock() / BUCKET_MS);
    let counts = this.#chains.get(chainId);
    if (counts === undefined) {
      counts = { calls: new Uint32Array(BUCKETS), failed: new Uint32Array(BUCKETS), slot };
      this.#chains.set(chainId, counts);
    }
    forget(counts, slot);
    const index = slot % BUCKETS;
    counts.calls[index] = (counts.calls[index] ?? 0) + 1;
    if (failed) counts.failed[index] = (counts.failed[index] ?? 0) + 1;
  }

  /** Calls and failures of the last minute, by relay chain id; chains without calls are absent. */
  lastMinute(): Map<string, { readonly calls: number; readonly failed: number }> {
    const slot = Math.floor(this.clock() / BUCKET_MS);
    const found = new Map<string, { calls: number; failed: number }>();
    for (const [chainId, counts] of this.#chains) {
      forget(counts, slot);
      const calls = counts.calls.reduce((sum, count) => sum + count, 0);
      if (calls > 0) found.set(chainId, { calls, failed: counts.failed.reduce((sum, count) => sum + count, 0) });
    }
    return found;
  }
}

function forget(counts: Counts, slot: number): void {
  const passed = Math.min(BUCKETS, slot - counts.slot);
  for (let step = 0; step < passed; step += 1) {
    counts.calls[(slot - step) % BUCKETS] = 0;
    counts.failed[(slot - step) % BUCKETS] = 0;
  }
  counts.slot = slot;
}
