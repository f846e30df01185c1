import type { SqlExecutor } from '#libs/persistence';

/** Transactions of one block at most; the rest waits for the next. */
const TRANSACTIONS_MAX = 2_000;

/** A transaction that waits for a block. */
export interface PendingTransaction {
  readonly hash: string;
  readonly position: string;
  readonly bytes: Buffer;
}

/** Adds a transaction; the same bytes again change nothing. */
export async function addToMempool(sql: SqlExecutor, hash: string, bytes: Uint8Array): Promise<void> {
  await sql.query('INSERT INTO ledger.mempool (hash, bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING', [
    hash,
    Buffer.from(bytes),
  ]);
}

/** The oldest waiting transactions that fit into a block of `bytesMax`; at least one, so that none can block the others for ever. */
export async function nextFromMempool(sql: SqlExecutor, bytesMax: bigint): Promise<PendingTransaction[]> {
  const rows = await sql.query<PendingTransaction[]>(
    'SELECT hash, position, bytes FROM ledger.mempool ORDER BY position LIMIT $1',
    [TRANSACTIONS_MAX],
  );
  let total = 0n;
  return rows.filter(({ bytes }, index) => {
    total += BigInt(bytes.length);
    return index === 0 || total <= bytesMax;
  });
}

/** Takes transactions out once their block is written. */
export async function removeFromMempool(sql: SqlExecutor, hashes: readonly string[]): Promise<void> {
  if (hashes.length > 0) await sql.query('DELETE FROM ledger.mempool WHERE hash = ANY($1)', [hashes]);
}
