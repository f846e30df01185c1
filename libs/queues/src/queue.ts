import { Queue } from 'bullmq';
import type { RedisConnection } from './connection.js';
import { DEFAULT_JOB_OPTIONS } from './job-options.js';
import { QUEUE_PREFIX, type QueueName } from './names.js';

/**
 * A queue for producers, with the product's prefix and job options, on a connection the caller owns (role `producer`).
 * `skipWaitingForReady` makes `add` reject at once while Redis is away instead of waiting for it.
 * The caller calls `close()`, then ends the connection.
 */
export function createQueue(
  name: QueueName,
  connection: RedisConnection,
  onError: (error: Error) => void = () => undefined,
): Queue {
  const queue = new Queue(name, {
    connection,
    prefix: QUEUE_PREFIX,
    defaultJobOptions: DEFAULT_JOB_OPTIONS,
    skipWaitingForReady: true,
    // BullMQ asks for the version once, at creation. On a connection that is not up yet that fails, and from then on so
    // does every `add`, also after the connection has come up.
    skipVersionCheck: true,
  });
  queue.on('error', onError);
  return queue;
}
