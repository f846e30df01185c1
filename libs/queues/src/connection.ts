import { type RedisAddress, type SingleRedisAddress, parseRedisAddress } from '#libs/config';
import { Cluster, type ClusterOptions, type DNSLookupFunction, Redis, type RedisOptions } from 'ioredis';
import { explainSetup } from './redis-setup.js';

/** Who uses a connection: it decides what happens to commands while Redis is away. */
export type QueueRole = 'producer' | 'worker';

/** ioredis options with the reply shapes stated, as its types ask for. */
export type QueueConnectionOptions = RedisOptions & { replyMapping: 'legacy' };

/** A connection to one server, to the primary that Sentinels name, or to a Cluster. BullMQ and `#libs/quota` take all three. */
export type RedisConnection = Redis | Cluster;

/** Longest pause between two connection attempts: short, so that leases and chunks flow again at once after a restart. */
export const RECONNECT_DELAY_MAX_MS = 500;

/** Longest wait for a Sentinel's answer; the next one is asked after it. */
const SENTINEL_TIMEOUT_MS = 1_000;

/** How often the layout of a Cluster is read anew, besides each time a node sends a command elsewhere. */
const SLOTS_REFRESH_MS = 2_000;

const reconnectDelayMs = (attempt: number): number => Math.min(25 * 2 ** Math.min(attempt, 10), RECONNECT_DELAY_MAX_MS);

/**
 * ioredis 6 options by role.
 * - `producer`: fails fast. No offline queue and no retries, so that a request never hangs on Redis and the caller's own
 *   policy (chunks wait on disk, leases run out) decides.
 * - `worker`: waits for ever (`maxRetriesPerRequest: null` is BullMQ's demand) and picks up where it stopped.
 *
 * `socketTimeout` stays unset: any value arms a watchdog that ends BullMQ's blocking reads.
 */
export function queueConnectionOptions(role: QueueRole): QueueConnectionOptions {
  const shared: QueueConnectionOptions = {
    connectTimeout: 2_000,
    retryStrategy: reconnectDelayMs,
    enableReadyCheck: true,
    replyMapping: 'legacy',
  };
  return role === 'worker'
    ? { ...shared, maxRetriesPerRequest: null }
    : { ...shared, maxRetriesPerRequest: 0, enableOfflineQueue: false, autoResendUnfulfilledCommands: false };
}

/**
 * Opens a connection to Redis for queues (and, as `producer`, for `#libs/quota`). The caller owns it and calls `quit()` or `disconnect()`.
 * Connection errors are given to `onError`; without a listener ioredis would print them. A URL that does not fit the server behind
 * it comes as a `RedisSetupError` that says what to write.
 *
 * @throws RedisAddressError on a malformed URL.
 */
export function queueConnection(
  url: string,
  role: QueueRole,
  onError: (error: Error) => void = () => undefined,
): RedisConnection {
  const address = parseRedisAddress(url);
  const redis = address.kind === 'cluster' ? clusterConnection(address, role) : serverConnection(address, role);
  redis.on('error', onError);
  explainSetup(redis, address, onError);
  return redis;
}

function serverConnection(address: Exclude<RedisAddress, { kind: 'cluster' }>, role: QueueRole): Redis {
  const options = queueConnectionOptions(role);
  return address.kind === 'single' ? single(address, options) : new Redis({ ...options, ...sentinelOptions(address) });
}

const single = ({ url }: SingleRedisAddress, options: QueueConnectionOptions): Redis => new Redis(url, options);

function sentinelOptions(address: Extract<RedisAddress, { kind: 'sentinel' }>): QueueConnectionOptions {
  return {
    replyMapping: 'legacy',
    sentinels: address.sentinels.map(({ host, port }) => ({ host, port })),
    name: address.masterName,
    db: address.database,
    ...(address.username === null ? {} : { username: address.username }),
    ...(address.password === null ? {} : { password: address.password }),
    ...(address.sentinelUsername === null ? {} : { sentinelUsername: address.sentinelUsername }),
    ...(address.sentinelPassword === null ? {} : { sentinelPassword: address.sentinelPassword }),
    ...(address.tls ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
    sentinelRetryStrategy: reconnectDelayMs,
    sentinelReconnectStrategy: reconnectDelayMs,
    sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,
    // A primary that was replaced while it still answers (a cut network) must be left at once: what it leases is lost.
    failoverDetector: true,
  };
}

function clusterConnection(address: Extract<RedisAddress, { kind: 'cluster' }>, role: QueueRole): Cluster {
  const { retryStrategy: _reconnect, enableOfflineQueue: _queue, ...redisOptions } = queueConnectionOptions(role);
  const options = {
    replyMapping: 'legacy',
    clusterRetryStrategy: reconnectDelayMs,
    enableOfflineQueue: role === 'worker',
    retryDelayOnFailover: 100,
    retryDelayOnClusterDown: 100,
    slotsRefreshTimeout: 2_000,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
    // Certificates name hosts, so names are not resolved before TLS sees them.
    ...(address.tls ? { dnsLookup: keepName } : {}),
    redisOptions: {
      ...redisOptions,
      ...(address.username === null ? {} : { username: address.username }),
      ...(address.password === null ? {} : { password: address.password }),
      ...(address.tls ? { tls: {} } : {}),
    },
  } satisfies ClusterOptions & { replyMapping: 'legacy' };
  return new Cluster(
    address.nodes.map(({ host, port }) => ({ host, port })),
    options,
  );
}

const keepName: DNSLookupFunction = (host, done) => done(null, host);
