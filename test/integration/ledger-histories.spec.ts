import { describe, expect, it } from 'vitest';
import { type BlockSummary, EmbeddedLedger } from '#libs/ledger';
import { createDataSource } from '#libs/persistence';
import { transactionHashHex } from '#libs/protocol';
import { MemoryChain } from '../../libs/ledger/src/testing/memory-chain.js';
import { HISTORY_GENESIS, RandomHistory } from '../../libs/ledger/src/testing/random-history.js';
import { createDatabase } from '../support/database.js';

/** Histories of a run; each has its own database. */
const HISTORIES = 8;
const BLOCKS = 14;

/** The pool may still hand out connections that were cut: as the devnet's producer does, try again. */
async function produceDespiteLoss(ledger: EmbeddedLedger, attempts = 6): Promise<BlockSummary> {
  try {
    return await ledger.produceBlock();
  } catch (error) {
    if (attempts === 0) throw error;
    return produceDespiteLoss(ledger, attempts - 1);
  }
}

describe('random histories on PostgreSQL', () => {
  it('give the state, the supply and the payments that the rules give without a database, through lost connections and restarts', async () => {
    for (let seed = 1_001; seed <= 1_000 + HISTORIES; seed += 1) {
      const memory = new MemoryChain(HISTORY_GENESIS);
      const story = new RandomHistory(seed);
      const url = await createDatabase();
      const dataSource = await createDataSource({ url, connectionsMax: 4 });
      let timeMs = HISTORY_GENESIS.timeMs;
      const newLedger = (): EmbeddedLedger => new EmbeddedLedger({ dataSource, clock: () => timeMs });
      let ledger = newLedger();
      try {
        await ledger.initialize(HISTORY_GENESIS);
        for (let height = 0; height < BLOCKS; height += 1) {
          const sent = await story.next(memory.history, height);
          // The mempool takes each transaction once and refuses some at once; what it took is the block.
          const taken: Buffer[] = [];
          for (const bytes of sent) if ((await ledger.submit(bytes)).code === 0) taken.push(bytes);
          timeMs += 2_000;
          if (story.dice.below(5) === 0) {
            await dataSource.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
            );
            await ledger.close();
            ledger = newLedger();
          }
          const block = await produceDespiteLoss(ledger);
          const expected = await memory.produce(timeMs, taken, (bytes) => transactionHashHex(bytes));
          expect({ seed, height: block.height, hash: block.hash }).toEqual({
            seed,
            height: expected.height,
            hash: expected.hash,
          });
          expect(block.transactions.map(({ code }) => code)).toEqual(expected.transactions.map(({ code }) => code));
          expect(block.settlements).toEqual(expected.settlements);
        }
        const wrong = await dataSource.query<unknown[]>(
          `SELECT height::text FROM ledger.supply_by_height WHERE difference_upokt <> 0
           UNION ALL SELECT account FROM ledger.balance_differences`,
        );
        expect(wrong).toEqual([]);
        const paidTwice = await dataSource.query<unknown[]>(
          `SELECT node, header_hash, evidence_type FROM ledger.settlements GROUP BY 1, 2, 3 HAVING count(*) > 1`,
        );
        expect(paidTwice).toEqual([]);
      } finally {
        await ledger.close();
        await dataSource.destroy();
      }
    }
  });
});
