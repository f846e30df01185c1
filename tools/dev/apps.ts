import { join } from 'node:path';
import type { DevConfig } from './config.js';
import { DEMO_EVM_CHAIN_ID } from './demo.js';
import { gatewayName } from './ports.js';
import type { Secrets } from './secrets.js';
import type { ProcessSpec } from './supervised-process.js';

/** What the apps are given besides their ports. */
export interface AppSettings {
  readonly root: string;
  /** The data directory. */
  readonly directory: string;
  readonly config: DevConfig;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** The four apps as they run from `dist`, in the order of starting within each group. */
export interface AppSpecs {
  readonly devnet: ProcessSpec;
  readonly gateways: readonly ProcessSpec[];
  readonly admin: ProcessSpec;
  readonly worker: ProcessSpec;
}

/** Environment of every app; a variable that the caller has set wins over the generated value. */
export function appSpecs(settings: AppSettings): AppSpecs {
  const { config, secrets } = settings;
  const shared = {
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl,
    POCKET_RPC_URLS: devnetUrl(config),
    CHAIN_OVERRIDES: `0021=${DEMO_EVM_CHAIN_ID}`,
  };
  return {
    devnet: app(settings, 'devnet', 'devnet', `${devnetUrl(config)}/readyz`, {
      ...shared,
      DEVNET_PORT: config.DEVNET_PORT,
      DEVNET_NODE_PORT_BASE: config.DEVNET_NODE_PORT_BASE,
      DEVNET_METRICS_PORT: config.DEVNET_METRICS_PORT,
      DEVNET_DIR: join(settings.directory, 'devnet'),
      SETTLER_PUBLIC_KEY: secrets.settlerPublicKey,
      TREASURY_ADDRESS: secrets.treasuryAddress,
      ...(config.CHAIN_URL ? { CHAIN_URL: config.CHAIN_URL } : {}),
    }),
    gateways: Array.from({ length: config.GATEWAY_PROCESSES }, (_unused, index) =>
      app(settings, 'gateway', gatewayName(index), `${gatewayUrl(config, index)}/readyz`, {
        ...shared,
        GATEWAY_HOST: config.GATEWAY_HOST,
        GATEWAY_PORT: config.GATEWAY_PORT + index,
        GATEWAY_METRICS_PORT: config.GATEWAY_METRICS_PORT + index,
        GATEWAY_CLIENT_PRIVATE_KEY: secrets.gatewayClientPrivateKey,
        API_KEY_PEPPER: secrets.apiKeyPepper,
        GATEWAY_PUBLIC_URL: gatewayUrl(config, index),
        JOURNAL_DIR: join(settings.directory, 'journal'),
      }),
    ),
    admin: app(settings, 'admin', 'admin', `${adminUrl(config)}/readyz`, {
      ...shared,
      ADMIN_HOST: config.ADMIN_HOST,
      ADMIN_PORT: config.ADMIN_PORT,
      ADMIN_METRICS_PORT: config.ADMIN_METRICS_PORT,
      ADMIN_PUBLIC_URL: adminUrl(config),
      ADMIN_INVITATION_URL: `${adminUrl(config)}/docs`,
      GATEWAY_URL: gatewayUrl(config),
      ADMIN_TOKEN: secrets.adminToken,
      API_KEY_PEPPER: secrets.apiKeyPepper,
      APPLICATION_KEYS_KEK: secrets.applicationKeysKek,
      ALERTS_KEK: secrets.alertsKek,
      ALERTS_LOOPBACK_HOSTS: '127.0.0.1,localhost',
      GATEWAY_CLIENT_PUBLIC_KEY: secrets.gatewayClientPublicKey,
      TREASURY_PRIVATE_KEY: secrets.treasuryPrivateKey,
    }),
    worker: app(settings, 'worker', 'worker', `${workerUrl(config)}/readyz`, {
      ...shared,
      WORKER_METRICS_PORT: config.WORKER_METRICS_PORT,
      SETTLER_PRIVATE_KEY: secrets.settlerPrivateKey,
      ALERTS_KEK: secrets.alertsKek,
      ALERTS_LOOPBACK_HOSTS: '127.0.0.1,localhost',
    }),
  };
}

/** Where the gateway with this index (0 is the first) answers. */
export function gatewayUrl(config: DevConfig, index = 0): string {
  return `http://${reachableHost(config.GATEWAY_HOST)}:${config.GATEWAY_PORT + index}`;
}

/** Where the admin API answers. */
export function adminUrl(config: DevConfig): string {
  return `http://${reachableHost(config.ADMIN_HOST)}:${config.ADMIN_PORT}`;
}

/** Where the local network's RPC answers. */
export function devnetUrl(config: DevConfig): string {
  return `http://127.0.0.1:${config.DEVNET_PORT}`;
}

/** Where the worker's probes and metrics are. */
export function workerUrl(config: DevConfig): string {
  return `http://127.0.0.1:${config.WORKER_METRICS_PORT}`;
}

/** "Every address" is nothing that one can connect to from a browser; localhost is. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function app(
  settings: AppSettings,
  program: string,
  name: string,
  readyUrl: string,
  variables: Readonly<Record<string, string | number>>,
): ProcessSpec {
  const { environment } = settings.config;
  const given = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)]));
  const secretsOfUser = Object.fromEntries(
    Object.entries(environment).filter(([key, value]) => value !== '' && OVERRIDABLE.has(key)),
  );
  return {
    name,
    command: process.execPath,
    args: ['--enable-source-maps', join(settings.root, 'dist', 'apps', program, 'src', 'main.js')],
    env: { NODE_ENV: 'development', ...environment, ...given, ...secretsOfUser },
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 20_000,
    readyTimeoutMs: 90_000,
    ready: async () => (await fetch(readyUrl, { signal: AbortSignal.timeout(2_000) })).ok,
  };
}

/** Variables that are taken from the caller as they are; ports and addresses went through the configuration already. */
const OVERRIDABLE = new Set([
  'POCKET_RPC_URLS',
  'GATEWAY_URL',
  'GATEWAY_PUBLIC_URL',
  'CHAIN_OVERRIDES',
  'JOURNAL_DIR',
  'DEVNET_DIR',
]);
