import { sharedAlertsEnvironment } from '#libs/alerts';
import { oidcIssuersText } from '#libs/auth';
import { csv, databaseUrl, durationMs, httpUrl, listenHost, logLevel, port, redisUrl, secret } from '#libs/config';
import { z } from 'zod';

/** Environment of the admin API. */
export const adminEnvironment = {
  DATABASE_URL: databaseUrl('PostgreSQL of the control plane'),
  REDIS_URL: redisUrl('Redis of the daily limits'),
  POCKET_RPC_URLS: csv('pocket-core RPC URLs, the preferred first'),
  POCKET_CHAIN_ID: z.string().min(1).default('localnet').describe('network id that transactions are signed for'),
  LOG_LEVEL: logLevel(),
  ADMIN_HOST: listenHost('address of the admin API').default('127.0.0.1'),
  ADMIN_PORT: port('port of the admin API').default(4100),
  ADMIN_METRICS_HOST: listenHost('address of the metrics').default('127.0.0.1'),
  ADMIN_METRICS_PORT: port('port of the metrics').default(4190),
  ADMIN_TOKEN: secret('the operator’s bootstrap token'),
  ADMIN_PUBLIC_URL: httpUrl('public URL of this API, which is the built-in issuer’s name').default(
    'http://127.0.0.1:4100',
  ),
  ADMIN_OIDC_ISSUERS: oidcIssuersText.default([]).describe('foreign OIDC issuers, a JSON array'),
  ADMIN_BUILT_IN_SIGN_IN: z
    .enum(['auto', 'on', 'off'])
    .default('auto')
    .describe('sign-in without a foreign issuer; auto: on while there is none'),
  ADMIN_INVITATION_URL: httpUrl('page that takes invitations; the token follows behind #').default(
    'http://127.0.0.1:4100/docs',
  ),
  API_KEY_PEPPER: secret('pepper of API keys; the same for the gateways'),
  APPLICATION_KEYS_KEK: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must have 64 hex digits')
    .describe('key-encryption key of application keys'),
  GATEWAY_CLIENT_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must have 64 lower-case hex digits')
    .describe('public key of the gateways’ client key, which AATs name'),
  TREASURY_PRIVATE_KEY: z
    .string()
    .regex(/^[0-9a-f]{128}$/, 'must have 128 lower-case hex digits')
    .describe('private key of the account that funds and stakes applications'),
  RELAYS_PER_POKT_PER_DAY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(40)
    .describe('daily relays per staked POKT'),
  GATEWAY_URL: httpUrl('public URL of the gateways, shown with new keys').default('http://127.0.0.1:4000'),
  TRANSACTION_FEE_UPOKT: z.coerce.bigint().min(0n).default(10_000n).describe('fee of a transaction, uPOKT'),
  TENANT_DELETION_GRACE_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3_650)
    .default(30)
    .describe('days for which the deletion of a tenant can be taken back'),
  STAKE_TIMEOUT_MS: durationMs('how long a request waits for a stake to be in a block').default(30_000),
  ...sharedAlertsEnvironment,
};

/** The parsed configuration of the admin API. */
export type AdminConfig = z.infer<z.ZodObject<typeof adminEnvironment>>;
