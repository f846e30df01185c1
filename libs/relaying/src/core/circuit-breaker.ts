const WINDOW_MS = 30_000;
const BUCKETS = 6;
const BUCKET_MS = WINDOW_MS / BUCKETS;
/** Failures within the window, and their share of all attempts, that open a circuit. */
const FAILURES_MIN = 5;
const FAILURE_SHARE_MIN = 0.2;
const OPEN_MS_MIN = 60_000;
const OPEN_MS_MAX = 30 * 60_000;
/** Episodes are remembered so long: one that comes back soon is shut out for longer. */
const MEMORY_MS = 60 * 60_000;
/** Answers in a row, given while nobody better was there, that close a circuit early. */
const RECOVERED_AFTER = 3;

/**
 * Shuts a back end out on one chain after at least 5 failures that are 20 % of its attempts in 30 s: for 1 minute, then
 * 2, 4 … 30 while episodes come back within the hour. It says who should not be asked; an empty pool may ask anyway.
 */
export class CircuitBreaker {
  readonly #attempts = new Uint32Array(BUCKETS);
  readonly #failures = new Uint32Array(BUCKETS);
  #slot = -1;
  #openUntilMs = 0;
  #episodes = 0;
  #lastEpisodeMs = -Infinity;
  #successesInRow = 0;

  /** When it closes by itself; 0 while closed. */
  get openUntilMs(): number {
    return this.#openUntilMs;
  }

  /** Episodes that still count. */
  get episodes(): number {
    return this.#episodes;
  }

  isOpen(nowMs: number): boolean {
    return nowMs < this.#openUntilMs;
  }

  succeeded(nowMs: number): void {
    this.#count(nowMs, false);
    this.#successesInRow += 1;
    if (this.#openUntilMs > 0 && this.#successesInRow >= RECOVERED_AFTER) this.#openUntilMs = 0;
  }

  /** Returns true when this failure opened the circuit. */
  failed(nowMs: number): boolean {
    this.#count(nowMs, true);
    this.#successesInRow = 0;
    if (this.isOpen(nowMs)) return false;
    let attempts = 0;
    let failures = 0;
    for (let slot = 0; slot < BUCKETS; slot += 1) {
      attempts += this.#attempts[slot] ?? 0;
      failures += this.#failures[slot] ?? 0;
    }
    if (failures < FAILURES_MIN || failures < attempts * FAILURE_SHARE_MIN) return false;
    this.#episodes = nowMs - this.#lastEpisodeMs > MEMORY_MS ? 1 : this.#episodes + 1;
    this.#lastEpisodeMs = nowMs;
    this.#openUntilMs = nowMs + Math.min(OPEN_MS_MIN * 2 ** (this.#episodes - 1), OPEN_MS_MAX);
    this.#attempts.fill(0);
    this.#failures.fill(0);
    return true;
  }

  #count(nowMs: number, failed: boolean): void {
    const slot = Math.floor(nowMs / BUCKET_MS);
    if (slot !== this.#slot) {
      const passed = this.#slot < 0 ? BUCKETS : Math.min(BUCKETS, Math.max(1, slot - this.#slot));
      for (let step = 0; step < passed; step += 1) {
        const index = (((slot - step) % BUCKETS) + BUCKETS) % BUCKETS;
        this.#attempts[index] = 0;
        this.#failures[index] = 0;
      }
      this.#slot = slot;
    }
    const index = ((slot % BUCKETS) + BUCKETS) % BUCKETS;
    this.#attempts[index] = (this.#attempts[index] ?? 0) + 1;
    if (failed) this.#failures[index] = (this.#failures[index] ?? 0) + 1;
  }
}
