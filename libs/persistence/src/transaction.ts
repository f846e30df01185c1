import type { DataSource, EntityManager } from 'typeorm';

/** What a query needs: a data source, or the manager of a running transaction. */
export interface SqlExecutor {
  // TypeORM types the rows of a raw query as `any`; each caller states the row type it selects.
  query<Rows = unknown>(sql: string, parameters?: unknown[]): Promise<Rows>;
}

/** Runs `work` in one transaction: commits when it resolves, rolls back and rethrows when it rejects. */
export function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  isolation: 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE' = 'READ COMMITTED',
): Promise<T> {
  return dataSource.transaction(isolation, work);
}

/** PostgreSQL says "try again": serialization failure and deadlock. */
const RETRYABLE_SQLSTATES = new Set(['40001', '40P01']);

/** Repeats `work` while PostgreSQL reports a serialization failure or a deadlock, at most `attemptsMax` times. */
export async function retrySerialization<T>(work: () => Promise<T>, attemptsMax = 5): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const state = (error as { driverError?: { code?: string } }).driverError?.code;
      if (attempt >= attemptsMax || state === undefined || !RETRYABLE_SQLSTATES.has(state)) throw error;
    }
  }
}
