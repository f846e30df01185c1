const EVERY_MS = 20;
/** Part of the last figure that is kept at each look: a single late turn is forgotten within some ten looks. */
const KEPT = 0.7;

/** How late the event loop runs its timers, smoothed. */
export class EventLoopLateness {
  #latenessMs = 0;
  #lastMs = 0;
  #timer: NodeJS.Timeout | null = null;

  start(): void {
    this.#lastMs = performance.now();
    this.#timer = setInterval(() => {
      const nowMs = performance.now();
      const lateMs = Math.max(0, nowMs - this.#lastMs - EVERY_MS);
      this.#lastMs = nowMs;
      this.#latenessMs = this.#latenessMs * KEPT + lateMs * (1 - KEPT);
    }, EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** Milliseconds. */
  get latenessMs(): number {
    return this.#latenessMs;
  }
}
