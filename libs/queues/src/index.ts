export { JobName, QUEUE_PREFIX, QueueName } from './names.js';
export {
  CHUNK_BYTES_MAX,
  type DeliverAlertPayload,
  JobPayloadError,
  type JobPayload,
  type SettleSessionPayload,
  type StoreChunkPayload,
  type TickPayload,
  deliverAlertPayload,
  jobPayloads,
  parseJobPayload,
  settleSessionPayload,
  storeChunkPayload,
  tickPayload,
} from './payloads.js';
export {
  type QueueConnectionOptions,
  type QueueRole,
  RECONNECT_DELAY_MAX_MS,
  type RedisConnection,
  queueConnection,
  queueConnectionOptions,
} from './connection.js';
export { RedisSetupError } from './redis-setup.js';
export {
  BACKOFF_DELAY_MAX_MS,
  DEFAULT_JOB_OPTIONS,
  DEFAULT_WORKER_OPTIONS,
  backoffDelayMs,
  chunkJobOptions,
  jobId,
} from './job-options.js';
export { createQueue } from './queue.js';
