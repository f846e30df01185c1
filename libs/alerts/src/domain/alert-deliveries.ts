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
import { lockChannel } from './alert-channels.js';
import { AlertError } from './alert-error.js';
import { AlertEventType, type AlertSubject, eventBody } from './alert-events.js';

/** One message to one channel. Dates are `Date`, or ISO texts in a replayed answer. */
export interface AlertDelivery {
  /** Also the `webhook-id` and the Message-ID: the same at every attempt. */
  readonly deliveryId: string;
  readonly tenantId: string;
  readonly channelId: string;
  /** The threshold that was crossed; null for other messages. */
  readonly alertId: string | null;
  readonly type: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  /** null unless pending. */
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
  readonly deliveredAt: Date | null;
  readonly createdAt: Date;
}

/** One line of the delivery log. */
export interface DeliveryAttempt {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly outcome: 'delivered' | 'retry' | 'rejected' | 'gone';
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

/** A delivery with what was sent and how it went. */
export type DeliveryDetails = AlertDelivery & {
  readonly body: string;
  /** Oldest first, the newest hundred. */
  readonly log: readonly DeliveryAttempt[];
};

/** A threshold that was crossed. */
export interface Alert {
  readonly alertId: string;
  readonly tenantId: string;
  readonly subject: AlertSubject;
  readonly subjectId: string;
  readonly day: string;
  readonly threshold: number;
  readonly usedRelays: string;
  readonly limitRelays: string;
  readonly crossedAt: Date;
}

/** Which deliveries to list. */
export interface DeliveryFilter {
  readonly channelId?: string | undefined;
  readonly alertId?: string | undefined;
  readonly status?: AlertDelivery['status'] | undefined;
}

const COLUMNS = `delivery_id AS "deliveryId", tenant_id AS "tenantId", channel_id AS "channelId", crossing_id AS "alertId", type, status,
  attempts, CASE WHEN status = 'pending' THEN next_attempt_at END AS "nextAttemptAt", last_error AS "lastError",
  delivered_at AS "deliveredAt", created_at AS "createdAt"`;

/** Due now, with the whole schedule before it; a claim that still runs is void. */
const DUE_AGAIN = `status = 'pending', attempts = 0, next_attempt_at = now(), claimed_until = NULL, claims = claims + 1`;

/** Most deliveries that one request sends again. */
export const RESENT_MAX = 1_000;

/** The delivery log of a tenant, and sending again. */
export class AlertDeliveries {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  /** A page, oldest first. @throws TenancyError `invalid` for another cursor */
  async list(tenantId: string, page: PageRequest & DeliveryFilter): Promise<Page<AlertDelivery>> {
    const rows = await this.database.query<AlertDelivery[]>(
      `SELECT ${COLUMNS} FROM alerts.deliveries
        WHERE tenant_id = $1 AND delivery_id > $2 AND ($4::uuid IS NULL OR channel_id = $4)
          AND ($5::text IS NULL OR status = $5) AND ($6::uuid IS NULL OR crossing_id = $6)
        ORDER BY delivery_id LIMIT $3`,
      [
        tenantId,
        afterId(page.cursor),
        page.limit + 1,
        page.channelId ?? null,
        page.status ?? null,
        page.alertId ?? null,
      ],
    );
    return pageOf(rows, page.limit, (row) => row.deliveryId);
  }

  /** @throws TenancyError `not-found` */
  async get(tenantId: string, deliveryId: string): Promise<DeliveryDetails> {
    return this.database.read(async (manager) => {
      const [delivery] = await manager.query<Array<AlertDelivery & { body: string }>>(
        `SELECT ${COLUMNS}, body FROM alerts.deliveries WHERE tenant_id = $1 AND delivery_id = $2`,
        [tenantId, deliveryId],
      );
      if (delivery === undefined) throw notFound('alert delivery');
      const log = await manager.query<DeliveryAttempt[]>(
        `SELECT started_at AS "startedAt", duration_ms AS "durationMs", outcome, status, error, answer
           FROM alerts.attempts WHERE delivery_id = $1 ORDER BY attempt_id DESC LIMIT 100`,
        [deliveryId],
      );
      return { ...delivery, log: log.toReversed() };
    });
  }

  /** Sends a delivery once more, with the same id and body. @throws TenancyError `not-found`, AlertError `channel-state` */
  async resend(context: MutationContext, tenantId: string, deliveryId: string): Promise<AlertDelivery> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await deliveryOf(manager, tenantId, deliveryId);
      // Channel before delivery, as everywhere, so that nobody waits in a circle.
      await activeChannel(manager, tenantId, before.channelId);
      await manager.query(`UPDATE alerts.deliveries SET ${DUE_AGAIN} WHERE delivery_id = $1`, [deliveryId]);
      const after = await deliveryOf(manager, tenantId, deliveryId);
      const audit = {
        tenantId,
        action: 'alert-delivery.resend',
        subjectType: 'alert-delivery',
        subjectId: deliveryId,
        before,
        after,
      };
      return { answer: after, audit };
    });
    return answer;
  }

  /** Sends every failed delivery of a channel made since then once more, at most {@link RESENT_MAX}. Returns how many. */
  async resendFailed(
    context: MutationContext,
    tenantId: string,
    channelId: string,
    since: Date,
  ): Promise<{ resent: number }> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      await activeChannel(manager, tenantId, channelId);
      const [row] = await manager.query<[{ resent: number }]>(
        `WITH again AS (
           UPDATE alerts.deliveries SET ${DUE_AGAIN}
            WHERE delivery_id IN (SELECT delivery_id FROM alerts.deliveries
                                   WHERE tenant_id = $1 AND channel_id = $2 AND status = 'failed' AND created_at >= $3
                                   ORDER BY delivery_id LIMIT $4)
           RETURNING 1)
         SELECT count(*)::int AS resent FROM again`,
        [tenantId, channelId, since, RESENT_MAX],
      );
      const audit = {
        tenantId,
        action: 'alert-channel.resend-failed',
        subjectType: 'alert-channel',
        subjectId: channelId,
        before: null,
        after: { since, resent: row.resent },
      };
      return { answer: { resent: row.resent }, audit };
    });
    return answer;
  }

  /** Sends a test message. @throws TenancyError `not-found`, AlertError `channel-state` */
  async test(context: MutationContext, tenantId: string, channelId: string): Promise<AlertDelivery> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      await activeChannel(manager, tenantId, channelId);
      const deliveryId = uuidV7();
      const body = eventBody(AlertEventType.test, new Date(), { tenantId, channelId });
      await manager.query(
        `INSERT INTO alerts.deliveries (delivery_id, tenant_id, channel_id, type, body) VALUES ($1, $2, $3, $4, $5)`,
        [deliveryId, tenantId, channelId, AlertEventType.test, body],
      );
      const after = await deliveryOf(manager, tenantId, deliveryId);
      const audit = {
        tenantId,
        action: 'alert-channel.test',
        subjectType: 'alert-channel',
        subjectId: channelId,
        before: null,
        after: { deliveryId },
      };
      return { answer: after, audit };
    });
    return answer;
  }

  /** Thresholds that were crossed, oldest first. @throws TenancyError `invalid` for another cursor */
  async alerts(tenantId: string, page: PageRequest): Promise<Page<Alert>> {
    const rows = await this.database.query<Alert[]>(
      `SELECT crossing_id AS "alertId", tenant_id AS "tenantId", subject, subject_id AS "subjectId", day::text AS day, threshold,
              used_relays::text AS "usedRelays", limit_relays::text AS "limitRelays", crossed_at AS "crossedAt"
         FROM alerts.crossings WHERE tenant_id = $1 AND crossing_id > $2 ORDER BY crossing_id LIMIT $3`,
      [tenantId, afterId(page.cursor), page.limit + 1],
    );
    return pageOf(rows, page.limit, (row) => row.alertId);
  }
}

async function deliveryOf(manager: EntityManager, tenantId: string, deliveryId: string): Promise<AlertDelivery> {
  const [delivery] = await manager.query<AlertDelivery[]>(
    `SELECT ${COLUMNS} FROM alerts.deliveries WHERE tenant_id = $1 AND delivery_id = $2`,
    [tenantId, deliveryId],
  );
  if (delivery === undefined) throw notFound('alert delivery');
  return delivery;
}

async function activeChannel(manager: EntityManager, tenantId: string, channelId: string): Promise<void> {
  const channel = await lockChannel(manager, tenantId, channelId);
  if (channel.status !== 'active') {
    throw new AlertError('channel-state', `The channel is ${channel.status}; enable or confirm it first.`);
  }
}
