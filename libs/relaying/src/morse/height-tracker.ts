/** What the tracker asks. */
export interface HeightSource {
  height(): Promise<number>;
}

export interface HeightTrackerOptions {
  readonly source: HeightSource;
  readonly pollMs: number;
  /** A height that a node claims is believed only so far ahead of what our own ledger said. */
  readonly leapMax?: number;
  readonly onFailure?: (error: unknown) => void;
}

/**
 * Knows the newest height. Our own ledger's word counts in both directions (a local network may begin anew); what nodes
 * tell with an answer only moves it forward and only a little, so that a lying node cannot throw everybody out of session.
 */
export class HeightTracker {
  #height = 0;
  #timer: NodeJS.Timeout | null = null;
  #stopped = true;
  #polling: Promise<void> | null = null;
  readonly #listeners = new Set<(height: number) => void>();

  constructor(private readonly options: HeightTrackerOptions) {}

  /** 0 while no height is known. */
  get height(): number {
    return this.#height;
  }

  /** Asks at once and then regularly. Resolves when the first question was answered or failed. */
  async start(): Promise<void> {
    this.#stopped = false;
    await this.poll();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Calls `listener` after each change; returns the way to stop. */
  onHeight(listener: (height: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A node's word. Returns true when it is plausible, whether new or not. */
  heard(height: number): boolean {
    if (!Number.isSafeInteger(height) || height < 1) return false;
    if (this.#height > 0 && height > this.#height + (this.options.leapMax ?? 8)) return false;
    if (height > this.#height) this.#set(height);
    return true;
  }

  /** Our own ledger's word. */
  told(height: number): void {
    if (Number.isSafeInteger(height) && height > 0 && height !== this.#height) this.#set(height);
  }

  /** Asks now; concurrent calls share one question. Never rejects. */
  poll(): Promise<void> {
    this.#polling ??= this.#ask().finally(() => {
      this.#polling = null;
      if (this.#stopped) return;
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.poll(), this.options.pollMs);
      this.#timer.unref();
    });
    return this.#polling;
  }

  async #ask(): Promise<void> {
    try {
      this.told(await this.options.source.height());
    } catch (error) {
      this.options.onFailure?.(error);
    }
  }

  #set(height: number): void {
    this.#height = height;
    for (const listener of this.#listeners) listener(height);
  }
}
