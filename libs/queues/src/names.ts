/** Redis key prefix of every queue. The braces put all keys of BullMQ into one Redis Cluster slot, which its scripts need. */
export const QUEUE_PREFIX = '{pokt}';

/** The queues of the product; one kind of work each, so that a backlog in one cannot starve another. */
export const QueueName = {
  /** Sealed receipt chunks on their way from a gateway's journal to PostgreSQL. */
  chunks: 'chunks',
  /** Steps of a session's settlement: tree, claim, proof. */
  settlement: 'settlement',
  /** Periodic work: stake synchronisation, failed jobs. */
  maintenance: 'maintenance',
  /** Closing of days and numbering of usage events. */
  usage: 'usage',
  /** Quota alerts: looking for crossed thresholds, and single attempts to deliver. */
  alerts: 'alerts',
} as const;

/** A queue's name as it stands in Redis. */
export type QueueName = (typeof QueueName)[keyof typeof QueueName];

/** Job names within the queues; a worker switches on them. */
export const JobName = {
  storeChunk: 'store-chunk',
  settleSession: 'settle-session',
  findDueSessions: 'find-due-sessions',
  synchroniseStakes: 'synchronise-stakes',
  closeDays: 'close-days',
  sequenceEvents: 'sequence-events',
  reconcileFailed: 'reconcile-failed',
  removeOld: 'remove-old',
  examineUsage: 'examine-usage',
  dispatchAlerts: 'dispatch-alerts',
  deliverAlert: 'deliver-alert',
} as const;

/** A job's name as it stands in Redis. */
export type JobName = (typeof JobName)[keyof typeof JobName];
