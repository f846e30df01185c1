import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { TenantEntity, plain } from '../entities/index.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import { uuidV7 } from '../uuid-v7.js';
import { type MutationContext, Mutations } from './mutations.js';
import { type Page, type PageRequest, afterId, pageOf } from './page.js';
import { notFound } from './tenancy-error.js';

/** Customers: created, suspended with a reason (their keys answer 403 within a second) and resumed. */
@Injectable()
export class Tenants {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  create(context: MutationContext, input: { name: string }): Promise<TenantEntity> {
    return this.mutations
      .run(context, async (manager) => {
        const now = new Date();
        const tenant = manager.getRepository(TenantEntity).create({
          tenantId: uuidV7(),
          name: input.name,
          status: 'active',
          suspendedReason: null,
          version: 1,
          createdAt: now,
          updatedAt: now,
        });
        await manager.getRepository(TenantEntity).insert(tenant);
        return { answer: tenant, audit: auditOf('tenant.create', null, tenant) };
      })
      .then(({ answer }) => answer);
  }

  async list(page: PageRequest & { only?: string | undefined }): Promise<Page<TenantEntity>> {
    const after = MoreThan(afterId(page.cursor));
    if (page.only !== undefined) return { items: [await this.get(page.only)], next: null };
    const rows = await this.database.read((manager) =>
      manager.getRepository(TenantEntity).find({
        where: { tenantId: after },
        order: { tenantId: 'ASC' },
        take: page.limit + 1,
      }),
    );
    return pageOf(rows, page.limit, (row) => row.tenantId);
  }

  /** @throws TenancyError `not-found` */
  async get(tenantId: string): Promise<TenantEntity> {
    const tenant = await this.database.read((manager) => manager.getRepository(TenantEntity).findOneBy({ tenantId }));
    if (!tenant) throw notFound('tenant');
    return tenant;
  }

  /** Every endpoint of the tenant answers "suspended" with this reason until resumed. */
  suspend(context: MutationContext, tenantId: string, reason: string): Promise<TenantEntity> {
    return this.change(context, tenantId, 'tenant.suspend', { status: 'suspended', suspendedReason: reason });
  }

  resume(context: MutationContext, tenantId: string): Promise<TenantEntity> {
    return this.change(context, tenantId, 'tenant.resume', { status: 'active', suspendedReason: null });
  }

  private async change(
    context: MutationContext,
    tenantId: string,
    action: string,
    changes: Pick<TenantEntity, 'status' | 'suspendedReason'>,
  ): Promise<TenantEntity> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockTenant(manager, tenantId);
      const after: TenantEntity = { ...plain(before), ...changes, version: before.version + 1, updatedAt: new Date() };
      await manager.getRepository(TenantEntity).update({ tenantId }, { ...changes, updatedAt: after.updatedAt });
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

function auditOf(action: string, before: TenantEntity | null, after: TenantEntity) {
  return { tenantId: after.tenantId, action, subjectType: 'tenant', subjectId: after.tenantId, before, after };
}
