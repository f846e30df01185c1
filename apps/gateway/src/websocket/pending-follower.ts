import { type Refusal, refuse } from '../relay/refusal.js';
import { type FollowerListener, Listeners } from './follower-listener.js';
import { pause, refusalOf } from './head-follower.js';
import type { Payer, Reading, RelayReader } from './relay-reader.js';

export interface PendingFollowerOptions {
  readonly reader: Pick<RelayReader, 'read'>;
  readonly blockTimeMs: number;
  /** Whole transactions instead of their hashes. */
  readonly full: boolean;
  readonly onIdle: () => void;
}

/** Hashes kept so that none is told twice. */
const SEEN_MAX = 20_000;
const FAILURES_BEFORE_WORD = 8;
const QUOTA_RETRY_MS = 10_000;

/**
 * New pending transactions as far as relays show them: those in the pending block of the node that happens to answer.
 * Transactions that come and go between two looks, or that no block would take yet, are not seen.
 */
export class PendingFollower {
  readonly #listeners = new Listeners();
  readonly #seen = new Set<string>();
  readonly #stopping = new AbortController();
  readonly #waitMs: number;
  #started: Promise<Refusal | null> | null = null;
  #joining = 0;
  #failures = 0;
  #told = false;

  constructor(private readonly o: PendingFollowerOptions) {
    this.#waitMs = Math.min(3_000, Math.max(500, o.blockTimeMs / 4));
  }

  /** Adds a subscriber. Resolves to why it cannot, or null. */
  async add(listener: FollowerListener): Promise<Refusal | null> {
    this.#joining += 1;
    const starting = (this.#started ??= this.#start(listener.payer));
    const refusal = await starting;
    this.#joining -= 1;
    if (refusal !== null) {
      if (this.#started === starting) this.#started = null;
      this.#endWhenUnused();
      return refusal;
    }
    this.#listeners.add(listener);
    return null;
  }

  delete(listener: FollowerListener): void {
    this.#listeners.delete(listener);
    this.#endWhenUnused();
  }

  #endWhenUnused(): void {
    if (this.#listeners.size > 0 || this.#joining > 0) return;
    this.#stopping.abort();
    this.o.onIdle();
  }

  async #start(payer: Payer): Promise<Refusal | null> {
    const reading = await this.#read(payer);
    const found = transactionsOf(reading);
    if (found === null) return refusalOf(reading);
    for (const { hash } of found) this.#seen.add(hash);
    setImmediate(() => void this.#follow());
    return null;
  }

  async #follow(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await pause(this.#waitMs, this.#stopping.signal);
      const payer = this.#listeners.nextPayer();
      if (payer === null) break;
      const reading = await this.#read(payer);
      const found = transactionsOf(reading);
      if (found === null) await this.#failed(reading);
      else this.#news(found);
    }
  }

  #read(payer: Payer): Promise<Reading> {
    return this.o.reader.read(payer, 'eth_getBlockByNumber', ['pending', this.o.full]);
  }

  #news(found: ReadonlyArray<{ hash: string; json: string }>): void {
    this.#failures = 0;
    this.#told = false;
    for (const { hash, json } of found) {
      if (this.#seen.has(hash)) continue;
      this.#seen.add(hash);
      this.#listeners.notify(json);
    }
    for (const oldest of this.#seen) {
      if (this.#seen.size <= SEEN_MAX) break;
      this.#seen.delete(oldest);
    }
  }

  async #failed(reading: Reading): Promise<void> {
    this.#failures += 1;
    const spent = reading.kind === 'refused' && reading.refusal.reason === 'quota';
    if (!this.#told && (spent || this.#failures >= FAILURES_BEFORE_WORD)) {
      this.#told = true;
      this.#listeners.trouble(
        reading.kind === 'refused' ? reading.refusal : refuse('upstream', 'No node tells pending transactions.'),
      );
    }
    if (spent) await pause(QUOTA_RETRY_MS, this.#stopping.signal);
  }
}

function transactionsOf(reading: Reading): Array<{ hash: string; json: string }> | null {
  if (reading.kind !== 'result' || typeof reading.value !== 'object' || reading.value === null) return null;
  const { transactions } = reading.value as { transactions?: unknown };
  if (!Array.isArray(transactions)) return null;
  const found: Array<{ hash: string; json: string }> = [];
  for (const transaction of transactions as unknown[]) {
    const hash =
      typeof transaction === 'string' ? transaction : (transaction as { hash?: unknown } | null | undefined)?.hash;
    if (typeof hash === 'string') found.push({ hash, json: JSON.stringify(transaction) });
  }
  return found;
}
