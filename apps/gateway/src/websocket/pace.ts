/** Longest pause while looking for the next block, so that a slow chain's news is not old. */
const WAIT_MS_MAX = 10_000;
/** Shortest pause, whatever the chain's block time; each look is a relay. */
const WAIT_MS_MIN = 100;
const PACE_MS_MIN = 200;

/**
 * When to look for the next block. A block that was already there is followed by another look at once (a gap is being
 * filled) and quickens the pace; one that appeared while waiting is followed by half a block time of rest. On a chain as
 * regular as Ethereum that is about three relays a block.
 */
export class Pace {
  readonly #longestMs: number;
  #ms: number;
  #waited = false;

  constructor(blockTimeMs: number) {
    this.#longestMs = Math.max(PACE_MS_MIN, blockTimeMs);
    this.#ms = this.#longestMs;
  }

  /** Milliseconds to wait after a block was found. */
  found(): number {
    if (this.#waited) {
      this.#waited = false;
      return clamp(this.#ms / 2);
    }
    this.#ms = Math.max(PACE_MS_MIN, this.#ms / 2);
    return 0;
  }

  /** Milliseconds to wait after none was found. */
  absent(): number {
    this.#waited = true;
    this.#ms = Math.min(this.#longestMs, this.#ms * 1.05);
    return clamp(this.#ms / 4);
  }
}

function clamp(ms: number): number {
  return Math.min(WAIT_MS_MAX, Math.max(WAIT_MS_MIN, ms));
}
