import { type Mutations, uuidV7 } from '#libs/tenancy';
import { AlertEventType, eventBody } from '../domain/alert-events.js';

/** Raised inside the transaction to leave everything as it is. */
class NotActive extends Error {}

/**
 * Takes a channel out of use with a reason that its tenant can read: its pending deliveries end as failed, the tenant's other channels
 * hear of it, and the audit log has an entry by `system:alerts`, all in one transaction. False when it was not active any more.
 */
export async function disableChannel(
  mutations: Mutations,
  channel: { readonly tenantId: string; readonly channelId: string },
  reason: string,
): Promise<boolean> {
  const { tenantId, channelId } = channel;
  try {
    await mutations.run({ actor: 'system:alerts', requestId: null }, async (manager) => {
      const [row] = await manager.query<Array<{ name: string; status: string }>>(
        'SELECT name, status FROM alerts.channels WHERE channel_id = $1 FOR UPDATE',
        [channelId],
      );
      if (row === undefined || (row.status !== 'active' && row.status !== 'unconfirmed')) throw new NotActive();
      await manager.query(
        `UPDATE alerts.channels SET status = 'disabled', disabled_reason = $2, updated_at = now() WHERE channel_id = $1`,
        [channelId, reason],
      );
      await manager.query(
        `UPDATE alerts.deliveries SET status = 'failed', claimed_until = NULL, last_error = 'the channel was disabled'
          WHERE channel_id = $1 AND status = 'pending'`,
        [channelId],
      );
      const body = eventBody(AlertEventType.channelDisabled, new Date(), {
        tenantId,
        channelId,
        channelName: row.name,
        reason,
      });
      const others = await manager.query<Array<{ channelId: string }>>(
        `SELECT channel_id AS "channelId" FROM alerts.channels WHERE tenant_id = $1 AND status = 'active'`,
        [tenantId],
      );
      for (const other of others) {
        await manager.query(
          `INSERT INTO alerts.deliveries (delivery_id, tenant_id, channel_id, type, body) VALUES ($1, $2, $3, $4, $5)`,
          [uuidV7(), tenantId, other.channelId, AlertEventType.channelDisabled, body],
        );
      }
      return {
        answer: {},
        audit: {
          tenantId,
          action: 'alert-channel.disable',
          subjectType: 'alert-channel',
          subjectId: channelId,
          before: { status: row.status },
          after: { status: 'disabled', reason },
        },
      };
    });
    return true;
  } catch (error) {
    if (error instanceof NotActive) return false;
    throw error;
  }
}
