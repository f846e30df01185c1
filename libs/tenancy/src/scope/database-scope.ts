import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose rows PostgreSQL shows to the work of one request. */
export type DatabaseScope =
  | { readonly kind: 'tenant'; readonly tenantId: string; readonly actor: string }
  /** Every tenant's rows; stated, never the default. */
  | { readonly kind: 'operator'; readonly actor: string }
  /** Nobody's rows: a request without a credential. */
  | { readonly kind: 'nobody' };

const scopes = new AsyncLocalStorage<DatabaseScope>();

/**
 * Runs `work`, and everything it awaits, in a scope. A scope inside a scope replaces it, so that authentication can look a
 * token up before anyone is known.
 */
export function runInScope<T>(scope: DatabaseScope, work: () => T): T {
  return scopes.run(scope, work);
}

/**
 * Runs `work`, and everything it awaits, outside of any scope, whoever calls: for a process's own work that needs the rights of its login.
 * Never call it with what a request asked for.
 */
export function runOutsideScopes<T>(work: () => T): T {
  return scopes.exit(work);
}

/** The scope of the running request; undefined in a process's own work, which has the rights of its login. */
export function currentScope(): DatabaseScope | undefined {
  return scopes.getStore();
}
