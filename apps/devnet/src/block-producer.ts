import type { BlockSummary, LocalLedger } from '#libs/ledger';
import type { Logger } from '#libs/telemetry';
import { NetworkView } from './node/network-view.js';

/** Backoff while blocks cannot be made, so that a returning database is not met by a storm. */
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 2_000;

/** What the producer tells its listeners after each block. */
export interface ProducedBlock {
  readonly view: NetworkView;
  readonly block: BlockSummary | null;
  readonly durationMs: number;
}

/**
 * Makes a block every `blockTimeMs` and then shows the nodes the state after it, in one step. While the ledger cannot be
 * reached it tries again with backoff and the nodes go on with what they last saw; blocks that were due in the meantime
 * are not made up for.
 */
export class BlockProducer {
  #view: NetworkView | null = null;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly ledger: LocalLedger,
    private readonly settings: { readonly blockTimeMs: number; readonly sessionAllowance: number },
    private readonly logger: Logger,
    private readonly listener: { produced(produced: ProducedBlock): void; failed(): void },
  ) {}

  /** The newest state; null before the first block was seen. */
  get view(): NetworkView | null {
    return this.#view;
  }

  /** Attempts in a row that failed; 0 while blocks come. */
  get failures(): number {
    return this.#failures;
  }

  /** Makes the first block of a new chain, or takes up a stored one, and keeps producing. Rejects when that fails. */
  async start(): Promise<void> {
    const isNew = (await this.ledger.height()) === 0;
    await this.#alone(() => this.#advance(isNew));
    this.#schedule(this.settings.blockTimeMs);
  }

  /** Makes `count` blocks at once, between the scheduled ones. Rejects when one cannot be made. */
  async produceNow(count: number): Promise<void> {
    for (let made = 0; made < count && !this.#stopped; made += 1) await this.#alone(() => this.#advance(true));
  }

  /** Resolves once no block is being made and none will be. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running.catch(() => undefined);
  }

  #schedule(afterMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#tick(), afterMs);
  }

  async #tick(): Promise<void> {
    const startedMs = performance.now();
    let nextMs: number;
    try {
      await this.#alone(() => this.#advance(true));
      if (this.#failures > 0) this.logger.info({ attempts: this.#failures }, 'blocks are produced again');
      this.#failures = 0;
      nextMs = Math.max(0, this.settings.blockTimeMs - (performance.now() - startedMs));
    } catch (error) {
      this.#failures += 1;
      this.listener.failed();
      if (this.#failures === 1) this.logger.warn({ err: error }, 'no block could be produced; trying again');
      nextMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(10, this.#failures - 1));
    }
    this.#schedule(nextMs);
  }

  /** One block at a time; a failed one does not stop the next. */
  #alone(work: () => Promise<void>): Promise<void> {
    const turn = this.#running.catch(() => undefined).then(work);
    this.#running = turn;
    return turn;
  }

  async #advance(produce: boolean): Promise<void> {
    const startedMs = performance.now();
    const block = produce ? await this.ledger.produceBlock() : null;
    this.#view = await NetworkView.load(this.ledger, this.settings.sessionAllowance, this.#view);
    this.listener.produced({ view: this.#view, block, durationMs: performance.now() - startedMs });
  }
}
