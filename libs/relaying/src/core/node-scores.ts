import { CircuitBreaker } from './circuit-breaker.js';

/** Weight of one observation in the moving averages. */
const ALPHA = 0.1;
/** Failures in a row after which a node rests. */
const FAILURES_BEFORE_REST = 3;
const REST_MS_MIN = 500;
const REST_MS_MAX = 60_000;
/** A forged answer is no accident. */
const FORGED_REST_MS = 15 * 60_000;
/** Nodes and back ends remembered; the oldest are forgotten first. */
const NODES_MAX = 10_000;
/** Latency that halves a node's weight; differences well below it do not matter. */
const LATENCY_HALF_MS = 100;
/** Share of its weight that a node on probation gets, and the good answers that end it. */
const PROBATION_WEIGHT = 0.1;
const PROBATION_SUCCESSES = 5;
/** Quarantines double while they come back within this time. */
const QUARANTINE_MEMORY_MS = 60 * 60_000;
const QUARANTINE_MS_MAX = 60 * 60_000;
/** Latencies of a node that are remembered for quantiles. */
const RECENT = 64;

/** Why a node is kept from traffic although it answers. */
export type QuarantineReason = 'wrong-chain' | 'stale' | 'lying' | 'forged';

/** First length of each quarantine. A lagging node may catch up soon; a lie is no accident. */
const QUARANTINE_MS: Readonly<Record<QuarantineReason, number>> = {
  stale: 10_000,
  'wrong-chain': 5 * 60_000,
  lying: FORGED_REST_MS,
  forged: FORGED_REST_MS,
};

/** What traffic and probes have shown of one node on one chain. */
export class NodeScore {
  /** Moving average of success, 0..1; unknown nodes start in good standing so that they are tried. */
  success = 1;
  /** Moving average in milliseconds, 0 while unknown. */
  latencyMs = 0;
  failuresInRow = 0;
  restUntilMs = 0;
  /** Good answers still owed before the full weight returns. */
  probationLeft = 0;
  quarantineUntilMs = 0;
  quarantineReason: QuarantineReason | null = null;
  quarantines = 0;
  /** The last latencies in a ring, in milliseconds; allocated by the first answer. */
  #recent: Float32Array | null = null;
  #answers = 0;
  /** When a probe last found everything right; -Infinity while none did. */
  vettedAtMs = -Infinity;
  /** Shared by all nodes behind one back end. */
  breaker = new CircuitBreaker();

  /** True while the node should not be asked if another can be. */
  resting(nowMs: number): boolean {
    return nowMs < this.restUntilMs || nowMs < this.quarantineUntilMs || this.breaker.isOpen(nowMs);
  }

  /** True while its answers are known to be wrong; worse than not answering. */
  quarantined(nowMs: number): boolean {
    return nowMs < this.quarantineUntilMs;
  }

  /** Keeps a latency for quantiles. */
  answered(latencyMs: number): void {
    this.#recent ??= new Float32Array(RECENT);
    this.#recent[this.#answers % RECENT] = latencyMs;
    this.#answers += 1;
  }

  /** Quantiles of the last answers' latencies, in milliseconds; null while there were none. Sorts: not for the hot path. */
  quantiles(shares: readonly number[]): readonly number[] | null {
    if (this.#recent === null) return null;
    const sorted = this.#recent.slice(0, Math.min(RECENT, this.#answers)).sort();
    return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  }

  /** Share of traffic this node deserves, above 0 and at most 1. */
  get weight(): number {
    const weight = this.success ** 4 * (LATENCY_HALF_MS / (LATENCY_HALF_MS + this.latencyMs));
    return Math.max(0.01, this.probationLeft > 0 ? weight * PROBATION_WEIGHT : weight);
  }
}

/**
 * Reputation of nodes by chain; it outlives sessions, because the same node comes back in another one.
 *
 * Fed by attempts and probes: what is the client's, the application's or the session's fault never reaches it. A node that
 * was shut out returns on probation, with a tenth of its weight until it has answered well a few times.
 */
export class NodeScores {
  readonly #scores = new Map<string, NodeScore>();
  readonly #breakers = new Map<string, CircuitBreaker>();

  constructor(private readonly now: () => number = Date.now) {}

  of(chain: string, nodeId: string): NodeScore {
    const key = `${chain}/${nodeId}`;
    let score = this.#scores.get(key);
    if (score === undefined) {
      score = new NodeScore();
      this.#scores.set(key, score);
      forgetOldest(this.#scores);
    }
    return score;
  }

  /** An answer that went to a client. `backend` is the service's origin, the node itself when absent. */
  succeeded(chain: string, nodeId: string, latencyMs: number, backend?: string): void {
    const score = this.of(chain, nodeId);
    score.success += ALPHA * (1 - score.success);
    score.latencyMs = score.latencyMs === 0 ? latencyMs : score.latencyMs + ALPHA * (latencyMs - score.latencyMs);
    score.answered(latencyMs);
    score.failuresInRow = 0;
    score.restUntilMs = 0;
    if (score.probationLeft > 0) score.probationLeft -= 1;
    this.#breaker(chain, score, backend).succeeded(this.now());
  }

  /** A failure that is the node's. Returns true when the node now rests. */
  failed(chain: string, nodeId: string, backend?: string): boolean {
    const score = this.of(chain, nodeId);
    const nowMs = this.now();
    score.success -= ALPHA * score.success;
    score.failuresInRow += 1;
    if (this.#breaker(chain, score, backend).failed(nowMs)) score.probationLeft = PROBATION_SUCCESSES;
    if (score.failuresInRow < FAILURES_BEFORE_REST) return score.breaker.isOpen(nowMs);
    const doublings = Math.min(score.failuresInRow - FAILURES_BEFORE_REST, 10);
    score.restUntilMs = Math.max(score.restUntilMs, nowMs + Math.min(REST_MS_MIN * 2 ** doublings, REST_MS_MAX));
    score.probationLeft = PROBATION_SUCCESSES;
    return true;
  }

  /** A forged answer: the node is shut out for long. */
  forged(chain: string, nodeId: string): void {
    this.of(chain, nodeId).success = 0.1;
    this.quarantine(chain, nodeId, 'forged');
  }

  /** Shuts a node out whose answers are wrong; longer when it happens again within the hour. */
  quarantine(chain: string, nodeId: string, reason: QuarantineReason): void {
    const score = this.of(chain, nodeId);
    const nowMs = this.now();
    // Found out again while shut out: the same episode goes on.
    if (!score.quarantined(nowMs)) {
      score.quarantines = nowMs - score.quarantineUntilMs < QUARANTINE_MEMORY_MS ? score.quarantines + 1 : 1;
    }
    const lengthMs = Math.min(QUARANTINE_MS[reason] * 2 ** Math.min(score.quarantines - 1, 10), QUARANTINE_MS_MAX);
    score.quarantineUntilMs = Math.max(score.quarantineUntilMs, nowMs + lengthMs);
    score.quarantineReason = reason;
    score.probationLeft = PROBATION_SUCCESSES;
    score.vettedAtMs = -Infinity;
  }

  /** A probe found everything right. Lifts the quarantine of a node that only lagged behind. */
  vetted(chain: string, nodeId: string): void {
    const score = this.of(chain, nodeId);
    score.vettedAtMs = this.now();
    if (score.quarantineReason === 'stale') score.quarantineUntilMs = Math.min(score.quarantineUntilMs, this.now());
  }

  #breaker(chain: string, score: NodeScore, backend: string | undefined): CircuitBreaker {
    if (backend === undefined) return score.breaker;
    const key = `${chain}/${backend}`;
    let breaker = this.#breakers.get(key);
    if (breaker === undefined) {
      breaker = new CircuitBreaker();
      this.#breakers.set(key, breaker);
      forgetOldest(this.#breakers);
    }
    score.breaker = breaker;
    return breaker;
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  if (map.size <= NODES_MAX) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
