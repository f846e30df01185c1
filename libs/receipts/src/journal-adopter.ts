import type { AdoptedInstance } from './journal.options.js';
import type { Journal } from './journal.js';

/** Options of {@link JournalAdopter}. */
export interface JournalAdopterOptions {
  readonly journal: Journal;
  /** Runs before a dead instance's chunks are moved; recover its leases here. A rejection postpones that instance. */
  readonly onAdopted?: (instance: AdoptedInstance) => Promise<void>;
  /** Pause between two looks; default 5,000 ms. */
  readonly intervalMs?: number;
  readonly onFailed?: (error: unknown) => void;
}

/** Looks for dead instances' directories at start and from time to time, so that a killed gateway's receipts do not wait for its restart. */
export class JournalAdopter {
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: JournalAdopterOptions) {}

  /** Adopts now and then periodically. Resolves when the first look is over; never rejects. */
  async start(): Promise<void> {
    this.#timer ??= setInterval(() => void this.run(), this.options.intervalMs ?? 5_000).unref();
    await this.run();
  }

  /** One look. Failures go to `onFailed`; what failed is tried again by the next look. */
  async run(): Promise<AdoptedInstance[]> {
    try {
      return await this.options.journal.adopt(this.options.onAdopted);
    } catch (error) {
      this.options.onFailed?.(error);
      return [];
    }
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
