import type { SqlExecutor } from '#libs/persistence';
import type { LedgerTransaction, Settlement } from '../types.js';

/** Rows of `ledger.transactions` as the port shows them. */
interface TransactionRow {
  readonly hash: string;
  readonly height: string;
  readonly index: number;
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly bytes: Buffer;
}

const TRANSACTION_COLUMNS = 'hash, height, index, code, codespace, log, bytes';

/** Longest list of one query. */
const LIMIT_MAX = 10_000;

/** Lists of what was committed, for queries only: the state machine reads nothing here. */
export class ReadModel {
  constructor(private readonly sql: SqlExecutor) {}

  async transaction(hash: string): Promise<LedgerTransaction | null> {
    const [row] = await this.#transactions('hash = $1', [hash.toUpperCase()]);
    return row ?? null;
  }

  transactionsOf(height: number): Promise<LedgerTransaction[]> {
    return this.#transactions('height = $1 ORDER BY index', [height]);
  }

  transactionsBy(addressHex: string, received: boolean, limit: number): Promise<LedgerTransaction[]> {
    const column = received ? 'recipient' : 'signer';
    return this.#transactions(`${column} = $1 ORDER BY height DESC, index DESC LIMIT $2`, [addressHex, clamp(limit)]);
  }

  async settlements(o: { nodeAddressHex?: string; sessionHeight?: number; limit?: number }): Promise<Settlement[]> {
    const rows = await this.sql.query<
      Array<{
        height: string;
        transaction_hash: string;
        node: string;
        app_public_key: string;
        chain: string;
        session_height: string;
        evidence_type: 1 | 2;
        outcome: 'paid' | 'replay';
        relays: string;
        coins_upokt: string;
        node_upokt: string;
        fees_upokt: string;
        burned_upokt: string;
      }>
    >(
      `SELECT * FROM ledger.settlements
       WHERE ($1::text IS NULL OR node = $1) AND ($2::bigint IS NULL OR session_height = $2)
       ORDER BY height DESC, transaction_hash LIMIT $3`,
      [o.nodeAddressHex ?? null, o.sessionHeight ?? null, clamp(o.limit ?? LIMIT_MAX)],
    );
    return rows.map((row) => ({
      height: Number(row.height),
      txHash: row.transaction_hash,
      nodeAddressHex: row.node,
      header: { app_public_key: row.app_public_key, chain: row.chain, session_height: Number(row.session_height) },
      evidenceType: row.evidence_type,
      outcome: row.outcome,
      relays: BigInt(row.relays),
      coinsUpokt: BigInt(row.coins_upokt),
      nodeUpokt: BigInt(row.node_upokt),
      feesUpokt: BigInt(row.fees_upokt),
      burnedUpokt: BigInt(row.burned_upokt),
    }));
  }

  /** Sums of balances at a height by the first part of the account's name, in uPOKT. */
  async balancesByPlace(height: number): Promise<Map<string, bigint>> {
    const rows = await this.sql.query<Array<{ place: string; total: string }>>(
      `SELECT CASE WHEN account LIKE 'pool/%' THEN account ELSE split_part(account, '/', 1) END AS place, sum(balance_upokt)::text AS total
       FROM (SELECT DISTINCT ON (account) account, balance_upokt FROM ledger.balances
             WHERE height <= $1 ORDER BY account, height DESC) newest
       GROUP BY place`,
      [height],
    );
    return new Map(rows.map(({ place, total }) => [place, BigInt(total)]));
  }

  async #transactions(where: string, parameters: unknown[]): Promise<LedgerTransaction[]> {
    const rows = await this.sql.query<TransactionRow[]>(
      `SELECT ${TRANSACTION_COLUMNS} FROM ledger.transactions WHERE ${where}`,
      parameters,
    );
    return rows.map((row) => ({ ...row, height: Number(row.height) }));
  }
}

function clamp(limit: number): number {
  return Math.max(1, Math.min(LIMIT_MAX, Math.trunc(limit)));
}
