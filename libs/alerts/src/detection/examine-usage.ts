import { type SqlExecutor, inTransaction } from '#libs/persistence';
import { dailyLimitsOf, uuidV7 } from '#libs/tenancy';
import type { DataSource } from 'typeorm';
import { AlertEventType, eventBody } from '../domain/alert-events.js';
import { type Crossing, type DailyUse, THRESHOLDS_DEFAULT, type WatchRule, crossingsOf } from './crossings.js';

/** One examiner at a time over all workers: sums over several rows are then of one state. Any constant works. */
const EXAMINER_LOCK = 7_401_126_041;

/** Notes folded in one transaction. */
const NOTES_MAX = 5_000;

/** Days of use kept; a day that is longer ago gets no more relays, because it is closed. */
const DAYS_KEPT = 35;

/** How {@link examineUsage} looks. */
export interface Examination {
  readonly relaysPerPoktPerDay: number;
  /** Looks at all of today and not only at what changed: limits and rules change too. */
  readonly everything: boolean;
}

/** What {@link examineUsage} did; `busy`: another worker is at it. */
export type Examined =
  | { readonly outcome: 'busy' }
  | {
      readonly outcome: 'done';
      /** Thresholds crossed for the first time. */
      readonly crossings: number;
      readonly deliveries: number;
      /** There were more notes than one transaction folds. */
      readonly hasMore: boolean;
    };

/**
 * Folds what was stored since the last look into each day's use, and writes down every threshold reached for the first time, with one
 * delivery for each channel that is to hear of it. One transaction: a worker killed in it leaves the notes where they are, and the next one
 * finds them. A crossing's row is unique by subject, day and threshold, so nothing makes a second one.
 */
export function examineUsage(dataSource: DataSource, options: Examination): Promise<Examined> {
  return inTransaction(dataSource, async (sql): Promise<Examined> => {
    const [lock] = await sql.query<[{ held: boolean }]>('SELECT pg_try_advisory_xact_lock($1) AS held', [
      EXAMINER_LOCK,
    ]);
    if (!lock.held) return { outcome: 'busy' };
    const { touched, notes } = await fold(sql);
    const days = options.everything ? [...touched, ...(await today(sql))] : touched;
    if (options.everything) {
      await sql.query(`DELETE FROM alerts.daily_use WHERE day < (now() AT TIME ZONE 'UTC')::date - $1::int`, [
        DAYS_KEPT,
      ]);
    }
    const crossings = await newCrossings(sql, await reached(sql, days, options.relaysPerPoktPerDay));
    const deliveries = await addDeliveries(sql, crossings);
    return { outcome: 'done', crossings: crossings.length, deliveries, hasMore: notes === NOTES_MAX };
  });
}

/** A tenant's day. */
interface TenantDay {
  readonly day: string;
  readonly tenantId: string;
}

async function fold(sql: SqlExecutor): Promise<{ touched: TenantDay[]; notes: number }> {
  const rows = await sql.query<Array<TenantDay & { notes: number }>>(
    `WITH taken AS (
       DELETE FROM alerts.use_notes WHERE position IN (SELECT position FROM alerts.use_notes ORDER BY position LIMIT $1)
       RETURNING day, tenant_id, endpoint_id, application_id, relays),
     folded AS (
       INSERT INTO alerts.daily_use AS u (day, tenant_id, endpoint_id, application_id, relays)
       SELECT day, tenant_id, endpoint_id, application_id, sum(relays) FROM taken GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
       ON CONFLICT (day, tenant_id, endpoint_id, application_id) DO UPDATE SET relays = u.relays + excluded.relays
       RETURNING day, tenant_id)
     SELECT DISTINCT day::text AS day, tenant_id AS "tenantId", (SELECT count(*)::int FROM taken) AS notes FROM folded`,
    [NOTES_MAX],
  );
  return { touched: rows, notes: rows[0]?.notes ?? 0 };
}

function today(sql: SqlExecutor): Promise<TenantDay[]> {
  return sql.query<TenantDay[]>(
    `SELECT DISTINCT day::text AS day, tenant_id AS "tenantId" FROM alerts.daily_use
      WHERE day = (now() AT TIME ZONE 'UTC')::date`,
  );
}

async function reached(sql: SqlExecutor, days: readonly TenantDay[], relaysPerPoktPerDay: number): Promise<Crossing[]> {
  if (days.length === 0) return [];
  const tenantIds = [...new Set(days.map(({ tenantId }) => tenantId))];
  const use = await sql.query<Array<Omit<DailyUse, 'relays'> & { relays: string }>>(
    `SELECT u.day::text AS day, u.tenant_id AS "tenantId", u.endpoint_id AS "endpointId",
            u.application_id AS "applicationId", u.relays::text AS relays
       FROM alerts.daily_use u
       JOIN (SELECT DISTINCT * FROM unnest($1::date[], $2::uuid[])) AS asked (day, tenant_id) USING (day, tenant_id)`,
    [days.map(({ day }) => day), days.map(({ tenantId }) => tenantId)],
  );
  const limits = await dailyLimitsOf(sql, tenantIds, relaysPerPoktPerDay);
  return crossingsOf(
    use.map((row) => ({ ...row, relays: BigInt(row.relays) })),
    limits,
    await rulesOf(sql, tenantIds),
  );
}

/** The rules that are on; a tenant without any rule has the default one. */
async function rulesOf(sql: SqlExecutor, tenantIds: readonly string[]): Promise<WatchRule[]> {
  const rows = await sql.query<Array<WatchRule & { enabled: boolean }>>(
    `SELECT tenant_id AS "tenantId", subject, subject_id AS "subjectId", thresholds,
            channel_ids::text[] AS "channelIds", enabled
       FROM alerts.rules WHERE tenant_id = ANY($1::uuid[])`,
    [tenantIds],
  );
  const withRules = new Set(rows.map(({ tenantId }) => tenantId));
  const byDefault = tenantIds
    .filter((tenantId) => !withRules.has(tenantId))
    .map((tenantId): WatchRule => ({ tenantId, ...DEFAULT_RULE }));
  return [...rows.filter(({ enabled }) => enabled), ...byDefault];
}

/** What watches over a tenant that has stated no rule: every application, the default thresholds, every channel. */
const DEFAULT_RULE = {
  subject: 'application',
  subjectId: null,
  thresholds: THRESHOLDS_DEFAULT,
  channelIds: null,
} as const;

type NewCrossing = Crossing & { readonly crossingId: string; readonly crossedAt: Date };

/** Writes down those that are not written down yet, and gives them back. */
async function newCrossings(sql: SqlExecutor, crossings: readonly Crossing[]): Promise<NewCrossing[]> {
  if (crossings.length === 0) return [];
  const named = new Map(crossings.map((crossing) => [uuidV7(), crossing]));
  const rows = [...named];
  const inserted = await sql.query<Array<{ crossingId: string; crossedAt: Date }>>(
    `INSERT INTO alerts.crossings
       (crossing_id, tenant_id, subject, subject_id, day, threshold, used_relays, limit_relays)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::date[], $6::smallint[], $7::bigint[], $8::bigint[])
     ON CONFLICT (tenant_id, subject, subject_id, day, threshold) DO NOTHING
     RETURNING crossing_id AS "crossingId", crossed_at AS "crossedAt"`,
    [
      rows.map(([crossingId]) => crossingId),
      rows.map(([, row]) => row.tenantId),
      rows.map(([, row]) => row.subject),
      rows.map(([, row]) => row.subjectId),
      rows.map(([, row]) => row.day),
      rows.map(([, row]) => row.threshold),
      rows.map(([, row]) => row.usedRelays),
      rows.map(([, row]) => row.limitRelays),
    ],
  );
  return inserted.map((row) => ({ ...row, ...named.get(row.crossingId)! }));
}

async function addDeliveries(sql: SqlExecutor, crossings: readonly NewCrossing[]): Promise<number> {
  if (crossings.length === 0) return 0;
  const channels = await sql.query<Array<{ tenantId: string; channelId: string }>>(
    `SELECT tenant_id AS "tenantId", channel_id AS "channelId" FROM alerts.channels
      WHERE status = 'active' AND tenant_id = ANY($1::uuid[])`,
    [[...new Set(crossings.map(({ tenantId }) => tenantId))]],
  );
  const rows = crossings.flatMap((crossing) =>
    channels
      .filter(({ tenantId }) => tenantId === crossing.tenantId)
      .filter(({ channelId }) => crossing.channelIds === null || crossing.channelIds.includes(channelId))
      .map(({ channelId }) => ({ channelId, crossing, body: bodyOf(crossing) })),
  );
  if (rows.length === 0) return 0;
  await sql.query(
    `INSERT INTO alerts.deliveries (delivery_id, tenant_id, channel_id, crossing_id, type, body)
     SELECT d.delivery_id, d.tenant_id, d.channel_id, d.crossing_id, $5, d.body
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $6::text[])
         AS d (delivery_id, tenant_id, channel_id, crossing_id, body)
     ON CONFLICT (crossing_id, channel_id) DO NOTHING`,
    [
      rows.map(() => uuidV7()),
      rows.map(({ crossing }) => crossing.tenantId),
      rows.map(({ channelId }) => channelId),
      rows.map(({ crossing }) => crossing.crossingId),
      AlertEventType.quotaThreshold,
      rows.map(({ body }) => body),
    ],
  );
  return rows.length;
}

function bodyOf(crossing: NewCrossing): string {
  const { crossingId, tenantId, subject, subjectId, day, threshold, usedRelays, limitRelays, crossedAt } = crossing;
  return eventBody(AlertEventType.quotaThreshold, crossedAt, {
    alertId: crossingId,
    tenantId,
    subject,
    subjectId,
    day,
    threshold,
    usedRelays: String(usedRelays),
    limitRelays: String(limitRelays),
  });
}
