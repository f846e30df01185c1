import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TenantEntity, plain } from '../entities/index.js';
import { STANDARD_PLAN_ID } from '../plans/plan-limits.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import { uuidV7 } from '../uuid-v7.js';
import { type MutationContext, Mutations } from './mutations.js';
import { type Page, type PageRequest, pageOf } from './page.js';
import { TenancyError, notFound } from './tenancy-error.js';
import { type TenantSearch, findTenants } from './tenant-search.js';

/** What an operator may set on a tenant. Absent fields keep their value, null empties one. */
export interface TenantInput {
  readonly name?: string | undefined;
  readonly contactEmail?: string | null | undefined;
  readonly notes?: string | null | undefined;
  readonly notice?: string | null | undefined;
}

/**
 * Customers: created, suspended with a reason (their keys answer 403 within a second) and resumed, deleted after a grace in
 * which everything can be restored.
 */
@Injectable()
export class Tenants {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  create(context: MutationContext, input: TenantInput & { readonly name: string }): Promise<TenantEntity> {
    return this.mutations
      .run(context, async (manager) => {
        const now = new Date();
        const tenant = manager.getRepository(TenantEntity).create({
          tenantId: uuidV7(),
          name: input.name,
          status: 'active',
          suspendedReason: null,
          planId: STANDARD_PLAN_ID,
          contactEmail: input.contactEmail ?? null,
          notes: input.notes ?? null,
          notice: input.notice ?? null,
          deletionReason: null,
          deletionRequestedAt: null,
          deletesAt: null,
          erasedAt: null,
          version: 1,
          createdAt: now,
          updatedAt: now,
        });
        await manager.getRepository(TenantEntity).insert(tenant);
        return { answer: tenant, audit: auditOf('tenant.create', null, tenant) };
      })
      .then(({ answer }) => answer);
  }

  /** Tenants that fit the search, oldest first; `only` is the one tenant that a tenant's credential sees. @throws TenancyError `invalid` */
  async list(page: PageRequest & TenantSearch & { only?: string | undefined }): Promise<Page<TenantEntity>> {
    if (page.only !== undefined) return { items: [await this.get(page.only)], next: null };
    const rows = await this.database.read((manager) => findTenants(manager, page));
    return pageOf(rows, page.limit, (row) => row.tenantId);
  }

  /** @throws TenancyError `not-found` */
  async get(tenantId: string): Promise<TenantEntity> {
    const tenant = await this.database.read((manager) => manager.getRepository(TenantEntity).findOneBy({ tenantId }));
    if (!tenant) throw notFound('tenant');
    return tenant;
  }

  /** @throws TenancyError `not-found`, `tenant-deleted` */
  update(context: MutationContext, tenantId: string, input: TenantInput): Promise<TenantEntity> {
    const { name, contactEmail, notes, notice } = input;
    return this.change(context, tenantId, 'tenant.update', () => ({
      ...(name === undefined ? {} : { name }),
      ...(contactEmail === undefined ? {} : { contactEmail }),
      ...(notes === undefined ? {} : { notes }),
      ...(notice === undefined ? {} : { notice }),
    }));
  }

  /** Every endpoint of the tenant answers "suspended" with this reason until resumed. @throws TenancyError `not-found`, `tenant-deleted` */
  suspend(context: MutationContext, tenantId: string, reason: string): Promise<TenantEntity> {
    return this.change(context, tenantId, 'tenant.suspend', () => ({ status: 'suspended', suspendedReason: reason }));
  }

  /** @throws TenancyError `not-found`, `tenant-deleted` */
  resume(context: MutationContext, tenantId: string): Promise<TenantEntity> {
    return this.change(context, tenantId, 'tenant.resume', () => ({ status: 'active', suspendedReason: null }));
  }

  /**
   * Closes every endpoint at once and lets the tenant end when the grace is over; until then {@link restore} takes it back.
   *
   * @throws TenancyError `not-found`, `tenant-deleting`, `tenant-deleted`
   */
  requestDeletion(
    context: MutationContext,
    tenantId: string,
    input: { readonly graceMs: number; readonly reason: string | null },
  ): Promise<TenantEntity> {
    return this.change(context, tenantId, 'tenant.delete', (before) => {
      if (before.deletesAt !== null) {
        const deletesAt = before.deletesAt.toISOString();
        throw new TenancyError('tenant-deleting', `Its deletion was asked for already.`, { deletesAt });
      }
      const now = new Date();
      return {
        deletionRequestedAt: now,
        deletesAt: new Date(now.getTime() + input.graceMs),
        deletionReason: input.reason,
      };
    });
  }

  /** Takes a deletion back: everything is as it was, suspended if it was. @throws TenancyError `not-found`, `not-deleting`, `tenant-deleted` */
  restore(context: MutationContext, tenantId: string): Promise<TenantEntity> {
    return this.change(context, tenantId, 'tenant.restore', (before) => {
      if (before.deletesAt === null) throw new TenancyError('not-deleting', 'No deletion was asked for.');
      return { deletionRequestedAt: null, deletesAt: null, deletionReason: null };
    });
  }

  private async change(
    context: MutationContext,
    tenantId: string,
    action: string,
    changes: (before: TenantEntity) => Partial<Omit<TenantEntity, 'tenantId' | 'version' | 'updatedAt'>>,
  ): Promise<TenantEntity> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockTenant(manager, tenantId);
      if (before.erasedAt !== null) throw deleted();
      const updated = { ...changes(before), updatedAt: new Date() };
      const after: TenantEntity = { ...plain(before), ...updated, version: before.version + 1 };
      await manager.getRepository(TenantEntity).update({ tenantId }, updated);
      return { answer: after, audit: auditOf(action, before, after) };
    });
    return answer;
  }
}

/** The tenant's row, held until the transaction ends. @throws TenancyError `not-found` */
export async function lockTenant(manager: EntityManager, tenantId: string): Promise<TenantEntity> {
  const tenant = await manager
    .getRepository(TenantEntity)
    .findOne({ where: { tenantId }, lock: { mode: 'pessimistic_write' } });
  if (!tenant) throw notFound('tenant');
  return tenant;
}

/** {@link lockTenant} for what a tenant on its way out gets no more. @throws TenancyError `not-found`, `tenant-deleting`, `tenant-deleted` */
export async function lockLiveTenant(manager: EntityManager, tenantId: string): Promise<TenantEntity> {
  const tenant = await lockTenant(manager, tenantId);
  if (tenant.erasedAt !== null) throw deleted();
  if (tenant.deletesAt === null) return tenant;
  const deletesAt = tenant.deletesAt.toISOString();
  throw new TenancyError('tenant-deleting', 'The tenant is being deleted. Restore it first.', { deletesAt });
}

function deleted(): TenancyError {
  return new TenancyError('tenant-deleted', 'The tenant was deleted; nothing of it can be changed.');
}

function auditOf(action: string, before: TenantEntity | null, after: TenantEntity) {
  return {
    tenantId: after.tenantId,
    action,
    subjectType: 'tenant',
    subjectId: after.tenantId,
    before: before && withoutPersonalData(before),
    after: withoutPersonalData(after),
  };
}

/** The audit log cannot be edited, so nothing goes in that must be erased some day. */
export function withoutPersonalData({ contactEmail, notes, ...rest }: TenantEntity): object {
  return { ...rest, hasContactEmail: contactEmail !== null, hasNotes: notes !== null };
}
