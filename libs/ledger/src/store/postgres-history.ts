import type { BlockAnswer } from '#libs/protocol';
import type { SqlExecutor } from '#libs/persistence';
import type { RecordKind } from '../machine/records.js';
import type { ChainHistory, ChainIdentity, LoadedChain } from './chain-store.js';
import { HEAD_SQL, type HeadRow } from './head-sql.js';

/** Reads of the `ledger` schema. Works on a pool, or on the connection of a running transaction. */
export class PostgresHistory implements ChainHistory {
  constructor(private readonly sql: SqlExecutor) {}

  async recordAt(kind: RecordKind, key: string, height: number): Promise<unknown> {
    const rows = await this.sql.query<Array<{ record: unknown }>>(
      `SELECT record FROM ledger.record_versions WHERE kind = $1 AND key = $2 AND height <= $3 ORDER BY height DESC LIMIT 1`,
      [kind, key, height],
    );
    return rows[0]?.record ?? null;
  }

  async recordsAt(
    kind: RecordKind,
    height: number,
    keyPrefix = '',
  ): Promise<Array<{ readonly key: string; readonly json: unknown }>> {
    // Keys are ASCII and compared byte by byte, so a prefix is a range of the primary key.
    return this.sql.query<Array<{ key: string; json: unknown }>>(
      `SELECT key, record AS json FROM (
         SELECT DISTINCT ON (key) key, record FROM ledger.record_versions
         WHERE kind = $1 AND height <= $2 AND key >= $3 AND key < $4 ORDER BY key, height DESC) newest
       WHERE record IS NOT NULL`,
      [kind, height, keyPrefix, `${keyPrefix}~`],
    );
  }

  async blockAt(height: number): Promise<BlockAnswer | null> {
    const rows = await this.sql.query<Array<{ answer: BlockAnswer }>>(
      'SELECT answer FROM ledger.blocks WHERE height = $1',
      [height],
    );
    return rows[0]?.answer ?? null;
  }

  async included(hashes: readonly string[]): Promise<ReadonlySet<string>> {
    if (hashes.length === 0) return new Set();
    const rows = await this.sql.query<Array<{ hash: string }>>(
      'SELECT hash FROM ledger.transactions WHERE hash = ANY($1)',
      [hashes],
    );
    return new Set(rows.map((row) => row.hash));
  }

  /** The head, or null while no genesis was written. */
  async head(): Promise<ChainIdentity | null> {
    const [row] = await this.sql.query<HeadRow[]>(HEAD_SQL);
    if (!row) return null;
    return {
      chainId: row.chain_id,
      genesisDigest: row.digest,
      height: Number(row.height),
      hash: row.hash,
      partsHash: row.parts_hash,
      timeMs: Number(row.time_ms),
      proposerAddressHex: row.proposer,
      transactionTotal: Number(row.transaction_total),
      stateHash: row.state_hash,
      resultsHash: row.results_hash,
    };
  }

  /** Everything current at the head: what the producer works on. */
  async load(): Promise<LoadedChain | null> {
    const head = await this.head();
    if (!head) return null;
    const records = await this.sql.query<Array<{ kind: RecordKind; key: string; json: unknown }>>(
      'SELECT kind, key, record AS json FROM ledger.records',
    );
    const balances = await this.sql.query<Array<{ account: string; balance: string }>>(
      `SELECT DISTINCT ON (account) account, balance_upokt AS balance FROM ledger.balances ORDER BY account, height DESC`,
    );
    return { head, records, balances: balances.map((row) => [row.account, BigInt(row.balance)] as const) };
  }

  /** Balance of an account at a height, in uPOKT. */
  async balanceAt(account: string, height: number): Promise<bigint> {
    const [row] = await this.sql.query<Array<{ balance: string }>>(
      `SELECT balance_upokt AS balance FROM ledger.balances WHERE account = $1 AND height <= $2 ORDER BY height DESC LIMIT 1`,
      [account, height],
    );
    return BigInt(row?.balance ?? '0');
  }
}
