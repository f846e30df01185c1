import { refuse } from '../relay/refusal.js';
import type { FollowedBlock } from './block.js';
import { type FollowerListener, Listeners } from './follower-listener.js';
import { type BloomProbe, bloomProbe, mayHoldLogs } from './logs-bloom.js';
import { type Payer, type Reading, type RelayReader } from './relay-reader.js';
import type { LogFilter } from './subscription-request.js';

/** Blocks whose delivered logs are remembered, to be taken back when the chain reorganises. */
const REMEMBERED_BLOCKS_MAX = 128;
/** Answers in a row that the chain refuses for one block before it is left out. */
const CHAIN_ERRORS_MAX = 10;
const RETRY_MS = 250;

/** One filter's logs, block by block, in order. Blocks wait for those before them. */
export class LogFeed {
  readonly listeners = new Listeners();
  readonly #probe: BloomProbe;
  readonly #question: Readonly<Record<string, unknown>>;
  readonly #delivered = new Map<string, readonly object[]>();
  readonly #waiting: Array<{ readonly block: FollowedBlock; readonly removed: boolean }> = [];
  #working = false;

  constructor(
    filter: LogFilter,
    private readonly reader: Pick<RelayReader, 'read'>,
    private readonly sleep: (ms: number) => Promise<void>,
  ) {
    this.#probe = bloomProbe(filter);
    this.#question = {
      ...(filter.addresses.length === 0 ? {} : { address: filter.addresses }),
      ...(filter.topics.length === 0 ? {} : { topics: filter.topics.map((each) => (each.length === 0 ? null : each)) }),
    };
  }

  add(listener: FollowerListener): void {
    this.listeners.add(listener);
  }

  /** A block was added to the chain, or taken from it. */
  block(block: FollowedBlock, removed: boolean): void {
    this.#waiting.push({ block, removed });
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (;;) {
      const next = this.#waiting.shift();
      if (next === undefined || this.listeners.size === 0) break;
      if (next.removed) this.#takeBack(next.block);
      else await this.#deliver(next.block);
    }
    this.#waiting.length = 0;
    this.#working = false;
  }

  #takeBack(block: FollowedBlock): void {
    const logs = this.#delivered.get(block.hash);
    if (logs === undefined) return;
    this.#delivered.delete(block.hash);
    for (const log of logs.toReversed()) this.listeners.notify(JSON.stringify({ ...log, removed: true }));
  }

  async #deliver(block: FollowedBlock): Promise<void> {
    if (!mayHoldLogs(this.#probe, block.logsBloom, block.transactions)) return;
    let chainErrors = 0;
    for (;;) {
      const payer: Payer | null = this.listeners.nextPayer();
      if (payer === null) return;
      const reading = await this.reader.read(payer, 'eth_getLogs', [{ ...this.#question, blockHash: block.hash }]);
      const logs = logsOf(reading);
      if (logs !== null) {
        this.#remember(block.hash, logs);
        for (const log of logs) this.listeners.notify(JSON.stringify(log));
        return;
      }
      if (this.#waiting.some((later) => later.removed && later.block.hash === block.hash)) return;
      if (reading.kind === 'error' && (chainErrors += 1) >= CHAIN_ERRORS_MAX) {
        this.listeners.trouble(
          refuse('upstream', `The logs of block ${block.number} cannot be had: ${reading.message.slice(0, 200)}`, {
            block: block.number,
          }),
        );
        return;
      }
      await this.sleep(RETRY_MS);
    }
  }

  #remember(hash: string, logs: readonly object[]): void {
    if (logs.length === 0) return;
    this.#delivered.set(hash, logs);
    if (this.#delivered.size <= REMEMBERED_BLOCKS_MAX) return;
    const [oldest] = this.#delivered.keys();
    if (oldest !== undefined) this.#delivered.delete(oldest);
  }
}

function logsOf(reading: Reading): readonly object[] | null {
  if (reading.kind !== 'result' || !Array.isArray(reading.value)) return null;
  return (reading.value as unknown[]).filter((log): log is object => typeof log === 'object' && log !== null);
}
