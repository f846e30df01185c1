/** Weight of one observation in the moving averages. */
const ALPHA = 0.1;
/** Failures in a row after which a node rests. */
const FAILURES_BEFORE_REST = 3;
const REST_MS_MIN = 500;
const REST_MS_MAX = 60_000;
/** A forged answer is no accident. */
const FORGED_REST_MS = 15 * 60_000;
/** Nodes remembered; the oldest are forgotten first. */
const NODES_MAX = 10_000;
/** Latency that halves a node's weight; differences well below it do not matter. */
const LATENCY_HALF_MS = 100;

/** What traffic has shown of one node on one chain. */
export class NodeScore {
  /** Moving average of success, 0..1; unknown nodes start in good standing so that they are tried. */
  success = 1;
  /** Moving average in milliseconds, 0 while unknown. */
  latencyMs = 0;
  failuresInRow = 0;
  restUntilMs = 0;

  resting(nowMs: number): boolean {
    return nowMs < this.restUntilMs;
  }

  /** Share of traffic this node deserves, above 0 and at most 1. */
  get weight(): number {
    return Math.max(0.01, this.success ** 4 * (LATENCY_HALF_MS / (LATENCY_HALF_MS + this.latencyMs)));
  }
}

/**
 * Reputation of nodes by chain; it outlives sessions, because the same node comes back in another one.
 * Fed by attempts only: what is the client's, the application's or the session's fault never reaches it.
 */
export class NodeScores {
  readonly #scores = new Map<string, NodeScore>();

  constructor(private readonly now: () => number = Date.now) {}

  of(chain: string, nodeId: string): NodeScore {
    const key = `${chain}/${nodeId}`;
    let score = this.#scores.get(key);
    if (score === undefined) {
      score = new NodeScore();
      this.#scores.set(key, score);
      if (this.#scores.size > NODES_MAX) {
        for (const oldest of this.#scores.keys()) {
          this.#scores.delete(oldest);
          break;
        }
      }
    }
    return score;
  }

  /** An answer that went to a client. */
  succeeded(chain: string, nodeId: string, latencyMs: number): void {
    const score = this.of(chain, nodeId);
    score.success += ALPHA * (1 - score.success);
    score.latencyMs = score.latencyMs === 0 ? latencyMs : score.latencyMs + ALPHA * (latencyMs - score.latencyMs);
    score.failuresInRow = 0;
    score.restUntilMs = 0;
  }

  /** A failure that is the node's. Returns true when the node now rests. */
  failed(chain: string, nodeId: string): boolean {
    const score = this.of(chain, nodeId);
    score.success -= ALPHA * score.success;
    score.failuresInRow += 1;
    if (score.failuresInRow < FAILURES_BEFORE_REST) return false;
    const doublings = Math.min(score.failuresInRow - FAILURES_BEFORE_REST, 10);
    score.restUntilMs = Math.max(score.restUntilMs, this.now() + Math.min(REST_MS_MIN * 2 ** doublings, REST_MS_MAX));
    return true;
  }

  /** A forged answer: the node rests for long. */
  forged(chain: string, nodeId: string): void {
    const score = this.of(chain, nodeId);
    score.success = 0.1;
    score.failuresInRow = FAILURES_BEFORE_REST;
    score.restUntilMs = this.now() + FORGED_REST_MS;
  }
}
