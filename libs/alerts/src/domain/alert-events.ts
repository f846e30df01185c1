/** What an alert is about. */
export type AlertSubject = 'application' | 'endpoint' | 'tenant';

/** Types of what is sent. */
export const AlertEventType = {
  /** A share of a day's limit is used. */
  quotaThreshold: 'quota.threshold-crossed',
  /** Sent on request, to see that a channel works. */
  test: 'alert.test',
  /** Another channel of the tenant was disabled, because it failed for too long or asked for it. */
  channelDisabled: 'alert.channel-disabled',
  /** E-mail only: holds the code that proves that the address is read. */
  confirmation: 'alert.confirmation',
} as const;

/** One of {@link AlertEventType}. */
export type AlertEventType = (typeof AlertEventType)[keyof typeof AlertEventType];

/** Data of {@link AlertEventType.quotaThreshold}. Relays are digits. */
export interface QuotaThresholdData {
  readonly alertId: string;
  readonly tenantId: string;
  readonly subject: AlertSubject;
  readonly subjectId: string;
  /** UTC day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Percent. */
  readonly threshold: number;
  readonly usedRelays: string;
  readonly limitRelays: string;
}

/** Data of {@link AlertEventType.channelDisabled}. */
export interface ChannelDisabledData {
  readonly tenantId: string;
  readonly channelId: string;
  readonly channelName: string;
  readonly reason: string;
}

/** Data of {@link AlertEventType.test}. */
export interface TestData {
  readonly tenantId: string;
  readonly channelId: string;
}

/** Data of each type. */
export interface AlertEventData {
  readonly [AlertEventType.quotaThreshold]: QuotaThresholdData;
  readonly [AlertEventType.test]: TestData;
  readonly [AlertEventType.channelDisabled]: ChannelDisabledData;
  readonly [AlertEventType.confirmation]: TestData;
}

/** What a delivery's body holds: the form of standard-webhooks, `type`, `timestamp`, `data`. */
export type AlertEvent = {
  [T in AlertEventType]: { readonly type: T; readonly timestamp: string; readonly data: AlertEventData[T] };
}[AlertEventType];

/** The text that is stored, signed and sent. */
export function eventBody<T extends AlertEventType>(type: T, at: Date, data: AlertEventData[T]): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}
