/** Stable codes of what can go wrong with alerts, beyond those of tenancy; problems of the admin API. */
export type AlertErrorCode =
  'alerts-off' | 'webhook-url-refused' | 'channel-limit' | 'confirmation-wrong' | 'channel-state';

/** A request about alerts that cannot be carried out as asked; the message is safe to show to the caller. */
export class AlertError extends Error {
  override readonly name = 'AlertError';
  constructor(
    readonly code: AlertErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
