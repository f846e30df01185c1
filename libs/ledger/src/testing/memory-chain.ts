import type { BlockAnswer } from '#libs/protocol';
import { type StateChanges, type StoredRecord, ChainState } from '../machine/chain-state.js';
import { executeBlock, headOf } from '../machine/execute-block.js';
import { genesisRow } from '../machine/genesis.js';
import { History } from '../machine/history.js';
import type { RecordKind } from '../machine/records.js';
import type { BlockRow, ChainHead, ChainHistory } from '../store/chain-store.js';
import type { LedgerGenesis } from '../types.js';

/** The state machine over plain maps: what the database keeps, as JSON text, without the database. For many short histories. */
export class MemoryChain implements ChainHistory {
  readonly #versions = new Map<string, Array<{ height: number; json: string | null }>>();
  readonly #balances = new Map<string, bigint>();
  readonly #blocks: BlockAnswer[] = [];
  readonly #included = new Set<string>();
  readonly chainId: string;
  state: ChainState;
  history: History;
  head: ChainHead;

  constructor(genesis: LedgerGenesis) {
    this.chainId = genesis.chainId;
    const row = genesisRow(genesis);
    this.#store(0, row.changes);
    this.head = {
      height: 0,
      hash: '',
      partsHash: '',
      timeMs: row.timeMs,
      proposerAddressHex: '',
      transactionTotal: 0,
      stateHash: row.stateHash,
      resultsHash: '',
    };
    this.state = this.#load();
    this.history = new History(this);
  }

  /** The next block from these transactions; those that are in a block already are left out, as the producer does. */
  async produce(timeMs: number, transactions: readonly Buffer[], hashOf: (bytes: Buffer) => string): Promise<BlockRow> {
    const fresh = [...new Map(transactions.map((bytes) => [hashOf(bytes), bytes]))].filter(
      ([hash]) => !this.#included.has(hash),
    );
    const block = await executeBlock({
      state: this.state,
      history: this.history,
      head: this.head,
      chainId: this.chainId,
      timeMs,
      transactions: fresh.map(([, bytes]) => bytes),
    });
    this.#store(block.height, block.changes);
    this.#blocks.push(block.answer);
    for (const { hash } of block.transactions) this.#included.add(hash);
    this.head = headOf(block);
    return block;
  }

  /** Forgets everything that was not stored, as a process that is killed does. */
  crash(): void {
    this.state = this.#load();
    this.history = new History(this);
  }

  recordAt(kind: RecordKind, key: string, height: number): Promise<unknown> {
    const json = this.#newest(`${kind}/${key}`, height);
    return Promise.resolve(json === null ? null : JSON.parse(json));
  }

  recordsAt(kind: RecordKind, height: number): Promise<Array<{ key: string; json: unknown }>> {
    return Promise.resolve([...this.#records(height)].filter((record) => record.kind === kind));
  }

  blockAt(height: number): Promise<BlockAnswer | null> {
    return Promise.resolve(this.#blocks[height - 1] ?? null);
  }

  included(hashes: readonly string[]): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(hashes.filter((hash) => this.#included.has(hash))));
  }

  #store(height: number, changes: StateChanges): void {
    for (const { kind, key, json } of changes.records) {
      const name = `${kind}/${key}`;
      this.#versions.set(name, [...(this.#versions.get(name) ?? []), { height, json }]);
    }
    for (const { postings } of changes.entries) {
      for (const { account, amountUpokt } of postings) {
        this.#balances.set(account, (this.#balances.get(account) ?? 0n) + amountUpokt);
      }
    }
  }

  #load(): ChainState {
    return new ChainState(this.#records(Number.MAX_SAFE_INTEGER), this.#balances);
  }

  *#records(height: number): Generator<StoredRecord> {
    for (const name of this.#versions.keys()) {
      const json = this.#newest(name, height);
      const slash = name.indexOf('/');
      if (json !== null) {
        yield {
          kind: name.slice(0, slash) as RecordKind,
          key: name.slice(slash + 1),
          json: JSON.parse(json) as unknown,
        };
      }
    }
  }

  #newest(name: string, height: number): string | null {
    return this.#versions.get(name)?.findLast((version) => version.height <= height)?.json ?? null;
  }
}
