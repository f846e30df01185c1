import {
  type Alert,
  type AlertChannel,
  type AlertDelivery,
  type AlertRule,
  type ChannelWithSecret,
  type DeliveryDetails,
  THRESHOLDS_DEFAULT,
  WEBHOOK_URL_LENGTH_MAX,
} from '#libs/alerts';
import { z } from 'zod';
import { id, instant, isoOf, name, pageQuery, pageSchema, version } from '../schemas/common.js';

const subject = z
  .enum(['application', 'endpoint', 'tenant'])
  .describe(
    'Whose day is watched: an application’s limit, or the sum of the limits that an endpoint or the tenant has',
  );
const subjectId = id.nullable().describe('The only one that is watched; null: every one of that kind');
const thresholds = z
  .array(z.int().min(1).max(1_000))
  .min(1)
  .max(20)
  .describe('Percent of the daily limit')
  .meta({ examples: [[...THRESHOLDS_DEFAULT]] });
const channelIds = z
  .array(id)
  .max(20)
  .nullable()
  .describe('Channels that hear of it; null: all')
  .meta({ examples: [null] });
const enabled = z.boolean().describe('A rule that is off finds nothing');
const digits = (description: string) =>
  z
    .string()
    .describe(description)
    .meta({ examples: ['800000'] });
const url = z
  .string()
  .min(1)
  .max(WEBHOOK_URL_LENGTH_MAX)
  .describe('https URL of the public internet; checked again at every connection')
  .meta({ examples: ['https://hooks.acme.example/pokt'] });
const givenSecret = z
  .string()
  .max(100)
  .optional()
  .describe('whsec_ and 24 to 64 bytes in base64; absent: one is made')
  .meta({ examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'] });

/** Body of a rule's creation. */
export const createRuleBody = z
  .strictObject({
    name: name.meta({ examples: ['Production'] }),
    subject: subject.default('application'),
    subjectId: subjectId.default(null),
    thresholds: thresholds.default([...THRESHOLDS_DEFAULT]),
    channelIds: channelIds.default(null),
    enabled: enabled.default(true),
  })
  .meta({ id: 'CreateAlertRule' });

/** Body of a rule's change; absent fields keep their value. */
export const updateRuleBody = z
  .strictObject({ name, subject, subjectId, thresholds, channelIds, enabled })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'must change something')
  .meta({ id: 'UpdateAlertRule', examples: [{ thresholds: [60, 90, 100] }] });

/** A rule in an answer. */
export const ruleSchema = z
  .object({
    ruleId: id.describe('The rule'),
    tenantId: id,
    name: z.string(),
    subject,
    subjectId,
    thresholds,
    channelIds,
    enabled,
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'AlertRule' });

/** A page of rules. */
export const rulePageSchema = pageSchema(ruleSchema, 'AlertRulePage');

/** The answer for a rule. */
export function ruleAnswer(rule: AlertRule): z.infer<typeof ruleSchema> {
  return {
    ...rule,
    thresholds: [...rule.thresholds],
    channelIds: rule.channelIds && [...rule.channelIds],
    createdAt: isoOf(rule.createdAt),
    updatedAt: isoOf(rule.updatedAt),
  };
}

/** Body of a channel's creation. */
export const createChannelBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('webhook'), name, url, secret: givenSecret }),
    z.strictObject({
      kind: z.literal('email'),
      name,
      address: z
        .email()
        .max(254)
        .describe('Address that must be confirmed')
        .meta({ examples: ['ops@acme.example'] }),
    }),
  ])
  .meta({
    id: 'CreateAlertChannel',
    examples: [{ kind: 'webhook', name: 'Ops', url: 'https://hooks.acme.example/pokt' }],
  });

/** Body of a channel's change; absent fields keep their value. */
export const updateChannelBody = z
  .strictObject({ name, url })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'must change something')
  .meta({ id: 'UpdateAlertChannel', examples: [{ name: 'Ops, on call' }] });

/** Body of a secret's rotation. */
export const rotateSecretBody = z
  .strictObject({
    secret: givenSecret,
    overlap: z
      .enum(['0', '1h', '24h', '7d', '30d'])
      .default('24h')
      .describe('For how long messages carry both signatures'),
  })
  .meta({ id: 'RotateAlertChannelSecret' });

/** Body of a confirmation. */
export const confirmBody = z
  .strictObject({
    code: z
      .string()
      .min(1)
      .max(100)
      .describe('The code of the confirmation mail')
      .meta({ examples: ['k5m2q7xw3bnr6tdy4hcz'] }),
  })
  .meta({ id: 'ConfirmAlertChannel' });

/** Body that sends failed deliveries again. */
export const resendFailedBody = z
  .strictObject({
    since: z.iso
      .datetime()
      .describe('Failed deliveries made since then')
      .meta({ examples: ['2026-11-20T00:00:00.000Z'] }),
  })
  .meta({ id: 'ResendFailedAlertDeliveries' });

/** How many were sent again. */
export const resentSchema = z
  .object({ resent: z.int().describe('Deliveries that are sent again; at most 1,000 at a time') })
  .meta({ id: 'ResentAlertDeliveries' });

const channelFields = {
  channelId: id.describe('The channel'),
  tenantId: id,
  kind: z.enum(['webhook', 'email']).describe('How it is reached'),
  name: z.string(),
  target: z
    .string()
    .describe('URL of the webhook, or the e-mail address')
    .meta({ examples: ['https://hooks.acme.example/pokt'] }),
  status: z
    .enum(['unconfirmed', 'active', 'paused', 'disabled'])
    .describe('Only an active channel is sent to. paused: by the tenant. disabled: by the system')
    .meta({ examples: ['active'] }),
  disabledReason: z
    .string()
    .nullable()
    .describe('Why the system disabled it; null: it did not')
    .meta({ examples: [null] }),
  failingSinceAt: instant
    .nullable()
    .describe('It has done nothing but fail since then; null: the last delivery arrived')
    .meta({ examples: [null] }),
  secretVersion: z
    .int()
    .describe('Number of the signing secret; 0 for e-mail')
    .meta({ examples: [1] }),
  previousSecretEndsAt: instant
    .nullable()
    .describe('Until then messages carry a signature by the secret before, too')
    .meta({ examples: [null] }),
  version,
  createdAt: instant,
  updatedAt: instant,
};

/** A channel in an answer. */
export const channelSchema = z.object(channelFields).meta({ id: 'AlertChannel' });

/** A page of channels. */
export const channelPageSchema = pageSchema(channelSchema, 'AlertChannelPage');

/** A channel with its signing secret. */
export const channelWithSecretSchema = z
  .object({
    ...channelFields,
    secret: z
      .string()
      .nullable()
      .describe('Signing secret, shown once; null for e-mail')
      .meta({ examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'] }),
  })
  .meta({ id: 'AlertChannelWithSecret' });

/** The answer for a channel. */
export function channelAnswer(channel: AlertChannel): z.infer<typeof channelSchema> {
  return {
    ...channel,
    failingSinceAt: isoOf(channel.failingSinceAt),
    previousSecretEndsAt: isoOf(channel.previousSecretEndsAt),
    createdAt: isoOf(channel.createdAt),
    updatedAt: isoOf(channel.updatedAt),
  };
}

/** The only answer that holds the secret. */
export function channelWithSecretAnswer(channel: ChannelWithSecret): z.infer<typeof channelWithSecretSchema> {
  return { ...channelAnswer(channel), secret: channel.secret };
}

const deliveryStatus = z
  .enum(['pending', 'delivered', 'failed'])
  .describe('failed: the schedule is at its end, the receiver refused, or the channel was disabled');

/** Which deliveries to list. */
export const deliveryQuery = pageQuery.extend({
  channelId: id.optional().describe('Of this channel'),
  alertId: id.optional().describe('Of this alert'),
  status: deliveryStatus.optional(),
});

const deliveryFields = {
  deliveryId: id.describe('The delivery; also `webhook-id` and Message-ID, the same at every attempt'),
  tenantId: id,
  channelId: id.describe('The channel'),
  alertId: id.nullable().describe('The threshold that was crossed; null for other messages'),
  type: z
    .string()
    .describe('Type of the message')
    .meta({ examples: ['quota.threshold-crossed'] }),
  status: deliveryStatus.meta({ examples: ['delivered'] }),
  attempts: z
    .int()
    .describe('Attempts since it was made or sent again')
    .meta({ examples: [1] }),
  nextAttemptAt: instant
    .nullable()
    .describe('When it is tried next; null unless pending')
    .meta({ examples: [null] }),
  lastError: z
    .string()
    .nullable()
    .describe('Why the last attempt failed')
    .meta({ examples: [null] }),
  deliveredAt: instant
    .nullable()
    .describe('When it first arrived')
    .meta({ examples: ['2026-11-20T09:30:00.000Z'] }),
  createdAt: instant,
};

/** A delivery in an answer. */
export const deliverySchema = z.object(deliveryFields).meta({ id: 'AlertDelivery' });

/** A page of deliveries. */
export const deliveryPageSchema = pageSchema(deliverySchema, 'AlertDeliveryPage');

/** A delivery with its log. */
export const deliveryDetailsSchema = z
  .object({
    ...deliveryFields,
    body: z
      .string()
      .describe('What is signed and sent')
      .meta({ examples: ['{"type":"alert.test","timestamp":"2026-11-20T09:30:00.000Z","data":{}}'] }),
    log: z
      .array(
        z
          .object({
            startedAt: instant.describe('When the attempt began').meta({ examples: ['2026-11-20T09:30:00.000Z'] }),
            durationMs: z
              .int()
              .describe('How long it took')
              .meta({ examples: [84] }),
            outcome: z
              .enum(['delivered', 'retry', 'rejected', 'gone'])
              .describe('rejected: this message will not be taken. gone: the receiver wants nothing any more'),
            status: z
              .int()
              .nullable()
              .describe('HTTP status or SMTP reply code; null: no answer')
              .meta({ examples: [204] }),
            error: z
              .string()
              .nullable()
              .describe('What went wrong')
              .meta({ examples: [null] }),
            answer: z
              .string()
              .nullable()
              .describe('Beginning of the receiver’s answer')
              .meta({ examples: ['ok'] }),
          })
          .meta({ id: 'AlertDeliveryAttempt' }),
      )
      .describe('Attempts, oldest first; the newest hundred'),
  })
  .meta({ id: 'AlertDeliveryDetails' });

/** The answer for a delivery. */
export function deliveryAnswer(delivery: AlertDelivery): z.infer<typeof deliverySchema> {
  return {
    ...delivery,
    nextAttemptAt: isoOf(delivery.nextAttemptAt),
    deliveredAt: isoOf(delivery.deliveredAt),
    createdAt: isoOf(delivery.createdAt),
  };
}

/** The answer for a delivery with its log. */
export function deliveryDetailsAnswer(delivery: DeliveryDetails): z.infer<typeof deliveryDetailsSchema> {
  const log = delivery.log.map((attempt) => ({ ...attempt, startedAt: isoOf(attempt.startedAt) }));
  return { ...deliveryAnswer(delivery), body: delivery.body, log };
}

/** A threshold that was crossed, in an answer. */
export const alertSchema = z
  .object({
    alertId: id.describe('The alert'),
    tenantId: id,
    subject,
    subjectId: id.describe('The application, endpoint or tenant'),
    day: z.string(),
    threshold: z
      .int()
      .describe('Percent')
      .meta({ examples: [80] }),
    usedRelays: digits('Relays used when it was noticed'),
    limitRelays: digits('The daily limit at that time'),
    crossedAt: instant.describe('When it was noticed').meta({ examples: ['2026-11-20T09:30:00.000Z'] }),
  })
  .meta({ id: 'Alert' });

/** A page of alerts. */
export const alertPageSchema = pageSchema(alertSchema, 'AlertPage');

/** The answer for an alert. */
export function alertAnswer(alert: Alert): z.infer<typeof alertSchema> {
  return { ...alert, crossedAt: isoOf(alert.crossedAt) };
}
