/** Sliding window over one second, as two counters: the share of the last full window that still lies in the past second, and the current one. */
export class RateWindow {
  #index = Number.NEGATIVE_INFINITY;
  #current = 0;
  #previous = 0;

  constructor(private readonly windowMs: number) {}

  /** Units in the window that ends at `now`. */
  units(now: number): number {
    this.#turn(now);
    const passed = (now - this.#index * this.windowMs) / this.windowMs;
    return this.#current + this.#previous * (1 - passed);
  }

  add(units: number, now: number): void {
    this.#turn(now);
    this.#current += units;
  }

  #turn(now: number): void {
    const index = Math.floor(now / this.windowMs);
    if (index === this.#index) return;
    this.#previous = index === this.#index + 1 ? this.#current : 0;
    this.#current = 0;
    this.#index = index;
  }
}
