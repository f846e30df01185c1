import type { SqlExecutor } from '#libs/persistence';
import type { DataSource, EntityManager } from 'typeorm';
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
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const scope = currentScope();
    return this.dataSource.transaction('READ COMMITTED', async (manager) => {
      if (scope !== undefined) await enter(manager, scope);
      return work(manager);
    });
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
