import { type SqlExecutor, inTransaction } from '#libs/persistence';
import type { DataSource } from 'typeorm';
import { USAGE_EVENT_TYPE, appendEvents } from './usage-events.js';

/** Held shared by every transaction that adds usage and exclusively while days are closed; any constant works. */
const CLOSING_LOCK = 7_401_126_040;

/** How long the closing waits for stores under way. While it waits, new stores wait behind it, so it gives up soon. */
const CLOSING_WAIT_MS = 2_000;

/** Grace after 00:00 UTC when nothing else is set: what comes later is a correction. */
export const DAY_GRACE_MS_DEFAULT = 15 * 60_000;

/** A day that is final, with the totals it had when it was closed. */
export interface ClosedDay {
  readonly day: string;
  readonly closedAt: Date;
  readonly billableRelays: bigint;
  readonly sentRelays: bigint;
}

/** What {@link closeDays} did: `busy` when a store under way held it up for too long; it is simply tried again. */
export type ClosingOutcome =
  { readonly outcome: 'done'; readonly days: readonly ClosedDay[] } | { readonly outcome: 'busy' };

/**
 * Closes every day whose grace is over, oldest first and without gaps: from the first day with usage, later from the day
 * after the newest closed one, days without usage included. Any number of callers may run at once and repeatedly; each day
 * is closed once and gets one `day-closed` event, which follows the events of everything that counts for the day.
 *
 * @param options.graceMs after 00:00 UTC of the next day.
 * @param options.nowMs for tests; otherwise PostgreSQL's clock, so that workers with different clocks agree.
 */
export async function closeDays(
  dataSource: DataSource,
  options: { readonly graceMs: number; readonly nowMs?: number },
): Promise<ClosingOutcome> {
  try {
    const days = await inTransaction(dataSource, (manager) => closeDue(manager, options));
    return { outcome: 'done', days };
  } catch (error) {
    if ((error as { driverError?: { code?: string } }).driverError?.code === LOCK_NOT_AVAILABLE) {
      return { outcome: 'busy' };
    }
    throw error;
  }
}

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * The newest closed day, or null; days up to it are final. Inside a transaction that adds usage, call {@link holdDaysOpen}
 * instead: the answer then stays true until that transaction ends.
 */
export async function closedThrough(sql: SqlExecutor): Promise<string | null> {
  const [row] = await sql.query<Array<{ day: string | null }>>(
    'SELECT max(day)::text AS day FROM metering.closed_days',
  );
  return row?.day ?? null;
}

/** {@link closedThrough}, and no day is closed before the caller's transaction (READ COMMITTED) has ended. */
export async function holdDaysOpen(sql: SqlExecutor): Promise<string | null> {
  // Two statements: the second sees what was committed while the first one waited.
  await sql.query('SELECT pg_advisory_xact_lock_shared($1)', [CLOSING_LOCK]);
  return closedThrough(sql);
}

/** The closed days from `from` to `to`, both included, oldest first. */
export async function closedDays(sql: SqlExecutor, from: string, to: string): Promise<ClosedDay[]> {
  const rows = await sql.query<ClosedDayRow[]>(
    `SELECT day::text, closed_at, billable_relays, sent_relays FROM metering.closed_days
      WHERE day BETWEEN $1::date AND $2::date ORDER BY day`,
    [from, to],
  );
  return rows.map(closedDayOf);
}

interface ClosedDayRow {
  readonly day: string;
  readonly closed_at: Date;
  readonly billable_relays: string;
  readonly sent_relays: string;
}

async function closeDue(
  manager: SqlExecutor,
  options: { readonly graceMs: number; readonly nowMs?: number },
): Promise<ClosedDay[]> {
  // Looked at before the lock is asked for: nearly always there is nothing to do, and stores need not notice.
  if ((await dueDays(manager, options)) === null) return [];
  await manager.query(`SET LOCAL lock_timeout = ${CLOSING_WAIT_MS}`);
  await manager.query('SELECT pg_advisory_xact_lock($1)', [CLOSING_LOCK]);
  const due = await dueDays(manager, options);
  if (due === null) return [];
  const rows = await manager.query<ClosedDayRow[]>(
    `INSERT INTO metering.closed_days (day, closed_at, grace_ms, usage_rows, billable_relays, sent_relays)
     SELECT d::date, clock_timestamp(), $3, count(u.day), coalesce(sum(u.billable_relays), 0),
       coalesce(sum(u.client_relays + u.retry_relays + u.hedge_relays + u.quorum_relays + u.probe_relays), 0)
     FROM generate_series($1::date, $2::date, interval '1 day') AS d
     LEFT JOIN metering.usage u ON u.day = d::date
     GROUP BY d ORDER BY d
     RETURNING day::text, closed_at, billable_relays, sent_relays`,
    [due.first, due.last, options.graceMs],
  );
  const days = rows.map(closedDayOf);
  await appendEvents(
    manager,
    days.map((day) => ({
      id: `day.${day.day}`,
      type: USAGE_EVENT_TYPE.dayClosed,
      tenantId: null,
      data: {
        day: day.day,
        closedAt: day.closedAt.toISOString(),
        billableRelays: String(day.billableRelays),
        sentRelays: String(day.sentRelays),
      },
    })),
  );
  return days;
}

async function dueDays(
  sql: SqlExecutor,
  { graceMs, nowMs }: { readonly graceMs: number; readonly nowMs?: number },
): Promise<{ first: string; last: string } | null> {
  const [row] = await sql.query<Array<{ first: string | null; last: string; is_due: boolean }>>(
    `SELECT first::text, last::text, coalesce(first <= last, false) AS is_due FROM (
       SELECT coalesce((SELECT max(day) + 1 FROM metering.closed_days), (SELECT min(day) FROM metering.usage)) AS first,
         (coalesce(to_timestamp($2::float8 / 1000), now()) AT TIME ZONE 'UTC' - $1::float8 * interval '1 millisecond')::date - 1 AS last
     ) AS days`,
    [graceMs, nowMs ?? null],
  );
  return row?.is_due && row.first !== null ? { first: row.first, last: row.last } : null;
}

function closedDayOf(row: ClosedDayRow): ClosedDay {
  return {
    day: row.day,
    closedAt: row.closed_at,
    billableRelays: BigInt(row.billable_relays),
    sentRelays: BigInt(row.sent_relays),
  };
}
