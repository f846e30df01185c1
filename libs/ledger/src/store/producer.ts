import type { DataSource, QueryRunner } from 'typeorm';
import { ProducerElsewhereError } from '../errors.js';
import { ChainState } from '../machine/chain-state.js';
import type { ChainHead } from './chain-store.js';
import { PostgresHistory } from './postgres-history.js';

/** Any constant works; it only has to be the same in every producer. Advisory locks are per database. */
const PRODUCER_LOCK = 7_401_126_002;

/** How long a predecessor that is just ending may still hold the lock. */
const LOCK_WAIT_MS = 2_000;

/** PostgreSQL: lock not available within lock_timeout. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * The right to produce blocks, and the state to produce them from. The lock belongs to the very connection that writes the blocks:
 * when that connection is lost, so is the lock, and nothing more can be committed with the state read under it.
 */
export class Producer {
  private constructor(
    readonly runner: QueryRunner,
    readonly state: ChainState,
    readonly chainId: string,
    public head: ChainHead,
  ) {}

  /** Takes the lock and loads the state. Throws `ProducerElsewhereError` while another connection holds it. */
  static async acquire(dataSource: DataSource): Promise<Producer> {
    const runner = dataSource.createQueryRunner();
    try {
      await runner.connect();
      await runner.query(`SET lock_timeout = ${LOCK_WAIT_MS}`);
      await runner.query('SELECT pg_advisory_lock($1)', [PRODUCER_LOCK]);
      await runner.query('SET lock_timeout = 0');
      const loaded = await new PostgresHistory(runner).load();
      if (!loaded) throw new Error('the ledger has no genesis: call initialize first');
      const { head, records, balances } = loaded;
      return new Producer(runner, new ChainState(records, balances), head.chainId, head);
    } catch (error) {
      await end(runner);
      if ((error as { driverError?: { code?: string } }).driverError?.code === LOCK_NOT_AVAILABLE) {
        throw new ProducerElsewhereError('another process produces blocks on this database', { cause: error });
      }
      throw error;
    }
  }

  /** Gives the lock back. Safe on a connection that is broken. */
  release(): Promise<void> {
    return end(this.runner);
  }
}

/** Ends the connection's transaction and lock before it goes back to the pool; a connection that cannot even do that is dead. */
async function end(runner: QueryRunner): Promise<void> {
  try {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.query('SET lock_timeout = 0');
    await runner.query('SELECT pg_advisory_unlock_all()');
  } catch {
    // A lost connection holds neither transaction nor lock.
  } finally {
    if (!runner.isReleased) await runner.release();
  }
}
