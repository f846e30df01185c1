import type { BlockAnswer, DispatchAnswer, SessionHeader } from '#libs/protocol';
import { sessionHeaderHashHex, sessionStartHeight, transactionHashHex } from '#libs/protocol';
import { inTransaction } from '#libs/persistence';
import type { DataSource } from 'typeorm';
import { GenesisMismatchError, UnknownHeightError } from './errors.js';
import type { LocalLedger } from './ledger-port.js';
import { accounts } from './machine/books.js';
import { checkSubmitted } from './machine/deliver.js';
import { executeBlock, headOf } from './machine/execute-block.js';
import { genesisRow } from './machine/genesis.js';
import { History } from './machine/history.js';
import { textsOfParameters } from './machine/parameters.js';
import { type RecordKind, type RecordByKind, claimKey, decodeRecord } from './machine/records.js';
import { showApplication, showBacking, showBasket, showClaim, showNode, targetName } from './machine/show-records.js';
import type { BlockRow } from './store/chain-store.js';
import { addToMempool, nextFromMempool, removeFromMempool } from './store/mempool.js';
import { PostgresHistory } from './store/postgres-history.js';
import { Producer } from './store/producer.js';
import { ReadModel } from './store/read-model.js';
import { writeBlock, writeGenesis } from './store/write-block.js';
import type {
  ApplicationFilter,
  Backing,
  BackingTarget,
  Basket,
  BlockSummary,
  ClaimRef,
  LedgerApplication,
  LedgerClaim,
  LedgerGenesis,
  LedgerNode,
  LedgerParameters,
  LedgerSession,
  LedgerSupply,
  LedgerTransaction,
  NodeFilter,
  Settlement,
  SubmittedTransaction,
} from './types.js';

/** What an embedded ledger needs. */
export interface EmbeddedLedgerOptions {
  /** On a database whose migrations ran. Two connections are enough: one for the producer, one for queries. */
  readonly dataSource: DataSource;
  /** Time of new blocks, ms since the epoch; the system's by default. */
  readonly clock?: () => number;
  /** Name of the chain in transactions; `localnet` by default. Must be the genesis' one. */
  readonly chainId?: string;
}

/**
 * A Pocket ledger in PostgreSQL (schema `ledger`): the state machine, its blocks and its books.
 *
 * - A block is one database transaction: after a crash at any point it is there whole or not at all, and nothing submitted is lost.
 * - One producer per database, fenced: the connection that writes blocks holds the lock. Any number of instances may query and submit.
 * - Everything at or below the head is immutable, so reads at a height are kept in memory.
 *
 * Queries beyond the head throw `UnknownHeightError`; a database that cannot be reached rejects with the driver's error.
 */
export class EmbeddedLedger implements LocalLedger {
  readonly chainId: string;
  readonly #dataSource: DataSource;
  readonly #clock: () => number;
  readonly #store: PostgresHistory;
  readonly #history: History;
  readonly #reads: ReadModel;
  readonly #listeners = new Set<(block: BlockSummary) => void>();
  #producer: Producer | undefined;
  /** Ends when the block under way is committed or failed: blocks are made one at a time. */
  #lastBlock: Promise<unknown> = Promise.resolve();
  /** A height that is known to be committed; asking again is spared up to it. */
  #committedHeight = 0;

  constructor(options: EmbeddedLedgerOptions) {
    this.chainId = options.chainId ?? 'localnet';
    this.#dataSource = options.dataSource;
    this.#clock = options.clock ?? Date.now;
    this.#store = new PostgresHistory(options.dataSource);
    this.#history = new History(this.#store);
    this.#reads = new ReadModel(options.dataSource);
  }

  async initialize(genesis: LedgerGenesis): Promise<void> {
    if (genesis.chainId !== this.chainId) {
      throw new GenesisMismatchError(`the genesis is of chain ${genesis.chainId}, this ledger of ${this.chainId}`);
    }
    const row = genesisRow(genesis);
    await inTransaction(this.#dataSource, async (sql) => {
      // Two processes may start at once: the second waits here and then finds the chain.
      await sql.query('LOCK TABLE ledger.genesis IN EXCLUSIVE MODE');
      const head = await new PostgresHistory(sql).head();
      if (!head) return writeGenesis(sql, row);
      if (head.genesisDigest !== row.digest) {
        throw new GenesisMismatchError('the database holds a chain that began with another genesis');
      }
    });
  }

  async submit(bytes: Uint8Array): Promise<SubmittedTransaction> {
    const copy = Buffer.from(bytes);
    const txHash = transactionHashHex(copy);
    const height = await this.height();
    const refusal = await checkSubmitted(copy, {
      chainId: this.chainId,
      parameters: await this.parameters(height),
      isIncluded: async () => (await this.#store.included([txHash])).size > 0,
      balanceUpokt: (address) => this.#store.balanceAt(accounts.of(address), height),
      node: async (address) => (await this.#record('node', address, height)) ?? undefined,
    });
    if (refusal) return { txHash, code: refusal.code, codespace: refusal.codespace, log: refusal.message };
    await addToMempool(this.#dataSource, txHash, copy);
    return { txHash, code: 0, codespace: '', log: '' };
  }

  submitTransaction(_addressHex: string, bytes: Uint8Array): Promise<SubmittedTransaction> {
    return this.submit(bytes);
  }

  produceBlock(): Promise<BlockSummary> {
    const next = this.#lastBlock.then(
      () => this.#produce(),
      () => this.#produce(),
    );
    this.#lastBlock = next;
    return next;
  }

  onBlock(listener: (block: BlockSummary) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.#lastBlock.catch(() => undefined);
    await this.#producer?.release();
    this.#producer = undefined;
    this.#listeners.clear();
  }

  async height(): Promise<number> {
    const [row] = await this.#dataSource.query<Array<{ height: string | null }>>(
      'SELECT max(height) AS height FROM ledger.blocks',
    );
    const height = Number(row?.height ?? 0);
    this.#committedHeight = Math.max(this.#committedHeight, height);
    return height;
  }

  async parameters(height?: number): Promise<LedgerParameters> {
    return this.#history.parameters(await this.#at(height));
  }

  async parameterTexts(height?: number): Promise<ReadonlyMap<string, string>> {
    return textsOfParameters(await this.parameters(height));
  }

  async parameterText(key: string, height?: number): Promise<string | null> {
    return (await this.parameterTexts(height)).get(key) ?? null;
  }

  async dispatch(appPublicKeyHex: string, chain: string): Promise<DispatchAnswer> {
    const height = await this.height();
    const { blocksPerSession } = await this.#history.parameters(height);
    const header: SessionHeader = {
      app_public_key: appPublicKeyHex,
      chain,
      session_height: sessionStartHeight(Math.max(1, height), blocksPerSession),
    };
    const session = await this.session(header, height);
    return {
      block_height: height,
      session: { header, key: Buffer.from(session.keyHex, 'hex').toString('base64'), nodes: [...session.nodes] },
    };
  }

  async session(header: SessionHeader, eligibleAt?: number): Promise<LedgerSession> {
    await this.#at(header.session_height);
    return this.#history.session(header, await this.#at(eligibleAt));
  }

  async application(addressHex: string, height?: number): Promise<LedgerApplication | null> {
    const record = await this.#history.application(addressHex, await this.#at(height));
    return record && showApplication(addressHex, record);
  }

  async applications(filter: ApplicationFilter = {}): Promise<LedgerApplication[]> {
    const rows = await this.#records('application', await this.#at(filter.height));
    return rows
      .filter(([, record]) => filter.status === undefined || record.status === filter.status)
      .filter(([, record]) => filter.chain === undefined || record.chains.includes(filter.chain))
      .map(([address, record]) => showApplication(address, record));
  }

  async node(addressHex: string, height?: number): Promise<LedgerNode | null> {
    const record = (await this.#history.nodes(await this.#at(height))).get(addressHex);
    return record ? showNode(addressHex, record) : null;
  }

  async nodes(filter: NodeFilter = {}): Promise<LedgerNode[]> {
    const nodes = await this.#history.nodes(await this.#at(filter.height));
    return [...nodes]
      .filter(([, record]) => filter.status === undefined || record.status === filter.status)
      .filter(([, record]) => filter.jailed === undefined || record.jailed === filter.jailed)
      .filter(([, record]) => filter.chain === undefined || record.chains.includes(filter.chain))
      .map(([address, record]) => showNode(address, record));
  }

  async balanceUpokt(addressHex: string, height?: number): Promise<bigint> {
    return this.#store.balanceAt(accounts.of(addressHex), await this.#at(height));
  }

  async supply(height?: number): Promise<LedgerSupply> {
    const places = await this.#reads.balancesByPlace(await this.#at(height));
    const of = (place: string): bigint => places.get(place) ?? 0n;
    const totalStakedUpokt = of('node') + of('application') + of(accounts.dao);
    const totalUpokt = -of(accounts.issuance);
    return {
      nodeStakedUpokt: of('node'),
      appStakedUpokt: of('application'),
      daoUpokt: of(accounts.dao),
      totalStakedUpokt,
      totalUnstakedUpokt: totalUpokt - totalStakedUpokt,
      totalUpokt,
    };
  }

  async block(height: number): Promise<BlockAnswer | null> {
    return this.#store.blockAt(height === 0 ? await this.height() : height);
  }

  async claims(nodeAddressHex: string, height?: number): Promise<LedgerClaim[]> {
    const rows = await this.#records('claim', await this.#at(height), `${nodeAddressHex}/`);
    return rows.map(([, claim]) => showClaim(claim));
  }

  async claim(ref: ClaimRef, height?: number): Promise<LedgerClaim | null> {
    const header = { app_public_key: ref.appPublicKeyHex, chain: ref.chain, session_height: ref.sessionHeight };
    const key = claimKey(ref.addressHex, sessionHeaderHashHex(header), ref.evidenceType ?? 1);
    const record = await this.#record('claim', key, await this.#at(height));
    return record && showClaim(record);
  }

  transaction(hash: string): Promise<LedgerTransaction | null> {
    return this.#reads.transaction(hash);
  }

  async blockTransactions(height: number): Promise<LedgerTransaction[]> {
    return this.#reads.transactionsOf(await this.#at(height));
  }

  accountTransactions(
    addressHex: string,
    o: { received?: boolean; limit?: number } = {},
  ): Promise<LedgerTransaction[]> {
    return this.#reads.transactionsBy(addressHex, o.received ?? false, o.limit ?? 100);
  }

  settlements(o: { nodeAddressHex?: string; sessionHeight?: number; limit?: number } = {}): Promise<Settlement[]> {
    return this.#reads.settlements(o);
  }

  async basket(name: string, height?: number): Promise<Basket | null> {
    const record = await this.#record('basket', name, await this.#at(height));
    return record && showBasket(name, record);
  }

  async backings(
    o: { target?: BackingTarget; backerAddressHex?: string; height?: number; ended?: boolean } = {},
  ): Promise<Backing[]> {
    const height = await this.#at(o.height);
    const parameters = await this.#history.parameters(height);
    const target = o.target && targetName(o.target);
    const rows = await this.#records('backing', height);
    return rows
      .filter(([, backing]) => target === undefined || backing.target === target)
      .filter(([, backing]) => o.backerAddressHex === undefined || backing.backer === o.backerAddressHex)
      .filter(([, backing]) => o.ended === true || backing.untilHeight === null)
      .map(([id, backing]) => showBacking(Number(id), backing, height, parameters.extensions))
      .sort((a, b) => a.id - b.id);
  }

  /** The height to read at: the newest for 0, and never one that does not exist. */
  async #at(height = 0): Promise<number> {
    if (height !== 0 && height <= this.#committedHeight) return height;
    const newest = await this.height();
    if (height > newest || height < 0 || !Number.isSafeInteger(height)) {
      throw new UnknownHeightError(`height ${height} is not in the chain, the newest is ${newest}`);
    }
    return height === 0 ? newest : height;
  }

  async #record<K extends RecordKind>(kind: K, key: string, height: number): Promise<RecordByKind[K] | null> {
    const json = await this.#store.recordAt(kind, key, height);
    return json === null ? null : decodeRecord(kind, json);
  }

  async #records<K extends RecordKind>(
    kind: K,
    height: number,
    keyPrefix = '',
  ): Promise<Array<[string, RecordByKind[K]]>> {
    const rows = await this.#store.recordsAt(kind, height, keyPrefix);
    return rows.map(({ key, json }) => [key, decodeRecord(kind, json)]);
  }

  async #produce(): Promise<BlockSummary> {
    const producer = (this.#producer ??= await Producer.acquire(this.#dataSource));
    let block: BlockRow;
    try {
      block = await this.#commitNext(producer);
    } catch (error) {
      // The state in memory may be ahead of the database, and the connection broken: the next block starts from what is committed.
      this.#producer = undefined;
      await producer.release();
      throw error;
    }
    producer.head = headOf(block);
    this.#committedHeight = Math.max(this.#committedHeight, block.height);
    const summary = summaryOf(block);
    for (const listener of this.#listeners) {
      // The block is committed: a listener's defect must not look like a failed block, nor disappear.
      queueMicrotask(() => listener(summary));
    }
    return summary;
  }

  /** Executes and writes the next block in one transaction. */
  async #commitNext(producer: Producer): Promise<BlockRow> {
    const { runner, state, head, chainId } = producer;
    await runner.startTransaction();
    const { blockByteSize } = await this.#history.parameters(head.height);
    const pending = await nextFromMempool(runner, blockByteSize);
    const included = await new PostgresHistory(runner).included(pending.map(({ hash }) => hash));
    const block = await executeBlock({
      state,
      history: this.#history,
      head,
      chainId,
      timeMs: Math.max(this.#clock(), head.timeMs + 1),
      transactions: pending.filter(({ hash }) => !included.has(hash)).map(({ bytes }) => bytes),
    });
    await writeBlock(runner, block);
    await removeFromMempool(
      runner,
      pending.map(({ hash }) => hash),
    );
    await runner.commitTransaction();
    return block;
  }
}

function summaryOf(block: BlockRow): BlockSummary {
  return {
    height: block.height,
    hash: block.hash,
    timeMs: block.timeMs,
    proposerAddressHex: block.proposerAddressHex,
    transactions: block.transactions.map(({ hash, code, codespace, log, bytes }, index) => ({
      hash,
      height: block.height,
      index,
      code,
      codespace,
      log,
      bytes,
    })),
    mintedUpokt: block.mintedUpokt,
    burnedUpokt: block.burnedUpokt,
    supplyUpokt: block.supplyUpokt,
    settlements: block.settlements,
  };
}
