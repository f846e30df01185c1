import type { SqlExecutor } from '#libs/persistence';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { type DatabaseScope, currentScope } from './database-scope.js';

/**
 * The database as one request may see it: inside a scope every statement runs in a transaction under the role `portal_app` with the
 * scope's settings, all of them transaction-local, so a pooled connection keeps nothing of it. Row-level security then holds
 * also where a query forgot the tenant. Outside a scope (a process's own work) the login's rights apply.
 */
export class ScopedDatabase implements SqlExecutor {
  constructor(readonly dataSource: DataSource) {}

  /** Runs reads; in a scope they share one transaction. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return currentScope() === undefined ? work(this.dataSource.manager) : this.transaction(work);
  }

  /** Runs `work` in one transaction: commits when it resolves, rolls back and rethrows when it rejects. */
  transaction<T>(
    work: (manager: EntityManager) => Promise<T>,
    isolation: 'READ COMMITTED' | 'REPEATABLE READ' = 'READ COMMITTED',
  ): Promise<T> {
    const scope = currentScope();
    return this.dataSource.transaction(isolation, async (manager) => {
      if (scope !== undefined) await enter(manager, scope);
      return work(manager);
    });
  }

  /**
   * Opens a transaction that reads one snapshot and outlives this call, for cursors: it keeps the scope it was opened in, whatever
   * runs when it is read. The caller owns the runner: it ends the transaction and calls `release()`.
   */
  async openSnapshot(): Promise<QueryRunner> {
    const scope = currentScope();
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction('REPEATABLE READ');
      await runner.query('SET TRANSACTION READ ONLY');
      if (scope !== undefined) await enter(runner.manager, scope);
      return runner;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
      throw error;
    }
  }

  /** One statement. */
  query<Rows = unknown>(sql: string, parameters?: unknown[]): Promise<Rows> {
    return this.read((manager) => manager.query<Rows>(sql, parameters));
  }
}

async function enter(manager: EntityManager, scope: DatabaseScope): Promise<void> {
  await manager.query(
    `SELECT set_config('role', 'portal_app', true), set_config('portal.tenant', $1, true),
            set_config('portal.operator', $2, true), set_config('portal.actor', $3, true)`,
    [
      scope.kind === 'tenant' ? scope.tenantId : '',
      scope.kind === 'operator' ? 'on' : '',
      scope.kind === 'nobody' ? '' : scope.actor,
    ],
  );
}
