import type { SqlExecutor } from '#libs/persistence';
import { type UsageCounters, usageTotals } from './usage-queries.js';

/** Receipts of one session on the day that no proof paid for. */
export interface SessionDifference {
  readonly applicationPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
  /** The session's receipts on this day. */
  readonly receipts: bigint;
  /** Of them, those without a proof. */
  readonly unproven: bigint;
  /** The session's receipts are of several days; `reasons` are those of the whole session. */
  readonly spansDays: boolean;
  /** Why, in receipts by reason; `pending` is not decided yet. */
  readonly reasons: Readonly<Record<string, bigint>>;
}

/** A day counted three times. */
export interface DayReconciliation {
  readonly day: string;
  /** Receipts stored, by session. */
  readonly receipts: bigint;
  /** Relays sent by usage, corrections included. */
  readonly usage: bigint;
  readonly provenRelays: bigint;
  /** Receipts that usage does not have, or has too many of (negative); 0 unless something is wrong. */
  readonly usageDifference: bigint;
  /** Receipts − proven relays; the sum over `differences`. */
  readonly unprovenRelays: bigint;
  /** Every session with a difference, the largest first, at most 1,000. */
  readonly differences: readonly SessionDifference[];
}

const DIFFERENCES_MAX = 1_000;

interface DifferenceRow {
  readonly application_public_key: string;
  readonly chain: string;
  readonly session_height: string;
  readonly day_receipts: string;
  readonly day_unproven: string;
  readonly spans_days: boolean;
  readonly reasons: Record<string, string | number> | null;
}

/**
 * Compares a day's receipts with its usage and with what settlements proved, in one snapshot when called in a REPEATABLE READ
 * transaction. A session may span midnight while a proof covers it as a whole: what it lacks is then taken from its
 * earliest receipts' day first, so that the days together lack exactly what the session lacks.
 */
export async function reconcileDay(sql: SqlExecutor, day: string): Promise<DayReconciliation> {
  const usage: UsageCounters = await usageTotals(sql, { from: day, to: day });
  const [totals] = await sql.query<Array<{ receipts: string; unproven: string }>>(
    `${SESSIONS_SQL} SELECT coalesce(sum(day_receipts), 0)::text AS receipts, coalesce(sum(day_unproven), 0)::text AS unproven
     FROM compared`,
    [day],
  );
  const rows = await sql.query<DifferenceRow[]>(
    `${SESSIONS_SQL} SELECT * FROM compared WHERE day_unproven > 0
     ORDER BY day_unproven DESC, application_public_key, chain, session_height LIMIT ${DIFFERENCES_MAX}`,
    [day],
  );
  const receipts = BigInt(totals?.receipts ?? '0');
  const unproven = BigInt(totals?.unproven ?? '0');
  return {
    day,
    receipts,
    usage: usage.sentRelays,
    provenRelays: receipts - unproven,
    usageDifference: receipts - usage.sentRelays,
    unprovenRelays: unproven,
    differences: rows.map(differenceOf),
  };
}

/** $1: the day. `compared`: each session with receipts on it. */
const SESSIONS_SQL = `
  WITH touched AS (
    SELECT application_public_key, chain, session_height, receipts AS day_receipts
      FROM metering.session_days WHERE day = $1::date
  ), whole AS (
    SELECT t.*, d.total, d.before, d.days FROM touched t CROSS JOIN LATERAL (
      SELECT sum(receipts) AS total, coalesce(sum(receipts) FILTER (WHERE day < $1::date), 0) AS before, count(*) AS days
        FROM metering.session_days s
       WHERE (s.application_public_key, s.chain, s.session_height) = (t.application_public_key, t.chain, t.session_height)
    ) AS d
  ), proven AS (
    SELECT w.*, coalesce(p.proven, 0) AS proven, p.reasons FROM whole w CROSS JOIN LATERAL (
      SELECT sum(x.claim_proofs) FILTER (WHERE x.state = 'settled') AS proven, jsonb_strip_nulls(jsonb_build_object(
          'invalid', nullif(sum(x.invalid_receipts), 0), 'duplicate', nullif(sum(x.duplicate_receipts), 0),
          'over_service', nullif(sum(x.over_service_receipts), 0), 'late', nullif(sum(x.late_receipts), 0)
        )) || coalesce((
          SELECT jsonb_object_agg(reason, receipts) FROM (
            SELECT coalesce(y.reason, 'unproven') AS reason, sum(y.unproven_receipts) AS receipts FROM metering.settlements y
             WHERE (y.application_public_key, y.chain, y.session_height) = (w.application_public_key, w.chain, w.session_height)
               AND y.state IN ('settled', 'unpaid') AND y.unproven_receipts > 0
             GROUP BY 1
          ) AS unpaid
        ), '{}') AS reasons
        FROM metering.settlements x
       WHERE (x.application_public_key, x.chain, x.session_height) = (w.application_public_key, w.chain, w.session_height)
    ) AS p
  ), compared AS (
    SELECT application_public_key, chain, session_height, day_receipts, days > 1 AS spans_days, reasons, total - proven AS unproven,
      greatest(0, least(day_receipts, total - proven - before)) AS day_unproven
      FROM proven
  )`;

function differenceOf(row: DifferenceRow): SessionDifference {
  const known = Object.entries(row.reasons ?? {}).map(([reason, count]) => [reason, BigInt(count)] as const);
  const unproven = BigInt(row.day_unproven);
  const explained = known.reduce((total, [, count]) => total + count, 0n);
  // What no finished settlement speaks of is still on its way.
  const pending = unproven > explained ? [['pending', unproven - explained] as const] : [];
  return {
    applicationPublicKeyHex: row.application_public_key,
    chain: row.chain,
    sessionHeight: Number(row.session_height),
    receipts: BigInt(row.day_receipts),
    unproven,
    spansDays: row.spans_days,
    reasons: Object.fromEntries([...known, ...pending]),
  };
}
