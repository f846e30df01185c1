import type { QueryRunner } from 'typeorm';
import { closedThrough } from './close-days.js';
import type { UsageDimension } from './usage-dimensions.js';
import { type UsageFilter, type UsageRecord, type UsageRow, usageRowOf, usageStatement } from './usage-queries.js';

/** Rows that are fetched, and held in memory, at once. */
const BATCH_ROWS = 1_000;

/** A reader that takes no batch for so long loses its transaction, so that it cannot hold back PostgreSQL's clean-up. */
const IDLE_MS_MAX = 120_000;

/** What to export. */
export interface UsageExportOptions {
  readonly filter: UsageFilter;
  readonly groupBy: readonly UsageDimension[];
  /** Only what comes after the row with this id; an export that broke off goes on there. */
  readonly after?: string | undefined;
  /** At most so many rows; default all. */
  readonly limit?: number | undefined;
}

/** Where an export reads: opens a REPEATABLE READ transaction whose runner becomes the export's own, to end and to release. */
export interface SnapshotSource {
  openSnapshot(): Promise<QueryRunner>;
}

/** A reading under way: one snapshot of the database, whatever is stored meanwhile. */
export interface UsageExport {
  /** The instant of the snapshot, by PostgreSQL's clock. */
  readonly asOf: Date;
  /** The newest closed day in the snapshot. */
  readonly closedThrough: string | null;
  /** Batches of rows from a server-side cursor. Ending the iteration early releases the connection; so does {@link close}. */
  readonly batches: AsyncIterable<UsageRow[]>;
  close(): Promise<void>;
}

/**
 * Opens a cursor over usage. Memory is that of one batch, however many rows there are; the caller must iterate to the end,
 * or end the iteration, or call `close`, because the export holds a connection.
 *
 * @throws UsageCursorError when `after` is no id of this grouping.
 */
export async function openUsageExport(source: SnapshotSource, options: UsageExportOptions): Promise<UsageExport> {
  const statement = usageStatement(options.filter, options.groupBy, options.after);
  const runner = await source.openSnapshot();
  const close = closeOnce(runner);
  try {
    await runner.query(`SET LOCAL idle_in_transaction_session_timeout = ${IDLE_MS_MAX}`);
    const closed = await closedThrough(runner);
    const [clock] = (await runner.query('SELECT now() AS now')) as [{ now: Date }];
    // Behind row-level security the planner takes an operator's rows for few, and would sort all before the first is sent.
    if (statement.isPresorted) await runner.query('SET LOCAL enable_sort = off');
    const limit = options.limit === undefined ? '' : ` LIMIT ${Math.trunc(options.limit)}`;
    await runner.query(`DECLARE usage_export NO SCROLL CURSOR FOR ${statement.sql}${limit}`, statement.parameters);
    return { asOf: clock.now, closedThrough: closed, batches: batchesOf(runner, options.groupBy, close), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Not a generator: one that was never started would not release the connection when it is ended. */
function batchesOf(
  runner: QueryRunner,
  groupBy: readonly UsageDimension[],
  close: () => Promise<void>,
): AsyncIterable<UsageRow[]> {
  const done = async (): Promise<IteratorReturnResult<undefined>> => {
    await close();
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        try {
          const records = (await runner.query(`FETCH ${BATCH_ROWS} FROM usage_export`)) as UsageRecord[];
          if (records.length === 0) return await done();
          return { done: false, value: records.map((record) => usageRowOf(record, groupBy)) };
        } catch (error) {
          await close();
          throw error;
        }
      },
      return: done,
    }),
  };
}

function closeOnce(runner: QueryRunner): () => Promise<void> {
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
    } catch {
      // The connection is gone, and its transaction with it.
    } finally {
      await runner.release();
    }
  };
  return () => (closed ??= close());
}
