export { sharedAlertsEnvironment, wholeNumber } from './alerts-environment.js';
export {
  type Attempt,
  CHANNEL_CONCURRENCY,
  type ClaimedDelivery,
  type Settled,
  claimDelivery,
  deliveryBacklog,
  dueDeliveries,
  settleAttempt,
} from './delivery/delivery-store.js';
export { disableChannel } from './delivery/disable-channel.js';
export { AlertDispatcher, type Attempted, type DispatcherOptions } from './delivery/dispatcher.js';
export { type MailText, mailText } from './delivery/mail-text.js';
export { type Mail, Mailer, type SmtpSettings } from './delivery/mailer.js';
export { DISABLE_AFTER_MS, RETRY_DELAYS_MS, retryDelayMs } from './delivery/retry-schedule.js';
export type { SendResult } from './delivery/send-result.js';
export { isWebhookSecret, newWebhookSecret, webhookSignature } from './delivery/signature.js';
export { type WebhookMessage, type WebhookTransport, sendWebhook } from './delivery/webhook-sender.js';
export {
  type Crossing,
  type DailyLimit,
  type DailyUse,
  THRESHOLDS_DEFAULT,
  type WatchRule,
  crossingsOf,
} from './detection/crossings.js';
export { type Examination, type Examined, examineUsage } from './detection/examine-usage.js';
export {
  type AlertChannel,
  AlertChannels,
  CHANNELS_MAX,
  CONFIRMATIONS_MAX,
  type ChannelWithSecret,
  type NewChannel,
} from './domain/alert-channels.js';
export {
  type Alert,
  AlertDeliveries,
  type AlertDelivery,
  type DeliveryAttempt,
  type DeliveryDetails,
  type DeliveryFilter,
  RESENT_MAX,
} from './domain/alert-deliveries.js';
export { type AlertRule, type AlertRuleInput, AlertRules } from './domain/alert-rules.js';
export { AlertError, type AlertErrorCode } from './domain/alert-error.js';
export {
  type AlertEvent,
  type AlertEventData,
  AlertEventType,
  type AlertSubject,
  type ChannelDisabledData,
  type QuotaThresholdData,
  type TestData,
  eventBody,
} from './domain/alert-events.js';
export { ChannelSecrets, type SealedChannel } from './domain/channel-secrets.js';
export {
  type Connector,
  EgressRefusedError,
  type GuardOptions,
  guardedAgent,
  guardedConnector,
} from './egress/guarded-agent.js';
export { addressFault } from './egress/public-address.js';
export { type HostResolver, dnsResolver } from './egress/resolve-host.js';
export {
  EGRESS_POLICY_DEFAULT,
  type EgressPolicy,
  LOOPBACK_HOSTS,
  WEBHOOK_URL_LENGTH_MAX,
  WebhookUrlError,
  parseWebhookUrl,
} from './egress/webhook-url.js';
