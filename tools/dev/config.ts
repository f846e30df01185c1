import { databaseUrl, httpUrl, listenHost, parseConfig, port, redisUrl } from '#libs/config';
import { z } from 'zod';

/** What `npm start` reads from the environment, besides what it hands on to the apps. */
export const devEnvironment = {
  DATABASE_URL: databaseUrl('your PostgreSQL; without it an embedded one runs in .data/postgres').optional(),
  REDIS_URL: redisUrl('your Redis; without it one runs in .data/redis').optional(),
  CHAIN_URL: httpUrl('an EVM chain to serve; without it Anvil runs').optional(),
  POSTGRES_PORT: port('port of the embedded PostgreSQL').default(54_320),
  REDIS_PORT: port('port of the Redis that npm start runs').default(63_790),
  REDIS_SERVER: z.string().min(1).describe('path of the redis-server or valkey-server to run').optional(),
  GATEWAY_PROCESSES: z.coerce
    .number()
    .int()
    .min(1)
    .max(8)
    .default(1)
    .describe('how many gateways npm start runs, on consecutive ports'),
  GATEWAY_HOST: listenHost('address the gateway listens on').default('127.0.0.1'),
  GATEWAY_PORT: port('port of the first gateway').default(4000),
  GATEWAY_METRICS_PORT: port('metrics port of the first gateway').default(4090),
  ADMIN_HOST: listenHost('address the admin API listens on').default('127.0.0.1'),
  ADMIN_PORT: port('port of the admin API').default(4100),
  ADMIN_METRICS_PORT: port('metrics port of the admin API').default(4190),
  WORKER_METRICS_PORT: port('metrics and probe port of the worker').default(4290),
  DEVNET_PORT: port("port of the local network's RPC").default(4300),
  DEVNET_NODE_PORT_BASE: port('port of the first service node; the others follow').default(4310),
  DEVNET_NODES: z.coerce.number().int().min(1).max(1_000).describe('how many service nodes it runs').default(24),
  DEVNET_METRICS_PORT: port('metrics port of the local network').default(4390),
};

/** Parsed settings of `npm start`. */
export type DevConfig = ReturnType<typeof readDevConfig>;

/** @throws ConfigError naming each wrong variable. */
export function readDevConfig(env: NodeJS.ProcessEnv = process.env) {
  return { ...parseConfig(devEnvironment, env), environment: env };
}
