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
import { isWebhookSecret, newWebhookSecret } from '../delivery/signature.js';
import { type EgressPolicy, WebhookUrlError, parseWebhookUrl } from '../egress/webhook-url.js';
import { AlertError } from './alert-error.js';
import { AlertEventType, eventBody } from './alert-events.js';
import type { ChannelSecrets } from './channel-secrets.js';
import { checkTenant } from './check-tenant.js';

/** Where alerts go, without its secrets. Dates are `Date`, or ISO texts in a replayed answer. */
export interface AlertChannel {
  readonly channelId: string;
  readonly tenantId: string;
  readonly kind: 'webhook' | 'email';
  readonly name: string;
  /** URL or e-mail address. */
  readonly target: string;
  /** `disabled`: by the system, see `disabledReason`; `paused`: by its tenant. */
  readonly status: 'unconfirmed' | 'active' | 'paused' | 'disabled';
  readonly disabledReason: string | null;
  readonly failingSinceAt: Date | null;
  readonly secretVersion: number;
  /** Until then messages carry a second signature, by the secret before. */
  readonly previousSecretEndsAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A channel with its signing secret, which is shown once. */
export type ChannelWithSecret = AlertChannel & { readonly secret: string | null };

/** A channel to be made. */
export type NewChannel = { readonly name: string } & (
  | { readonly kind: 'webhook'; readonly url: string; readonly secret?: string | undefined }
  | { readonly kind: 'email'; readonly address: string }
);

/** Channels of one tenant. */
export const CHANNELS_MAX = 20;

/** Confirmation mails to one address: more would be a way to bother strangers. */
export const CONFIRMATIONS_MAX = 5;

const COLUMNS = `channel_id AS "channelId", tenant_id AS "tenantId", kind, name, target, status, disabled_reason AS "disabledReason",
  failing_since AS "failingSinceAt", secret_version AS "secretVersion",
  CASE WHEN previous_secret_until > now() THEN previous_secret_until END AS "previousSecretEndsAt",
  version, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** Channels of a tenant: webhooks and e-mail addresses. */
export class AlertChannels {
  /** @param secrets null: the installation has no key for them, so that no channel can be made */
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
    private readonly secrets: ChannelSecrets | null,
    private readonly policy: EgressPolicy,
  ) {}

  /**
   * Makes a channel: a webhook is active at once, an address once it is confirmed.
   * @throws AlertError `webhook-url-refused`, `channel-limit`, `alerts-off`
   */
  async create(context: MutationContext, tenantId: string, input: NewChannel): Promise<ChannelWithSecret> {
    const secrets = this.keys();
    const target = input.kind === 'webhook' ? this.checkedUrl(input.url) : input.address;
    const { answer } = await this.mutations.run(context, async (manager) => {
      await checkTenant(manager, tenantId);
      await makeRoom(manager, tenantId);
      const channelId = uuidV7();
      const secret = input.kind === 'webhook' ? (input.secret ?? newWebhookSecret()) : null;
      checkSecret(secret);
      await manager.query(
        `INSERT INTO alerts.channels (channel_id, tenant_id, kind, name, target, status, secret_version, sealed_secret)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          channelId,
          tenantId,
          input.kind,
          input.name,
          target,
          input.kind === 'webhook' ? 'active' : 'unconfirmed',
          secret === null ? 0 : 1,
          secret === null ? null : secrets.seal({ tenantId, channelId }, 1, secret),
        ],
      );
      if (input.kind === 'email') await sendConfirmation(manager, tenantId, channelId);
      const channel = await lockChannel(manager, tenantId, channelId);
      return { answer: { ...channel, secret }, audit: auditOf('alert-channel.create', null, channel) };
    });
    return answer;
  }

  /** Another name or, for a webhook, another URL. @throws TenancyError `not-found`, AlertError */
  update(
    context: MutationContext,
    tenantId: string,
    channelId: string,
    input: { readonly name?: string | undefined; readonly url?: string | undefined },
  ): Promise<AlertChannel> {
    const url = input.url === undefined ? undefined : this.checkedUrl(input.url);
    return this.change(context, tenantId, channelId, 'alert-channel.update', async (manager, before) => {
      if (url !== undefined && before.kind !== 'webhook') {
        throw new AlertError('channel-state', 'An e-mail channel keeps its address; make another channel instead.');
      }
      await manager.query(
        `UPDATE alerts.channels SET name = COALESCE($2, name), target = COALESCE($3, target), updated_at = now()
          WHERE channel_id = $1`,
        [channelId, input.name ?? null, url ?? null],
      );
    });
  }

  /** Ends it for good, with its log. @throws TenancyError `not-found` */
  async remove(context: MutationContext, tenantId: string, channelId: string): Promise<AlertChannel> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockChannel(manager, tenantId, channelId);
      await manager.query('DELETE FROM alerts.deliveries WHERE channel_id = $1', [channelId]);
      await manager.query('DELETE FROM alerts.channels WHERE channel_id = $1', [channelId]);
      return { answer: before, audit: auditOf('alert-channel.delete', before, null) };
    });
    return answer;
  }

  /** Sends nothing until it is enabled; what is pending waits. @throws TenancyError `not-found`, AlertError `channel-state` */
  pause(context: MutationContext, tenantId: string, channelId: string): Promise<AlertChannel> {
    return this.change(context, tenantId, channelId, 'alert-channel.pause', async (manager, before) => {
      if (before.status === 'unconfirmed') throw new AlertError('channel-state', 'The channel is not confirmed yet.');
      await setStatus(manager, channelId, 'paused');
    });
  }

  /** Sends again, after a pause or after the system disabled it. @throws TenancyError `not-found`, AlertError `channel-state` */
  enable(context: MutationContext, tenantId: string, channelId: string): Promise<AlertChannel> {
    return this.change(context, tenantId, channelId, 'alert-channel.enable', async (manager, before) => {
      const [row] = await manager.query<[{ confirmed: boolean }]>(
        `SELECT kind = 'webhook' OR confirmed_at IS NOT NULL AS confirmed FROM alerts.channels WHERE channel_id = $1`,
        [channelId],
      );
      if (!row.confirmed) throw new AlertError('channel-state', 'Confirm the address first.');
      if (before.kind === 'webhook') this.checkedUrl(before.target);
      await setStatus(manager, channelId, 'active');
    });
  }

  /**
   * A new signing secret. Messages carry both signatures for the overlap, so that receivers can move over without losing one.
   * @throws TenancyError `not-found`, AlertError `channel-state` for an e-mail channel, `alerts-off`
   */
  async rotateSecret(
    context: MutationContext,
    tenantId: string,
    channelId: string,
    input: { readonly secret?: string | undefined; readonly overlapSeconds: number },
  ): Promise<ChannelWithSecret> {
    const secrets = this.keys();
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockChannel(manager, tenantId, channelId);
      if (before.kind !== 'webhook') throw new AlertError('channel-state', 'Only webhooks have a signing secret.');
      const secret = input.secret ?? newWebhookSecret();
      checkSecret(secret);
      const version = before.secretVersion + 1;
      await manager.query(
        `UPDATE alerts.channels
            SET sealed_previous_secret = sealed_secret, previous_secret_until = now() + $4 * interval '1 second',
                sealed_secret = $3, secret_version = $2, updated_at = now() WHERE channel_id = $1`,
        [channelId, version, secrets.seal({ tenantId, channelId }, version, secret), input.overlapSeconds],
      );
      const channel = await lockChannel(manager, tenantId, channelId);
      return { answer: { ...channel, secret }, audit: auditOf('alert-channel.rotate-secret', before, channel) };
    });
    return answer;
  }

  /** Proves with the code from the mail that the address is read. @throws AlertError `confirmation-wrong`, `channel-state` */
  confirm(context: MutationContext, tenantId: string, channelId: string, code: string): Promise<AlertChannel> {
    const secrets = this.keys();
    return this.change(context, tenantId, channelId, 'alert-channel.confirm', async (manager, before) => {
      if (before.status !== 'unconfirmed') throw new AlertError('channel-state', 'The channel is confirmed already.');
      const [row] = await manager.query<[{ confirmation: number }]>(
        'SELECT confirmation FROM alerts.channels WHERE channel_id = $1',
        [channelId],
      );
      if (!secrets.isConfirmationCode(before, row.confirmation, code.trim().toLowerCase())) {
        throw new AlertError('confirmation-wrong', 'This is not the code of the last confirmation mail.');
      }
      await manager.query(
        `UPDATE alerts.channels SET status = 'active', confirmed_at = now(), updated_at = now() WHERE channel_id = $1`,
        [channelId],
      );
    });
  }

  /** Sends another code; the one before is void. @throws AlertError `channel-limit`, `channel-state` */
  sendConfirmationAgain(context: MutationContext, tenantId: string, channelId: string): Promise<AlertChannel> {
    return this.change(context, tenantId, channelId, 'alert-channel.send-confirmation', async (manager, before) => {
      if (before.status !== 'unconfirmed') throw new AlertError('channel-state', 'The channel needs no confirmation.');
      await sendConfirmation(manager, tenantId, channelId);
    });
  }

  /** @throws TenancyError `not-found` */
  async get(tenantId: string, channelId: string): Promise<AlertChannel> {
    const [channel] = await this.database.query<AlertChannel[]>(
      `SELECT ${COLUMNS} FROM alerts.channels WHERE tenant_id = $1 AND channel_id = $2`,
      [tenantId, channelId],
    );
    if (channel === undefined) throw notFound('alert channel');
    return channel;
  }

  /** A page, oldest first. @throws TenancyError `invalid` for another cursor */
  async list(tenantId: string, page: PageRequest): Promise<Page<AlertChannel>> {
    const rows = await this.database.query<AlertChannel[]>(
      `SELECT ${COLUMNS} FROM alerts.channels WHERE tenant_id = $1 AND channel_id > $2 ORDER BY channel_id LIMIT $3`,
      [tenantId, afterId(page.cursor), page.limit + 1],
    );
    return pageOf(rows, page.limit, (row) => row.channelId);
  }

  private async change(
    context: MutationContext,
    tenantId: string,
    channelId: string,
    action: string,
    work: (manager: EntityManager, before: AlertChannel) => Promise<void>,
  ): Promise<AlertChannel> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockChannel(manager, tenantId, channelId);
      await work(manager, before);
      const after = await lockChannel(manager, tenantId, channelId);
      return { answer: after, audit: auditOf(action, before, after) };
    });
    return answer;
  }

  private keys(): ChannelSecrets {
    if (this.secrets !== null) return this.secrets;
    throw new AlertError('alerts-off', 'The operator has not set ALERTS_KEK, so there are no alert channels.');
  }

  private checkedUrl(text: string): string {
    try {
      return parseWebhookUrl(text, this.policy).href;
    } catch (error) {
      if (error instanceof WebhookUrlError) throw new AlertError('webhook-url-refused', error.message);
      throw error;
    }
  }
}

/** The channel's row, held until the transaction ends. @throws TenancyError `not-found` */
export async function lockChannel(manager: EntityManager, tenantId: string, channelId: string): Promise<AlertChannel> {
  const [channel] = await manager.query<AlertChannel[]>(
    `SELECT ${COLUMNS} FROM alerts.channels WHERE tenant_id = $1 AND channel_id = $2 FOR UPDATE`,
    [tenantId, channelId],
  );
  if (channel === undefined) throw notFound('alert channel');
  return channel;
}

function checkSecret(secret: string | null): void {
  if (secret !== null && !isWebhookSecret(secret)) {
    throw new AlertError('channel-state', 'A secret is whsec_ and 24 to 64 bytes in base64.');
  }
}

/** @throws AlertError `channel-limit` */
async function makeRoom(manager: EntityManager, tenantId: string): Promise<void> {
  // Whoever makes channels of one tenant takes turns, so that two requests do not both find the last place.
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('alert channels ' || $1, 0))`, [tenantId]);
  const [row] = await manager.query<[{ channels: number }]>(
    'SELECT count(*)::int AS channels FROM alerts.channels WHERE tenant_id = $1',
    [tenantId],
  );
  if (row.channels >= CHANNELS_MAX) {
    throw new AlertError('channel-limit', `A tenant has at most ${CHANNELS_MAX} alert channels.`);
  }
}

/** Puts the mail with the code into the outbox. The code itself is made when the mail is. */
async function sendConfirmation(manager: EntityManager, tenantId: string, channelId: string): Promise<void> {
  const [row] = await manager.query<[{ confirmation: number }]>(
    'SELECT confirmation FROM alerts.channels WHERE channel_id = $1',
    [channelId],
  );
  if (row.confirmation >= CONFIRMATIONS_MAX) {
    throw new AlertError('channel-limit', `At most ${CONFIRMATIONS_MAX} confirmation mails are sent to one address.`);
  }
  await manager.query('UPDATE alerts.channels SET confirmation = confirmation + 1 WHERE channel_id = $1', [channelId]);
  await manager.query(
    `INSERT INTO alerts.deliveries (delivery_id, tenant_id, channel_id, type, body) VALUES ($1, $2, $3, $4, $5)`,
    [
      uuidV7(),
      tenantId,
      channelId,
      AlertEventType.confirmation,
      eventBody(AlertEventType.confirmation, new Date(), { tenantId, channelId }),
    ],
  );
}

async function setStatus(manager: EntityManager, channelId: string, status: AlertChannel['status']): Promise<void> {
  await manager.query(
    `UPDATE alerts.channels SET status = $2, disabled_reason = NULL, failing_since = NULL, updated_at = now()
      WHERE channel_id = $1`,
    [channelId, status],
  );
}

function auditOf(action: string, before: AlertChannel | null, after: AlertChannel | null) {
  const { tenantId, channelId } = (after ?? before)!;
  return {
    tenantId,
    action,
    subjectType: 'alert-channel',
    subjectId: channelId,
    before: before && auditView(before),
    after: after && auditView(after),
  };
}

/** A webhook's path and query may be its owner's secret, so the log that is never deleted has the host alone. */
function auditView({ target, ...channel }: AlertChannel): object {
  return { ...channel, target: channel.kind === 'webhook' ? new URL(target).origin : target };
}
