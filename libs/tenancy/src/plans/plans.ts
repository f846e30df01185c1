import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan, QueryFailedError } from 'typeorm';
import { type MutationContext, Mutations } from '../domain/mutations.js';
import { type Page, type PageRequest, afterId, pageOf } from '../domain/page.js';
import { TenancyError, notFound } from '../domain/tenancy-error.js';
import { lockLiveTenant, withoutPersonalData } from '../domain/tenants.js';
import { PlanEntity, TenantEntity, plain } from '../entities/index.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import { uuidV7 } from '../uuid-v7.js';
import { type PlanLimits, STANDARD_PLAN_ID } from './plan-limits.js';

/** What an operator may set on a plan. Prices are kept as they came; #libs/billing gives them their meaning. */
export interface PlanInput {
  readonly limits?: PlanLimits | undefined;
  readonly prices?: object | null | undefined;
}

/** A state of a plan that was, and the UTC day from which its prices hold. */
export interface PlanVersion {
  readonly version: number;
  readonly fromDay: string;
  readonly limits: PlanLimits;
  readonly prices: object | null;
  readonly createdAt: Date;
}

/** Which state of which plan a tenant's relays of a UTC day are priced by. */
export interface PlanOfDay {
  readonly day: string;
  readonly planId: string;
  readonly name: string;
  readonly version: number;
  readonly limits: PlanLimits;
  readonly prices: object | null;
}

/** The catalogue of plans, all of its states, and which tenant has which plan since when. */
@Injectable()
export class Plans {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  /** @throws TenancyError `plan-exists` */
  async create(
    context: MutationContext,
    input: { readonly name: string; readonly limits: PlanLimits; readonly prices: object | null },
  ): Promise<PlanEntity> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const now = new Date();
      const plan: PlanEntity = {
        planId: uuidV7(),
        ...input,
        retiredAt: null,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      try {
        await manager.getRepository(PlanEntity).insert(plan as object);
      } catch (error) {
        if ((error as QueryFailedError<Error & { code?: string }>).driverError?.code !== '23505') throw error;
        throw new TenancyError('plan-exists', `There is a plan "${input.name}" already.`);
      }
      await keepVersion(manager, plan);
      return { answer: plan, audit: auditOf('plan.create', null, plan) };
    });
    return answer;
  }

  async list(page: PageRequest): Promise<Page<PlanEntity>> {
    const rows = await this.database.read((manager) =>
      manager.getRepository(PlanEntity).find({
        where: { planId: MoreThan(afterId(page.cursor)) },
        order: { planId: 'ASC' },
        take: page.limit + 1,
      }),
    );
    return pageOf(rows, page.limit, (row) => row.planId);
  }

  /** @throws TenancyError `not-found` */
  async get(planId: string): Promise<PlanEntity> {
    const plan = await this.database.read((manager) => manager.getRepository(PlanEntity).findOneBy({ planId }));
    if (!plan) throw notFound('plan');
    return plan;
  }

  /** Every state of a plan, oldest first. @throws TenancyError `not-found` */
  async versions(planId: string): Promise<PlanVersion[]> {
    await this.get(planId);
    return this.database.query<PlanVersion[]>(
      `SELECT version, from_day::text AS "fromDay", limits, prices, created_at AS "createdAt"
         FROM tenancy.plan_versions WHERE plan_id = $1 ORDER BY version`,
      [planId],
    );
  }

  /** Limits hold on every gateway within a second, prices for all of the present UTC day. @throws TenancyError `not-found`, `plan-retired` */
  update(context: MutationContext, planId: string, input: PlanInput): Promise<PlanEntity> {
    return this.change(context, planId, 'plan.update', () => ({
      ...(input.limits === undefined ? {} : { limits: input.limits }),
      ...(input.prices === undefined ? {} : { prices: input.prices }),
    }));
  }

  /** Tenants keep it; no other gets it. @throws TenancyError `not-found`, `plan-retired` */
  retire(context: MutationContext, planId: string): Promise<PlanEntity> {
    return this.change(context, planId, 'plan.retire', () => {
      if (planId === STANDARD_PLAN_ID) throw new TenancyError('invalid', 'The standard plan is what new tenants get.');
      return { retiredAt: new Date() };
    });
  }

  /** The plan of a tenant as of now. @throws TenancyError `not-found` */
  async ofTenant(tenantId: string): Promise<PlanEntity> {
    return this.database.read(async (manager) => {
      const tenant = await manager.getRepository(TenantEntity).findOneBy({ tenantId });
      if (!tenant) throw notFound('tenant');
      return manager.getRepository(PlanEntity).findOneByOrFail({ planId: tenant.planId });
    });
  }

  /** Gateways know within a second; prices are the plan's for all of the present UTC day. @throws TenancyError `not-found`, `plan-retired`, `tenant-deleting`, `tenant-deleted` */
  async assign(context: MutationContext, tenantId: string, planId: string): Promise<TenantEntity> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockLiveTenant(manager, tenantId);
      const plan = await manager.getRepository(PlanEntity).findOneBy({ planId });
      if (!plan) throw notFound('plan');
      if (plan.retiredAt !== null && before.planId !== planId) throw retired(plan.name);
      const after: TenantEntity = { ...plain(before), planId, updatedAt: new Date(), version: before.version + 1 };
      await manager.getRepository(TenantEntity).update({ tenantId }, { planId, updatedAt: after.updatedAt });
      await manager.query(
        `INSERT INTO tenancy.plan_assignments (tenant_id, from_day, plan_id) VALUES ($1, (now() AT TIME ZONE 'UTC')::date, $2)
         ON CONFLICT (tenant_id, from_day) DO UPDATE SET plan_id = excluded.plan_id, assigned_at = now()`,
        [tenantId, planId],
      );
      const subject = { tenantId, action: 'tenant.plan', subjectType: 'tenant', subjectId: tenantId };
      return {
        answer: after,
        audit: { ...subject, before: withoutPersonalData(before), after: withoutPersonalData(after) },
      };
    });
    return answer;
  }

  /** The plan of each UTC day from `from` to `to`, both included, at most 400 days. @throws TenancyError `not-found` */
  async ofDays(tenantId: string, from: string, to: string): Promise<PlanOfDay[]> {
    return this.database.read(async (manager) => {
      if (!(await manager.getRepository(TenantEntity).existsBy({ tenantId }))) throw notFound('tenant');
      return manager.query<PlanOfDay[]>(
        `SELECT d::date::text AS day, p.plan_id AS "planId", p.name, v.version, v.limits, v.prices
           FROM generate_series($2::date, LEAST($3::date, $2::date + 399), interval '1 day') AS d
           JOIN tenancy.plans p ON p.plan_id = COALESCE(
             (SELECT a.plan_id FROM tenancy.plan_assignments a
               WHERE a.tenant_id = $1 AND a.from_day <= d ORDER BY a.from_day DESC LIMIT 1), $4::uuid)
           CROSS JOIN LATERAL (
             SELECT * FROM tenancy.plan_versions v WHERE v.plan_id = p.plan_id
              ORDER BY (v.from_day <= d) DESC, CASE WHEN v.from_day <= d THEN v.version ELSE -v.version END DESC LIMIT 1) AS v
          ORDER BY d`,
        [tenantId, from, to, STANDARD_PLAN_ID],
      );
    });
  }

  private async change(
    context: MutationContext,
    planId: string,
    action: string,
    changes: () => Partial<Pick<PlanEntity, 'limits' | 'prices' | 'retiredAt'>>,
  ): Promise<PlanEntity> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const plans = manager.getRepository(PlanEntity);
      const before = await plans.findOne({ where: { planId }, lock: { mode: 'pessimistic_write' } });
      if (!before) throw notFound('plan');
      if (before.retiredAt !== null) throw retired(before.name);
      const updated = { ...changes(), updatedAt: new Date() };
      await plans.update({ planId }, updated as object);
      const after: PlanEntity = { ...plain(before), ...updated, version: before.version + 1 };
      await keepVersion(manager, after);
      return { answer: after, audit: auditOf(action, before, after) };
    });
    return answer;
  }
}

function retired(name: string): TenancyError {
  return new TenancyError('plan-retired', `The plan "${name}" is retired.`);
}

async function keepVersion(manager: EntityManager, plan: PlanEntity): Promise<void> {
  await manager.query(
    `INSERT INTO tenancy.plan_versions (plan_id, version, limits, prices) VALUES ($1, $2, $3::jsonb, $4::jsonb)`,
    [plan.planId, plan.version, JSON.stringify(plan.limits), plan.prices && JSON.stringify(plan.prices)],
  );
}

function auditOf(action: string, before: PlanEntity | null, after: PlanEntity) {
  return { tenantId: null, action, subjectType: 'plan', subjectId: after.planId, before, after };
}
