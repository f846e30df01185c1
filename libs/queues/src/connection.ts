import { Redis, type RedisOptions } from 'ioredis';

/** Who uses a connection: it decides what happens to commands while Redis is away. */
export type QueueRole = 'producer' | 'worker';

/** ioredis options with the reply shapes stated, as its types ask for. */
export type QueueConnectionOptions = RedisOptions & { replyMapping: 'legacy' };

/** Longest pause between two connection attempts: short, so that leases and chunks flow again at once after a restart. */
export const RECONNECT_DELAY_MAX_MS = 500;

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
 * Connection errors are given to `onError`; without a listener ioredis would print them.
 */
export function queueConnection(
  url: string,
  role: QueueRole,
  onError: (error: Error) => void = () => undefined,
): Redis {
  const redis = new Redis(url, queueConnectionOptions(role));
  redis.on('error', onError);
  return redis;
}
