import { z } from 'zod';
import { parseChainOverrides } from '#libs/chains';
import { addressSet } from '#libs/policy';
import {
  bytes,
  csv,
  databaseUrl,
  durationMs,
  httpUrl,
  listenHost,
  logLevel,
  parseConfig,
  port,
  redisUrl,
  secret,
} from '#libs/config';
import { REFUSAL_HOLD_MS } from './edge/refusal-pace.js';

const count = (description: string) => z.coerce.number().int().min(1).describe(description);

/** The gateway's environment; .env.example explains every name. */
export const gatewayEnvironment = {
  GATEWAY_HOST: listenHost('address the relay endpoint listens on').default('127.0.0.1'),
  GATEWAY_PORT: port('port of the relay endpoint').default(4000),
  GATEWAY_METRICS_HOST: listenHost('address of the metrics listener').default('127.0.0.1'),
  GATEWAY_METRICS_PORT: port('port of the metrics listener').default(4090),
  GATEWAY_PUBLIC_URL: httpUrl('the address callers use; it stands in explanations and error references').optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text, context) => {
      const entries = text
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean);
      try {
        addressSet(entries);
        return entries;
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    })
    .describe('addresses and CIDR ranges of proxies whose X-Forwarded-For is believed, separated by commas'),
  LOG_LEVEL: logLevel(),
  DATABASE_URL: databaseUrl('PostgreSQL with the tenancy schema'),
  REDIS_URL: redisUrl('Redis for daily limits and the receipt queue'),
  POCKET_RPC_URLS: csv('pocket-core RPC addresses, the first is preferred').pipe(
    z.array(z.url({ protocol: /^https?$/ })).min(1, 'must name at least one http(s) URL'),
  ),
  POCKET_RPC_TIMEOUT_MS: durationMs('patience with the ledger', 100).default(5_000),
  GATEWAY_CLIENT_PRIVATE_KEY: z
    .string()
    .regex(/^[0-9a-f]{128}$/, 'must be 128 lower-case hex characters')
    .describe('ed25519 key that signs relays; every AAT names its public half'),
  API_KEY_PEPPER: secret('pepper under which API keys were hashed'),
  RELAYS_PER_POKT_PER_DAY: count('daily relays that one staked POKT buys').default(40),
  JOURNAL_DIR: z.string().min(1).default('.data/journal').describe('directory of the receipt journal'),
  CHAIN_OVERRIDES: z
    .string()
    .default('')
    .transform((text, context) => {
      try {
        return parseChainOverrides(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    })
    .describe('EVM chain ids that this deployment really serves, as 0021=31337'),
  READINESS_CHAIN: z
    .string()
    .regex(/^[0-9A-F]{4}$/, 'must be a relay chain id of 4 hex characters')
    .default('0021')
    .describe('relay chain whose sessions must be had before the gateway calls itself ready'),
  HEIGHT_POLL_MS: durationMs('pause between two looks at the height', 50).default(500),
  REQUEST_DEADLINE_MS: durationMs('longest time one call may take', 100).default(25_000),
  RELAY_ATTEMPTS_MAX: count('nodes that one call may be sent to').default(5),
  RELAY_ATTEMPT_TIMEOUT_MS: durationMs('longest time one node may take', 50).default(10_000),
  EXTRA_RELAYS_SHARE: z.coerce
    .number()
    .min(0)
    .max(1)
    // Each extra relay costs stake and earns a node, so the operator decides; retries that save a call are made either way.
    .default(0)
    .describe('relays that no call asked for (hedges, retries) per call; 0 hedges nothing, 0.1 is a good start'),
  PROBE_SHARE: z.coerce
    .number()
    .min(0)
    .max(0.5)
    // A probe is a relay too: where traffic is thin it opens a node that then earns too few relays to be paid.
    .default(0)
    .describe('probes of nodes per relay of clients, at most; 0 probes nothing, 0.02 is a good start'),
  PROBE_INTERVAL_MS: durationMs('shortest pause between two probes of one node', 50).default(250),
  RELAY_CONNECTIONS_PER_NODE: count('connections to one node').default(64),
  BODY_BYTES_MAX: bytes('largest request body and WebSocket frame').default(2 * 1024 * 1024),
  ANSWER_BYTES_MAX: bytes('largest answer of a node').default(50 * 1024 * 1024),
  BATCH_CALLS_MAX: count('calls in one batch').default(100),
  BATCH_CONCURRENCY: count('calls of one batch that are under way at the same time').default(16),
  CALLS_IN_FLIGHT_MAX: count('calls under way at the same time; more are refused as busy').default(10_000),
  CALLS_IN_FLIGHT_SHARED: count(
    'calls under way of which each tenant gets an equal part while several have calls; more of one are refused as busy',
  ).default(1_024),
  REFUSAL_HOLD_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(5_000)
    .default(REFUSAL_HOLD_MS)
    .describe('how long an answer with HTTP 429 is held, since some clients repeat at once; 0 holds none'),
  COMPRESSION: z
    .stringbool()
    .default(true)
    .describe('whether answers of 1 KiB and more are compressed for callers that accept it, and requests may be gzip'),
  WEBSOCKET_CONNECTIONS_MAX: count('WebSocket connections').default(10_000),
  SHUTDOWN_DELAY_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(8_000)
    .default(0)
    .describe('how long to serve with readiness withdrawn before closing, so that a balancer notices'),
  QUOTA_OUTAGE_UNITS_MAX: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('relays per application that may be admitted without a lease while Redis is away; 0 keeps limits exact'),
} as const;

/** The parsed environment. */
export type GatewayConfig = z.infer<z.ZodObject<typeof gatewayEnvironment>>;

/** Parses the environment once. Throws `ConfigError` naming every wrong variable. */
export function gatewayConfig(env?: NodeJS.ProcessEnv): GatewayConfig {
  return parseConfig(gatewayEnvironment, env);
}
