import { type Refusal, refuse } from '../relay/refusal.js';
import { type FollowedBlock, readBlock, readQuantity } from './block.js';
import { type FollowerListener, Listeners } from './follower-listener.js';
import { LogFeed } from './log-feed.js';
import { Pace } from './pace.js';
import type { Payer, Reading, RelayReader } from './relay-reader.js';
import type { SubscriptionRequest } from './subscription-request.js';

export interface HeadFollowerOptions {
  readonly reader: Pick<RelayReader, 'read'>;
  readonly blockTimeMs: number;
  /** Blocks that are filled in after an interruption; beyond it they are left out, and said to be. */
  readonly gapBlocksMax: number;
  readonly onIdle: () => void;
  readonly clock?: () => number;
}

/** Subscriptions that follow the head. */
export type HeadRequest = Exclude<SubscriptionRequest, { kind: 'newPendingTransactions' }>;

/** Blocks kept to find where a reorganised chain parted. */
const REMEMBERED_BLOCKS_MAX = 128;
/** Pause when the daily limit is spent: it may be raised at any time. */
const QUOTA_RETRY_MS = 10_000;
/** An interruption after which the height is asked for before gaps are filled. */
const LONG_INTERRUPTION_MS = 30_000;
/** Failures in a row after which subscribers are told. */
const FAILURES_BEFORE_WORD = 8;

/**
 * Follows one chain's head by number over ordinary relays: each block once, in order, whatever node, session or gateway
 * fault lies between. A block is taken when its parent is the last one taken. When it is not, the chain is walked back to
 * the block both know; logs of abandoned blocks are sent again as removed, and the blocks in their place follow.
 */
export class HeadFollower {
  readonly #heads = new Listeners();
  readonly #feeds = new Map<string, LogFeed>();
  readonly #recent: FollowedBlock[] = [];
  readonly #pace: Pace;
  readonly #clock: () => number;
  readonly #stopping = new AbortController();
  #started: Promise<Refusal | null> | null = null;
  #joining = 0;
  #failures = 0;
  #told = false;
  #turn = 0;
  #foundAtMs = 0;

  constructor(private readonly o: HeadFollowerOptions) {
    this.#pace = new Pace(o.blockTimeMs);
    this.#clock = o.clock ?? (() => performance.now());
  }

  /** Adds a subscriber; news begin with the block after the head of this moment. Resolves to why it cannot, or null. */
  async add(request: HeadRequest, listener: FollowerListener): Promise<Refusal | null> {
    this.#joining += 1;
    const starting = (this.#started ??= this.#start(listener.payer));
    const refusal = await starting;
    this.#joining -= 1;
    if (refusal !== null) {
      if (this.#started === starting) this.#started = null;
      this.#endWhenUnused();
      return refusal;
    }
    if (request.kind === 'newHeads') this.#heads.add(listener);
    else this.#feedOf(request).add(listener);
    return null;
  }

  delete(listener: FollowerListener): void {
    this.#heads.delete(listener);
    for (const [key, feed] of this.#feeds) {
      feed.listeners.delete(listener);
      if (feed.listeners.size === 0) this.#feeds.delete(key);
    }
    this.#endWhenUnused();
  }

  #endWhenUnused(): void {
    if (this.#listening > 0 || this.#joining > 0) return;
    this.#stopping.abort();
    this.o.onIdle();
  }

  get #listening(): number {
    let count = this.#heads.size;
    for (const feed of this.#feeds.values()) count += feed.listeners.size;
    return count;
  }

  #feedOf(request: Extract<SubscriptionRequest, { kind: 'logs' }>): LogFeed {
    let feed = this.#feeds.get(request.filterKey);
    if (feed === undefined) {
      feed = new LogFeed(request.filter, this.o.reader, (ms) => this.#sleep(ms));
      this.#feeds.set(request.filterKey, feed);
    }
    return feed;
  }

  async #start(payer: Payer): Promise<Refusal | null> {
    const height = await this.#height(payer);
    if (typeof height !== 'number') return height;
    const reading = await this.o.reader.read(payer, 'eth_getBlockByNumber', [hex(height), false]);
    const block = reading.kind === 'result' ? readBlock(reading.value, height) : null;
    if (block === null) return refusalOf(reading);
    this.#recent.push(block);
    this.#foundAtMs = this.#clock();
    // Its first listener is added behind this promise; the loop begins in a later turn.
    setImmediate(() => void this.#follow());
    return null;
  }

  async #height(payer: Payer): Promise<number | Refusal> {
    const reading = await this.o.reader.read(payer, 'eth_blockNumber', []);
    return (reading.kind === 'result' ? readQuantity(reading.value) : null) ?? refusalOf(reading);
  }

  async #follow(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const payer = this.#nextPayer();
      if (payer === null) break;
      await this.#sleep(await this.#step(payer));
    }
  }

  /** Looks for the next block; answers how long to wait then. */
  async #step(payer: Payer): Promise<number> {
    const last = this.#recent.at(-1);
    if (last === undefined) return 0;
    if (this.#failures > 0 && this.#clock() - this.#foundAtMs > LONG_INTERRUPTION_MS) await this.#leaveOut(payer, last);
    const number = (this.#recent.at(-1) ?? last).number + 1;
    const reading = await this.o.reader.read(payer, 'eth_getBlockByNumber', [hex(number), false]);
    if (reading.kind === 'result' && reading.value === null) {
      this.#recovered();
      return this.#pace.absent();
    }
    const block = reading.kind === 'result' ? readBlock(reading.value, number) : null;
    if (block === null) return this.#failed(reading);
    if (block.parentHash === this.#recent.at(-1)?.hash) this.#take(block);
    else if (!(await this.#reorganise(payer, block))) return this.#failed(null);
    this.#recovered();
    this.#foundAtMs = this.#clock();
    return this.#pace.found();
  }

  #take(block: FollowedBlock): void {
    this.#recent.push(block);
    if (this.#recent.length > REMEMBERED_BLOCKS_MAX) this.#recent.shift();
    this.#heads.notify(block.headJson);
    for (const feed of this.#feeds.values()) feed.block(block, false);
  }

  /** Walks back to the block that both chains have. False when the new block hangs on nothing we were shown. */
  async #reorganise(payer: Payer, next: FollowedBlock): Promise<boolean> {
    const replacing: FollowedBlock[] = [next];
    for (let index = this.#recent.length - 1; index >= 0; index -= 1) {
      const known = this.#recent[index];
      const child = replacing[0];
      if (known === undefined || child === undefined) return false;
      if (child.parentHash === known.hash) break;
      const reading = await this.o.reader.read(payer, 'eth_getBlockByNumber', [hex(known.number), false]);
      const block = reading.kind === 'result' ? readBlock(reading.value, known.number) : null;
      // Answers of different forks must not be mixed: each must be its successor's parent.
      if (block === null || block.hash !== child.parentHash) return false;
      replacing.unshift(block);
    }
    const from = (replacing[0]?.number ?? next.number) - (this.#recent[0]?.number ?? 0);
    for (const abandoned of this.#recent.splice(Math.max(0, from)).toReversed()) {
      for (const feed of this.#feeds.values()) feed.block(abandoned, true);
    }
    for (const block of replacing) this.#take(block);
    return true;
  }

  /** After a long interruption: skips what is too far back to be sent, and says so. */
  async #leaveOut(payer: Payer, last: FollowedBlock): Promise<void> {
    const height = await this.#height(payer);
    if (typeof height !== 'number' || height - last.number <= this.o.gapBlocksMax) return;
    const reading = await this.o.reader.read(payer, 'eth_getBlockByNumber', [hex(height), false]);
    const block = reading.kind === 'result' ? readBlock(reading.value, height) : null;
    if (block === null) return;
    this.#recent.length = 0;
    this.#recent.push(block);
    this.#tell(
      refuse('upstream', `Blocks ${last.number + 1} to ${height} were left out. Read them by number if they matter.`, {
        fromBlock: last.number + 1,
        toBlock: height,
      }),
    );
  }

  #failed(reading: Reading | null): number {
    this.#failures += 1;
    const refusal = reading?.kind === 'refused' ? reading.refusal : null;
    const spent = refusal?.reason === 'quota';
    if (!this.#told && (spent || this.#failures >= FAILURES_BEFORE_WORD)) {
      this.#told = true;
      this.#tell(refusal ?? refuse('upstream', 'No node tells new blocks. What is missing follows when one does.'));
    }
    return spent ? QUOTA_RETRY_MS : Math.min(1_000, 50 * 2 ** Math.min(this.#failures, 5));
  }

  #recovered(): void {
    this.#failures = 0;
    this.#told = false;
  }

  #tell(refusal: Refusal): void {
    this.#heads.trouble(refusal);
    for (const feed of this.#feeds.values()) feed.listeners.trouble(refusal);
  }

  #nextPayer(): Payer | null {
    const groups = [this.#heads, ...[...this.#feeds.values()].map((feed) => feed.listeners)];
    for (let tried = 0; tried < groups.length; tried += 1) {
      this.#turn = (this.#turn + 1) % groups.length;
      const payer = groups[this.#turn]?.nextPayer() ?? null;
      if (payer !== null) return payer;
    }
    return null;
  }

  #sleep(ms: number): Promise<void> {
    return pause(ms, this.#stopping.signal);
  }
}

/** Waits, or ends early when stopped. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    signal.addEventListener('abort', end, { once: true });
  });
}

/** What a subscriber is told when a question was not answered as it should be. */
export function refusalOf(reading: Reading): Refusal {
  if (reading.kind === 'refused') return reading.refusal;
  if (reading.kind === 'error') return refuse('upstream', `The chain answers: ${reading.message.slice(0, 200)}`);
  return refuse('upstream', 'The nodes do not tell the newest block. Try again in a moment.');
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
