import { z } from 'zod';
import { csv, databaseUrl, durationMs, httpUrl, listenHost, logLevel, parseConfig, port, redisUrl } from '#libs/config';
import { CHUNK_RETENTION_MS_DEFAULT, EVENT_RETENTION_MS_DEFAULT } from '#libs/usage';
import { alertsEnvironment } from './alerts/config.js';

/** Environment of the worker. */
export const workerEnvironment = {
  DATABASE_URL: databaseUrl('PostgreSQL: chunks, usage and settlements in schema "metering"'),
  REDIS_URL: redisUrl('Redis of the queues'),
  POCKET_RPC_URLS: csv("URLs of pocket-core's RPC, tried in order").pipe(z.array(httpUrl('a URL')).min(1)),
  POCKET_RPC_TIMEOUT_MS: durationMs('time limit of one question to the ledger').default(5_000),
  POCKET_CHAIN_ID: z.string().min(1).max(50).default('localnet').describe('chain id that transactions are signed for'),
  SETTLER_PRIVATE_KEY: z
    .string()
    .regex(/^[0-9a-f]{128}$/, 'must be 128 lower-case hex digits')
    .describe("key that signs the nodes' claims and proofs"),
  LOG_LEVEL: logLevel(),
  WORKER_METRICS_HOST: listenHost('address of metrics and health').default('127.0.0.1'),
  WORKER_METRICS_PORT: port('port of metrics and health').default(4290),
  WORKER_CHUNK_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(4)
    .describe('chunks stored at the same time'),
  WORKER_SESSION_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(4)
    .describe('sessions settled at the same time'),
  SETTLEMENT_TICK_MS: durationMs('pause between two looks at the sessions', 50).default(1_000),
  SETTLEMENT_QUIET_MS: durationMs('age of the last chunk before a session is claimed', 0).default(2_500),
  VERIFY_SHARE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("share of the receipts whose node's signature is verified; a node with a wrong one is verified in full"),
  VERIFY_THREADS: z.coerce.number().int().min(1).max(64).default(2).describe('threads that verify signatures'),
  SUSPECT_MS: durationMs('time for which a node that signed wrongly is verified in full', 0).default(86_400_000),
  STAKE_SYNC_MS: durationMs("pause between two comparisons of the applications' stakes with the ledger", 100).default(
    3_000,
  ),
  RECONCILE_MS: durationMs('pause between two looks for failed and delayed jobs', 100).default(5_000),
  USAGE_TICK_MS: durationMs('pause between two looks for usage events to number and days to close', 50).default(1_000),
  CHUNK_RETENTION_MS: durationMs(
    'time for which the bytes of receipts are kept after their session was settled and their day closed',
    0,
  ).default(CHUNK_RETENTION_MS_DEFAULT),
  USAGE_EVENTS_RETENTION_MS: durationMs('time for which events of the usage feed are kept', 0).default(
    EVENT_RETENTION_MS_DEFAULT,
  ),
  RETENTION_TICK_MS: durationMs('pause between two looks for what is kept long enough', 50).default(60_000),
  USAGE_DAY_GRACE_MS: durationMs('time after 00:00 UTC until the day before is final', 0).default(900_000),
  RELAYS_PER_POKT_PER_DAY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(40)
    .describe('daily relays per staked POKT'),
  ...alertsEnvironment,
};

/** Parsed environment of the worker. */
export type WorkerConfig = z.infer<z.ZodObject<typeof workerEnvironment>>;

/** Reads the environment. Throws `ConfigError` that names every variable at fault. */
export function readWorkerConfig(env: NodeJS.ProcessEnv = process.env): WorkerConfig {
  return parseConfig(workerEnvironment, env);
}
