import type { JournalTimers } from '#libs/receipts';
import type { SeededRandom } from './random.js';
import type { Timeline } from './timeline.js';

/** One operating-system process of the simulated world. Once it is dead, nothing of it runs any more and nothing it tries has an effect. */
export class SimulatedProcess {
  isAlive = true;
  /** The process dies at this many file system calls from now; null: it does not. */
  callsUntilCrash: number | null = null;
  /** Wall clock minus true time, and how fast the monotonic clock runs. */
  readonly wallSkewMs: number;
  readonly #clockRate: number;
  readonly #onDeath: Array<() => void> = [];
  readonly timers: JournalTimers;

  constructor(
    readonly pid: number,
    readonly timeline: Timeline,
    random: SeededRandom,
  ) {
    this.wallSkewMs = random.between(-2_000, 2_000);
    this.#clockRate = 1 + random.between(-5, 5) / 10_000;
    this.timers = {
      atTurnEnd: (work) => void this.after(0, work),
      after: (ms, work) => this.after(ms, work),
      every: (ms, work) => this.every(ms, work),
    };
  }

  readonly monotonic = (): number => this.timeline.now * this.#clockRate;

  readonly wall = (): number => this.timeline.now + this.wallSkewMs;

  after(ms: number, work: () => void): () => void {
    return this.timeline.after(ms, () => {
      if (this.isAlive) work();
    });
  }

  every(ms: number, work: () => void): () => void {
    let cancel = (): void => undefined;
    const next = (): void => {
      cancel = this.after(ms, () => {
        next();
        work();
      });
    };
    next();
    return () => cancel();
  }

  onDeath(work: () => void): void {
    this.#onDeath.push(work);
  }

  /** `kill -9`. */
  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    for (const work of this.#onDeath) work();
  }
}
