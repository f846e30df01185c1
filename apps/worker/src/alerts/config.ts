import { RETRY_DELAYS_MS, sharedAlertsEnvironment, wholeNumber } from '#libs/alerts';
import { csv, durationMs, optionalText, port, secret } from '#libs/config';
import { z } from 'zod';

const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** Environment of the worker's alerts. */
export const alertsEnvironment = {
  ...sharedAlertsEnvironment,
  ALERTS_TICK_MS: durationMs('pause between two looks for crossed thresholds and due deliveries', 50).default(1_000),
  ALERTS_CONCURRENCY: count(1, 256).default(16).describe('deliveries attempted at the same time'),
  ALERTS_TIMEOUT_MS: durationMs('time limit of one delivery', 100).default(15_000),
  ALERTS_RETRY_DELAYS_MS: csv('pauses after each failed attempt at a delivery')
    .pipe(z.array(wholeNumber(1, 30 * 86_400_000)).max(50))
    .default([...RETRY_DELAYS_MS]),
  ALERTS_DISABLE_AFTER_MS: durationMs('time of nothing but failures after which a channel is disabled').default(
    432_000_000,
  ),
  SMTP_HOST: optionalText('mail server; without it no mail is sent'),
  SMTP_PORT: port('port of the mail server').default(587),
  SMTP_TLS: z.enum(['tls', 'starttls', 'none']).default('starttls').describe('tls, starttls or none'),
  SMTP_USER: optionalText('account at the mail server'),
  SMTP_PASSWORD: secret('password of that account', 1).optional(),
  SMTP_FROM: z.email().default('alerts@localhost.localdomain').describe('address that alerts come from'),
  SMTP_CONNECTIONS: count(1, 32).default(2).describe('connections kept open to the mail server'),
};
