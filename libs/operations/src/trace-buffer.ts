import type { RequestTrace } from './request-trace.js';

/** How a {@link TraceBuffer} is set up. */
export interface TraceBufferOptions {
  /** Writes a batch; rejects while PostgreSQL is away. */
  readonly store: (traces: readonly RequestTrace[]) => Promise<void>;
  /** Stories kept a second, at most, and as many again that were asked for; read at each. */
  readonly perSecondMax: () => number;
  /** Stories that may wait; the oldest are dropped first. */
  readonly waitingMax?: number;
  readonly batchMax?: number;
  readonly everyMs?: number;
  /** Monotonic milliseconds. */
  readonly clock?: () => number;
  readonly onFault?: (error: Error) => void;
}

/**
 * Takes stories from the request's way and writes them beside it, in batches. Bounded in every direction: so many a second,
 * so many waiting; what does not fit is dropped and counted, and no call ever waits.
 */
export class TraceBuffer {
  readonly #waitingMax: number;
  readonly #batchMax: number;
  readonly #clock: () => number;
  #waiting: RequestTrace[] = [];
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #second = -1;
  #taken = 0;
  #dropped = 0;

  constructor(private readonly options: TraceBufferOptions) {
    this.#waitingMax = options.waitingMax ?? 5_000;
    this.#batchMax = options.batchMax ?? 500;
    this.#clock = options.clock ?? (() => performance.now());
  }

  /** Stories that were not kept: too many a second, or PostgreSQL away for too long. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Begins to write at intervals. */
  start(): void {
    this.#timer = setInterval(() => void this.flush(), this.options.everyMs ?? 500);
    this.#timer.unref();
  }

  /** Whether a story would be kept now. Asked before it is put together, so that a flood of refusals costs nothing. */
  hasRoom(explained: boolean): boolean {
    const second = Math.floor(this.#clock() / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#taken = 0;
    }
    // Half of all places are kept for those that asked.
    if (this.#taken < this.options.perSecondMax() * (explained ? 2 : 1)) return true;
    this.#dropped += 1;
    return false;
  }

  /** Takes a story that {@link hasRoom} let in. */
  add(trace: RequestTrace): void {
    this.#taken += 1;
    if (this.#waiting.length >= this.#waitingMax) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
    this.#waiting.push(trace);
  }

  /** Writes what waits. Never rejects; what could not be written waits for the next time. */
  flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  /** Writes once more and stops. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#writing;
    await this.flush();
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#batchMax);
      this.#waiting = this.#waiting.slice(batch.length);
      try {
        await this.options.store(batch);
      } catch (error) {
        const back = [...batch, ...this.#waiting];
        const lost = Math.max(0, back.length - this.#waitingMax);
        this.#dropped += lost;
        this.#waiting = back.slice(lost);
        this.options.onFault?.(error as Error);
        return;
      }
    }
  }
}
