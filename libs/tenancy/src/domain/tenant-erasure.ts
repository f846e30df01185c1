import { type EntityManager, QueryFailedError } from 'typeorm';
import type { ApplicationStaker } from '../applications/application-staker.js';
import { ApplicationEntity, TenantEntity, plain } from '../entities/index.js';
import { runOutsideScopes } from '../scope/database-scope.js';
import type { ScopedDatabase } from '../scope/scoped-database.js';
import type { Applications } from './applications.js';
import type { MutationContext, Mutations } from './mutations.js';
import { lockTenant, withoutPersonalData } from './tenants.js';

/** What one {@link TenantErasure.run} did. */
export interface ErasureReport {
  /** Tenants whose rows were erased now. */
  readonly erased: readonly string[];
  /** Applications whose POKT went back to the treasury and whose keys were erased now. */
  readonly keysErased: readonly string[];
  /** Applications that wait for the ledger: the next run goes on with them. */
  readonly waiting: readonly string[];
}

/** How a {@link TenantErasure} is set up. */
export interface TenantErasureOptions {
  readonly database: ScopedDatabase;
  readonly mutations: Mutations;
  readonly applications: Applications;
  readonly staker: Pick<ApplicationStaker, 'settle' | 'withdraw'>;
  /** How long one application may keep a run waiting. */
  readonly timeoutMs: number;
  /** Told why an application waits. */
  readonly onFault?: (fault: { readonly applicationId: string; readonly error: Error }) => void;
}

const CONTEXT: MutationContext = { actor: 'system:erasure', requestId: null };

/** Name of what is left. */
const ERASED_NAME = 'Deleted tenant';

/**
 * Tables that keep a deleted tenant's rows: what bills, proves and accounts. Every other table with a `tenant_id` loses them, also one
 * that was made after this was written, so that nothing is forgotten because it is new.
 */
const KEPT_TABLES: readonly string[] = [
  'tenancy.tenants',
  'tenancy.applications',
  'tenancy.audit_entries',
  'tenancy.plan_assignments',
];
const KEPT_SCHEMAS: readonly string[] = ['metering', 'ledger'];

/**
 * Ends tenants whose grace is over. First, in one transaction, everything personal and everything secret goes but the keys of managed
 * applications; these are unstaked, their POKT is sent back to the treasury when the network has released it, and then their keys go, too.
 * Each step is safe to repeat, by any number of processes.
 * It is the process's own work, with the rights of its login, also where a request's scope is around it: that scope's role deletes no
 * rows of tables whose writers are the system alone.
 */
export class TenantErasure {
  constructor(private readonly o: TenantErasureOptions) {}

  /** Does what is due now. Rejects only when PostgreSQL does; what the ledger refuses waits for the next run. */
  run(signal?: AbortSignal): Promise<ErasureReport> {
    return runOutsideScopes(() => this.eraseDue(signal));
  }

  private async eraseDue(signal: AbortSignal | undefined): Promise<ErasureReport> {
    const due = await this.o.database.query<Array<{ id: string }>>(
      `SELECT tenant_id AS id FROM tenancy.tenants WHERE delete_at <= now() AND erased_at IS NULL ORDER BY tenant_id`,
    );
    const erased: string[] = [];
    for (const { id } of due) if (await this.eraseTenant(id)) erased.push(id);

    const keysErased: string[] = [];
    const waiting: string[] = [];
    for (const application of await this.unerasedKeys()) {
      if (signal?.aborted) break;
      const isDone = await this.retire(application, signal).catch((error: unknown) => {
        this.o.onFault?.({ applicationId: application.applicationId, error: error as Error });
        return false;
      });
      (isDone ? keysErased : waiting).push(application.applicationId);
    }
    return { erased, keysErased, waiting };
  }

  private async eraseTenant(tenantId: string): Promise<boolean> {
    const { answer } = await this.o.mutations
      .run<{ isErased: boolean }>(CONTEXT, async (manager) => {
        const before = await lockTenant(manager, tenantId);
        // Restored, or erased by another process, since the list was read.
        if (before.deletesAt === null || before.erasedAt !== null) throw new AlreadyDecided();
        await eraseRows(manager, tenantId);
        const changes = {
          name: ERASED_NAME,
          contactEmail: null,
          notes: null,
          notice: null,
          deletionReason: null,
          erasedAt: new Date(),
          updatedAt: new Date(),
        };
        await manager.getRepository(TenantEntity).update({ tenantId }, changes);
        await manager.getRepository(ApplicationEntity).update({ tenantId }, { name: 'Deleted application' });
        const after = { ...plain(before), ...changes, version: before.version + 1 };
        return {
          answer: { isErased: true },
          audit: {
            tenantId,
            action: 'tenant.erase',
            subjectType: 'tenant',
            subjectId: tenantId,
            before: withoutPersonalData(before),
            after: withoutPersonalData(after),
          },
        };
      })
      .catch((error: unknown) => {
        if (error instanceof AlreadyDecided) return { answer: { isErased: false } };
        throw error;
      });
    return answer.isErased;
  }

  private unerasedKeys(): Promise<Array<{ tenantId: string; applicationId: string }>> {
    return this.o.database.query(
      `SELECT a.tenant_id AS "tenantId", a.application_id AS "applicationId"
         FROM tenancy.applications a JOIN tenancy.tenants t USING (tenant_id)
        WHERE t.erased_at IS NOT NULL AND a.source = 'managed' AND a.key_erased_at IS NULL ORDER BY a.application_id`,
    );
  }

  /** True when the application's POKT is back and its key gone. */
  private async retire(
    { tenantId, applicationId }: { readonly tenantId: string; readonly applicationId: string },
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const limits = { timeoutMs: this.o.timeoutMs, ...(signal ? { signal } : {}) };
    const application = await this.o.applications.get(tenantId, applicationId);
    if (application.requestedUpokt !== '0') await this.o.applications.requestUnstake(CONTEXT, tenantId, applicationId);
    if ((await this.o.staker.settle(tenantId, applicationId, limits)) !== 'done') return false;
    if ((await this.o.staker.withdraw(tenantId, applicationId, limits)) !== 'done') return false;
    await this.o.mutations.run(CONTEXT, async (manager) => {
      await manager.query(
        `UPDATE tenancy.applications SET sealed_private_key = NULL, key_erased_at = now(), updated_at = now()
          WHERE tenant_id = $1 AND application_id = $2 AND key_erased_at IS NULL`,
        [tenantId, applicationId],
      );
      const subject = { subjectType: 'application', subjectId: applicationId };
      return {
        answer: {},
        audit: { tenantId, action: 'application.key-erase', ...subject, before: null, after: null },
      };
    });
    return true;
  }
}

class AlreadyDecided extends Error {}

/** Deletes the tenant's rows everywhere but where they are kept; tables that others refer to come after those. */
async function eraseRows(manager: EntityManager, tenantId: string): Promise<void> {
  const found = await manager.query<Array<{ name: string }>>(
    `SELECT format('%I.%I', c.table_schema, c.table_name) AS name
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
        AND NOT c.table_schema = ANY($1) AND NOT format('%s.%s', c.table_schema, c.table_name) = ANY($2)
      ORDER BY 1`,
    [KEPT_SCHEMAS, KEPT_TABLES],
  );
  let left = found.map(({ name }) => name);
  while (left.length > 0) {
    const refused: string[] = [];
    let refusal: unknown;
    for (const name of left) {
      await manager.query('SAVEPOINT erasing');
      try {
        await manager.query(`DELETE FROM ${name} WHERE tenant_id = $1`, [tenantId]);
        await manager.query('RELEASE SAVEPOINT erasing');
      } catch (error) {
        if (!isForeignKey(error)) throw error;
        await manager.query('ROLLBACK TO SAVEPOINT erasing');
        refused.push(name);
        refusal = error;
      }
    }
    if (refused.length === left.length) throw refusal;
    left = refused;
  }
}

function isForeignKey(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23503';
}
