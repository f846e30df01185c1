import {
  type MutationContext,
  type Mutations,
  type Page,
  type PageRequest,
  type ScopedDatabase,
  afterId,
  notFound,
  pageOf,
  uuidV7,
} from '#libs/tenancy';
import type { EntityManager } from 'typeorm';
import { THRESHOLDS_DEFAULT } from '../detection/crossings.js';
import type { AlertSubject } from './alert-events.js';
import { checkTenant } from './check-tenant.js';

/** What a tenant wants to hear of. Dates are `Date`, or ISO texts in a replayed answer. */
export interface AlertRule {
  readonly ruleId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly subject: AlertSubject;
  /** null: every one of that kind. */
  readonly subjectId: string | null;
  /** Percent, ascending. */
  readonly thresholds: readonly number[];
  /** null: every channel. */
  readonly channelIds: readonly string[] | null;
  readonly enabled: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a caller may set. Absent fields keep their value, or take the default when creating. */
export interface AlertRuleInput {
  readonly name?: string | undefined;
  readonly subject?: AlertSubject | undefined;
  readonly subjectId?: string | null | undefined;
  readonly thresholds?: readonly number[] | undefined;
  readonly channelIds?: readonly string[] | null | undefined;
  readonly enabled?: boolean | undefined;
}

const COLUMNS = `rule_id AS "ruleId", tenant_id AS "tenantId", name, subject, subject_id AS "subjectId", thresholds,
  channel_ids::text[] AS "channelIds", enabled, version, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** Alert rules of one tenant. Without any, the default rule watches over it: applications at 50, 80 and 100 %, every channel. */
export class AlertRules {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  /** @throws TenancyError `not-found` for a channel that is not this tenant's */
  async create(
    context: MutationContext,
    tenantId: string,
    input: AlertRuleInput & { name: string },
  ): Promise<AlertRule> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      await checkTenant(manager, tenantId);
      const now = new Date();
      const rule: AlertRule = {
        ruleId: uuidV7(),
        tenantId,
        name: input.name,
        subject: input.subject ?? 'application',
        subjectId: input.subjectId ?? null,
        thresholds: ascending(input.thresholds ?? THRESHOLDS_DEFAULT),
        channelIds: input.channelIds ?? null,
        enabled: input.enabled ?? true,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      await checkChannels(manager, rule);
      await manager.query(
        `INSERT INTO alerts.rules
           (rule_id, tenant_id, name, subject, subject_id, thresholds, channel_ids, enabled, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
        [...valuesOf(rule), now],
      );
      return { answer: rule, audit: auditOf('alert-rule.create', null, rule) };
    });
    return answer;
  }

  /** @throws TenancyError `not-found` */
  async update(context: MutationContext, tenantId: string, ruleId: string, input: AlertRuleInput): Promise<AlertRule> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockRule(manager, tenantId, ruleId);
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      const changed: AlertRule = { ...before, ...given, version: before.version + 1, updatedAt: new Date() };
      // Another kind of subject means that the old id names nothing any more.
      const isOtherKind = input.subject !== undefined && input.subject !== before.subject;
      const subjectId = isOtherKind ? (input.subjectId ?? null) : changed.subjectId;
      const rule: AlertRule = { ...changed, subjectId, thresholds: ascending(changed.thresholds) };
      await checkChannels(manager, rule);
      await manager.query(
        `UPDATE alerts.rules SET name = $3, subject = $4, subject_id = $5, thresholds = $6, channel_ids = $7, enabled = $8,
                updated_at = $9 WHERE rule_id = $1 AND tenant_id = $2`,
        [...valuesOf(rule), rule.updatedAt],
      );
      return { answer: rule, audit: auditOf('alert-rule.update', before, rule) };
    });
    return answer;
  }

  /** @throws TenancyError `not-found` */
  async remove(context: MutationContext, tenantId: string, ruleId: string): Promise<AlertRule> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockRule(manager, tenantId, ruleId);
      await manager.query('DELETE FROM alerts.rules WHERE rule_id = $1 AND tenant_id = $2', [ruleId, tenantId]);
      return { answer: before, audit: auditOf('alert-rule.delete', before, null) };
    });
    return answer;
  }

  /** @throws TenancyError `not-found` */
  async get(tenantId: string, ruleId: string): Promise<AlertRule> {
    const [rule] = await this.database.query<AlertRule[]>(
      `SELECT ${COLUMNS} FROM alerts.rules WHERE tenant_id = $1 AND rule_id = $2`,
      [tenantId, ruleId],
    );
    if (rule === undefined) throw notFound('alert rule');
    return rule;
  }

  /** A page, oldest first. @throws TenancyError `invalid` for another cursor */
  async list(tenantId: string, page: PageRequest): Promise<Page<AlertRule>> {
    const rows = await this.database.query<AlertRule[]>(
      `SELECT ${COLUMNS} FROM alerts.rules WHERE tenant_id = $1 AND rule_id > $2 ORDER BY rule_id LIMIT $3`,
      [tenantId, afterId(page.cursor), page.limit + 1],
    );
    return pageOf(rows, page.limit, (row) => row.ruleId);
  }
}

async function lockRule(manager: EntityManager, tenantId: string, ruleId: string): Promise<AlertRule> {
  const [rule] = await manager.query<AlertRule[]>(
    `SELECT ${COLUMNS} FROM alerts.rules WHERE tenant_id = $1 AND rule_id = $2 FOR UPDATE`,
    [tenantId, ruleId],
  );
  if (rule === undefined) throw notFound('alert rule');
  return rule;
}

/** A rule that names a channel of somebody else, or none, would be silent without anyone noticing. */
async function checkChannels(manager: EntityManager, { tenantId, channelIds }: AlertRule): Promise<void> {
  if (channelIds === null) return;
  const [row] = await manager.query<[{ found: number }]>(
    'SELECT count(*)::int AS found FROM alerts.channels WHERE tenant_id = $1 AND channel_id = ANY($2::uuid[])',
    [tenantId, channelIds],
  );
  if (row.found !== new Set(channelIds).size) throw notFound('alert channel');
}

function valuesOf(rule: AlertRule): unknown[] {
  const { ruleId, tenantId, name, subject, subjectId, thresholds, channelIds, enabled } = rule;
  return [ruleId, tenantId, name, subject, subjectId, thresholds, channelIds, enabled];
}

function ascending(thresholds: readonly number[]): number[] {
  return [...new Set(thresholds)].toSorted((left, right) => left - right);
}

function auditOf(action: string, before: AlertRule | null, after: AlertRule | null) {
  const { tenantId, ruleId } = (after ?? before)!;
  return { tenantId, action, subjectType: 'alert-rule', subjectId: ruleId, before, after };
}
