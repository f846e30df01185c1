import type { DefaultJobOptions, JobsOptions, WorkerOptions } from 'bullmq';

/**
 * Options of every job. BullMQ's defaults lose work: one attempt, and a job that stalled once is failed.
 * The backoff type is the product's own (see {@link DEFAULT_WORKER_OPTIONS}): BullMQ's exponential one has no ceiling.
 * Completed jobs are kept only briefly because a chunk job carries its bytes; PostgreSQL remembers the chunk's identity for ever.
 * Failed jobs are kept, all of them: the reconciler retries them and an operator can read why.
 */
export const DEFAULT_JOB_OPTIONS = {
  attempts: 1_000,
  backoff: { type: 'bounded' },
  removeOnComplete: { count: 64, age: 300 },
  removeOnFail: false,
} as const satisfies DefaultJobOptions;

/** Longest pause between two attempts; see {@link backoffDelayMs}. */
export const BACKOFF_DELAY_MAX_MS = 30_000;

/** Pause before attempt `attemptsMade + 1`: exponential with a ceiling, so that 1,000 attempts span hours and not centuries. */
export function backoffDelayMs(attemptsMade: number): number {
  return Math.min(250 * 2 ** Math.min(attemptsMade - 1, 10), BACKOFF_DELAY_MAX_MS);
}

/**
 * Worker options of every queue. A stall is a killed worker, not a bad job: with the default of one allowed stall 20 kills
 * ended 16 of 200 batches as failed, so the count is high. The lock is short, so that another worker takes over soon.
 */
export const DEFAULT_WORKER_OPTIONS = {
  maxStalledCount: 1_000,
  lockDuration: 15_000,
  stalledInterval: 5_000,
  settings: { backoffStrategy: backoffDelayMs },
  // Ended jobs a minute, counted in Redis for an hour: what operators read as a queue's pace.
  metrics: { maxDataPoints: 60 },
} as const satisfies Omit<WorkerOptions, 'connection'>;

/** A job id may not contain a colon (BullMQ 6 refuses it): joins parts with `.`, colons in them become `-`. */
export function jobId(...parts: ReadonlyArray<string | number>): string {
  return parts.map((part) => String(part).replaceAll(':', '-')).join('.');
}

/** Options of a chunk's job: its id is the chunk's identity, so that adding it twice is one job. */
export function chunkJobOptions(chunkId: string): JobsOptions {
  return { jobId: chunkId };
}
