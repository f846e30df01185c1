import { type SqlExecutor, inTransaction } from '#libs/persistence';
import type { DataSource } from 'typeorm';
import { AlertEventType } from '../domain/alert-events.js';
import { retryDelayMs } from './retry-schedule.js';
import type { SendResult } from './send-result.js';

/** A delivery that this process alone may attempt until its claim ends. */
export interface ClaimedDelivery {
  readonly deliveryId: string;
  readonly tenantId: string;
  readonly channelId: string;
  readonly type: AlertEventType;
  readonly body: string;
  /** Number of this claim: a later one makes this one void. */
  readonly claim: number;
  readonly kind: 'webhook' | 'email';
  readonly target: string;
  readonly secretVersion: number;
  readonly sealedSecret: Buffer | null;
  /** Still good for signing. */
  readonly sealedPreviousSecret: Buffer | null;
  readonly confirmation: number;
}

/** What became of a delivery and its channel after an attempt. */
export interface Settled {
  readonly status: 'pending' | 'delivered' | 'failed';
  /** The channel has done nothing but fail since then; null after a success. */
  readonly failingSince: Date | null;
}

/** Deliveries of one channel under way at once, so that one slow receiver never occupies every worker. */
export const CHANNEL_CONCURRENCY = 4;

/** A channel takes deliveries while it is active; an unconfirmed one takes its confirmation. */
const TAKES = `(c.status = 'active' OR (c.status = 'unconfirmed' AND d.type = '${AlertEventType.confirmation}'))`;

/** Ids of what may be attempted now, the longest due first, at most {@link CHANNEL_CONCURRENCY} of one channel. */
export async function dueDeliveries(
  sql: SqlExecutor,
  limit: number,
): Promise<Array<{ deliveryId: string; claims: number }>> {
  return sql.query(
    `SELECT delivery_id AS "deliveryId", claims
       FROM (SELECT d.delivery_id, d.claims, d.next_attempt_at, d.claimed_until,
                    row_number() OVER (PARTITION BY d.channel_id ORDER BY d.claimed_until > now() DESC NULLS LAST,
                                       d.next_attempt_at, d.delivery_id) AS place
               FROM alerts.deliveries d JOIN alerts.channels c USING (channel_id)
              WHERE d.status = 'pending' AND d.next_attempt_at <= now() AND ${TAKES}) AS due
      WHERE place <= $2 AND (claimed_until IS NULL OR claimed_until <= now())
      ORDER BY next_attempt_at, delivery_id LIMIT $1`,
    [limit, CHANNEL_CONCURRENCY],
  );
}

/**
 * Takes a delivery for one attempt, or null when it is not due, done, or somebody else's. The claim ends by itself, so a
 * worker that dies in the attempt costs time and never the delivery.
 */
export async function claimDelivery(
  sql: SqlExecutor,
  deliveryId: string,
  claimMs: number,
): Promise<ClaimedDelivery | null> {
  const rows = await sql.query<ClaimedDelivery[]>(
    `WITH claimed AS (
       UPDATE alerts.deliveries d SET claims = claims + 1, claimed_until = now() + $2 * interval '1 millisecond'
         FROM alerts.channels c
        WHERE c.channel_id = d.channel_id AND d.delivery_id = $1 AND d.status = 'pending' AND d.next_attempt_at <= now()
          AND (d.claimed_until IS NULL OR d.claimed_until <= now()) AND ${TAKES}
       RETURNING d.delivery_id, d.tenant_id, d.channel_id, d.type, d.body, d.claims)
     SELECT d.delivery_id AS "deliveryId", d.tenant_id AS "tenantId", d.channel_id AS "channelId", d.type, d.body,
            d.claims AS claim, c.kind, c.target, c.secret_version AS "secretVersion", c.sealed_secret AS "sealedSecret",
            CASE WHEN c.previous_secret_until > now() THEN c.sealed_previous_secret END AS "sealedPreviousSecret",
            c.confirmation
       FROM claimed d JOIN alerts.channels c USING (channel_id)`,
    [deliveryId, claimMs],
  );
  return rows[0] ?? null;
}

/** How an attempt went, for {@link settleAttempt}. */
export interface Attempt extends SendResult {
  readonly startedAt: Date;
  readonly durationMs: number;
}

/**
 * Logs an attempt and moves the delivery on: delivered, due again after the schedule's pause, or failed. A success counts whoever
 * reports it; anything else counts only under the newest claim.
 */
export function settleAttempt(
  dataSource: DataSource,
  delivery: ClaimedDelivery,
  attempt: Attempt,
  schedule: { readonly delaysMs: readonly number[]; readonly random: () => number },
): Promise<Settled> {
  return inTransaction(dataSource, async (sql) => {
    const { deliveryId, tenantId, channelId, claim } = delivery;
    // The channel first, always: settling and disabling then never wait for each other in a circle.
    const [channel] = await sql.query<Array<{ failingSince: Date | null }>>(
      'SELECT failing_since AS "failingSince" FROM alerts.channels WHERE channel_id = $1 FOR UPDATE',
      [channelId],
    );
    const [row] = await sql.query<Array<{ status: Settled['status']; attempts: number; claims: number }>>(
      'SELECT status, attempts, claims FROM alerts.deliveries WHERE delivery_id = $1 FOR UPDATE',
      [deliveryId],
    );
    // Deleted meanwhile, with its channel.
    if (channel === undefined || row === undefined) return { status: 'failed', failingSince: null };
    await sql.query(
      `INSERT INTO alerts.attempts (tenant_id, delivery_id, started_at, duration_ms, outcome, status, error, answer)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        tenantId,
        deliveryId,
        attempt.startedAt,
        Math.round(attempt.durationMs),
        attempt.outcome,
        attempt.status,
        attempt.error,
        attempt.answer,
      ],
    );
    if (attempt.outcome === 'delivered') {
      await sql.query(
        `UPDATE alerts.deliveries SET status = 'delivered', delivered_at = COALESCE(delivered_at, now()), attempts = attempts + 1,
                claimed_until = NULL, last_error = NULL WHERE delivery_id = $1`,
        [deliveryId],
      );
      await sql.query(
        'UPDATE alerts.channels SET failing_since = NULL WHERE channel_id = $1 AND failing_since IS NOT NULL',
        [channelId],
      );
      return { status: 'delivered', failingSince: null };
    }
    if (row.status !== 'pending' || row.claims !== claim) {
      return { status: row.status, failingSince: channel.failingSince };
    }
    const delayMs =
      attempt.outcome === 'retry' ? retryDelayMs(row.attempts + 1, schedule.delaysMs, schedule.random()) : null;
    const status = delayMs === null ? 'failed' : 'pending';
    await sql.query(
      `UPDATE alerts.deliveries SET status = $2, attempts = attempts + 1, claimed_until = NULL, last_error = $3,
              next_attempt_at = now() + $4 * interval '1 millisecond' WHERE delivery_id = $1`,
      [deliveryId, status, attempt.error, delayMs ?? 0],
    );
    const [failing] = await sql.query<Array<{ failingSince: Date }>>(
      `WITH failing AS (
         UPDATE alerts.channels SET failing_since = COALESCE(failing_since, $2) WHERE channel_id = $1 RETURNING failing_since)
       SELECT failing_since AS "failingSince" FROM failing`,
      [channelId, attempt.startedAt],
    );
    return { status, failingSince: failing?.failingSince ?? null };
  });
}

/** What waits, for metrics. */
export async function deliveryBacklog(
  sql: SqlExecutor,
): Promise<{ readonly pending: number; readonly oldestDueSeconds: number }> {
  const [row] = await sql.query<[{ pending: number; oldestDueSeconds: number }]>(
    `SELECT count(*)::int AS pending,
            COALESCE(greatest(0, EXTRACT(epoch FROM now() - min(d.next_attempt_at))), 0)::float8 AS "oldestDueSeconds"
       FROM alerts.deliveries d JOIN alerts.channels c USING (channel_id) WHERE d.status = 'pending' AND ${TAKES}`,
  );
  return row;
}
