/** Buckets grow by a fifth: 1 ms … over a minute. */
const GROWTH = 1.2;
const BUCKETS = 64;
/** Observations between two looks at the quantile, and before the first. */
const PER_LOOK = 64;
/** Counts are halved at this number, so that the past fades. */
const WEIGHT_MAX = 4_096;
const KEYS_MAX = 1_000;
/** A second arm earlier than this gains nothing that a caller notices. */
const DELAY_MS_MIN = 10;

interface Observed {
  readonly counts: Uint32Array;
  total: number;
  sinceLook: number;
  delayMs: number | null;
}

/** What a method costs a node; latencies differ by orders of magnitude between kinds. */
export function methodKind(method: string): 'head' | 'state' | 'logs' | 'trace' | 'other' {
  if (/^(?:eth_blockNumber|eth_chainId|net_version|eth_gasPrice)$/.test(method)) return 'head';
  if (/^(?:trace_|debug_|arbtrace_)/.test(method)) return 'trace';
  if (/getLogs|getFilter|getProgramAccounts|getSignatures/.test(method)) return 'logs';
  return /^eth_(?:call|get|estimate)/.test(method) ? 'state' : 'other';
}

/**
 * When a second node should be asked: at the time by which the observed share of answers had come, per chain and kind of
 * method. Reading is a look into a map; the quantile is computed every 64 observations.
 */
export class HedgeDelays {
  readonly #observed = new Map<string, Observed>();
  readonly #kinds = new Map<string, string>();

  /** @param quantile share of answers that come before the delay. */
  constructor(private readonly quantile = 0.95) {}

  /** Milliseconds, whole, so that timers of equal length share a list; null while too little is known. */
  delayMs(chain: string, method: string): number | null {
    return this.#observed.get(this.#key(chain, method))?.delayMs ?? null;
  }

  observe(chain: string, method: string, durationMs: number): void {
    const key = this.#key(chain, method);
    let observed = this.#observed.get(key);
    if (observed === undefined) {
      if (this.#observed.size >= KEYS_MAX) return;
      observed = { counts: new Uint32Array(BUCKETS), total: 0, sinceLook: 0, delayMs: null };
      this.#observed.set(key, observed);
    }
    const bucket = durationMs <= 1 ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log(durationMs) / Math.log(GROWTH)));
    observed.counts[bucket] = (observed.counts[bucket] ?? 0) + 1;
    observed.total += 1;
    observed.sinceLook += 1;
    if (observed.sinceLook >= PER_LOOK) this.#look(observed);
  }

  #look(observed: Observed): void {
    observed.sinceLook = 0;
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += observed.counts[bucket] ?? 0;
      if (seen < observed.total * this.quantile) continue;
      observed.delayMs = Math.max(DELAY_MS_MIN, Math.ceil(GROWTH ** bucket));
      break;
    }
    if (observed.total < WEIGHT_MAX) return;
    observed.total = 0;
    observed.counts.forEach((count, bucket) => {
      observed.counts[bucket] = count >> 1;
      observed.total += count >> 1;
    });
  }

  #key(chain: string, method: string): string {
    const key = `${chain}/${method}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      kind = `${chain}/${methodKind(method)}`;
      if (this.#kinds.size < KEYS_MAX) this.#kinds.set(key, kind);
    }
    return kind;
  }
}
