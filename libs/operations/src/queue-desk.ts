import { QueueName, type RedisConnection, createQueue } from '#libs/queues';
import { type MutationContext, Mutations, type Page, uuidV7 } from '#libs/tenancy';
import type { Job, JobsOptions, Queue } from 'bullmq';
import { createHash } from 'node:crypto';
import { OperationsError } from './operations-error.js';

/** A queue as it stands. */
export interface QueueView {
  readonly name: string;
  readonly asOf: string;
  readonly counts: Readonly<Record<'waiting' | 'active' | 'delayed' | 'failed' | 'completed' | 'prioritized', number>>;
  /** Age of the job that waits longest; null: none waits. */
  readonly oldestWaitingMs: number | null;
  /** Jobs that ended a minute, over the last full minutes that workers counted; null: they count nothing. */
  readonly completedPerMinute: number | null;
  readonly failedPerMinute: number | null;
}

/** A job that failed for good, without what it carries. */
export interface FailedJob {
  readonly jobId: string;
  readonly name: string;
  readonly attempts: number;
  readonly failedReason: string;
  readonly createdAt: Date;
  readonly failedAt: Date | null;
  /** Names and sizes of what it carries; values only of fields that identify a session or a chunk. */
  readonly payload: Readonly<Record<string, string | number>>;
}

/** What was taken out of a queue by hand. */
export interface RemovedJob {
  readonly removalId: string;
  readonly queue: string;
  readonly jobId: string;
  readonly name: string;
  readonly attempts: number;
  readonly failedReason: string | null;
  readonly removedBy: string;
  readonly removedAt: Date;
  readonly restoredAt: Date | null;
}

const REMOVED_COLUMNS = `removal_id AS "removalId", queue, job_id AS "jobId", name, attempts, failed_reason AS "failedReason",
  removed_by AS "removedBy", removed_at AS "removedAt", restored_at AS "restoredAt"`;

/** Fields whose values say what a job is about and are no secret. */
const SHOWN = new Set(['version', 'chunkId', 'applicationPublicKeyHex', 'chain', 'sessionHeight', 'nodePublicKeyHex']);
const REASON_MAX = 500;
const RETRIED_MAX = 1_000;
const RATE_MINUTES = 5;

/**
 * What operators see of the queues and do to failed jobs. Whatever carries receipts is never lost by hand: what is removed is kept
 * in PostgreSQL with its content, in the transaction of its audit entry, before it leaves Redis, and can be put back.
 */
export class QueueDesk {
  readonly #queues: ReadonlyMap<string, Queue>;

  constructor(
    redis: RedisConnection,
    private readonly mutations: Mutations,
    private readonly now: () => number = Date.now,
  ) {
    this.#queues = new Map(Object.values(QueueName).map((name) => [name, createQueue(name, redis)]));
  }

  /** @throws OperationsError `queue-unavailable` */
  async list(): Promise<QueueView[]> {
    return this.#asked(() => Promise.all([...this.#queues.values()].map((queue) => this.#view(queue))));
  }

  /** Failed jobs, the latest failure first; the cursor is a place in that list. @throws OperationsError */
  async failed(name: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<FailedJob>> {
    const queue = this.#queue(name);
    const from = page.cursor === undefined ? 0 : Number(page.cursor);
    if (!Number.isSafeInteger(from) || from < 0) throw new OperationsError('invalid', 'The cursor is not one of ours.');
    const jobs = await this.#asked(() => queue.getFailed(from, from + page.limit));
    const items = jobs.slice(0, page.limit).map(shown);
    return { items, next: jobs.length > page.limit ? String(from + page.limit) : null };
  }

  /** Puts a failed job back to work. @throws OperationsError `not-found`, `job-not-failed`, `queue-unavailable` */
  async retry(context: MutationContext, name: string, jobId: string): Promise<FailedJob> {
    const job = await this.#failedJob(name, jobId);
    const view = shown(job);
    const { answer } = await this.mutations.run(context, () =>
      Promise.resolve({ answer: view, audit: auditOf('job.retry', name, jobId, view, null) }),
    );
    await this.#asked(async () => {
      if (await job.isFailed()) await job.retry('failed');
    });
    return answer;
  }

  /** Puts the failed jobs of a queue back to work, up to a thousand; answers how many there were. @throws OperationsError */
  async retryAll(context: MutationContext, name: string): Promise<{ readonly retried: number }> {
    const queue = this.#queue(name);
    const { failed = 0 } = await this.#asked(() => queue.getJobCounts('failed'));
    const retried = Math.min(failed, RETRIED_MAX);
    const { answer } = await this.mutations.run(context, () =>
      Promise.resolve({ answer: { retried }, audit: auditOf('job.retry-all', name, '*', { failed }, { retried }) }),
    );
    if (retried > 0) await this.#asked(() => queue.retryJobs({ state: 'failed', count: RETRIED_MAX }));
    return answer;
  }

  /** Takes a failed job out; its content is kept. @throws OperationsError `not-found`, `job-not-failed`, `queue-unavailable` */
  async remove(context: MutationContext, name: string, jobId: string): Promise<RemovedJob> {
    const job = await this.#failedJob(name, jobId);
    const { answer } = await this.mutations.run(context, async (manager) => {
      const [row] = await manager.query<RemovedJob[]>(
        `INSERT INTO operations.removed_jobs (removal_id, queue, job_id, name, data, failed_reason, attempts, removed_by, removed_at)
         VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, now()) RETURNING ${REMOVED_COLUMNS}`,
        [
          uuidV7(),
          name,
          jobId,
          job.name,
          JSON.stringify(job.data),
          job.failedReason?.slice(0, REASON_MAX) ?? null,
          job.attemptsMade,
          context.actor,
        ],
      );
      return { answer: row!, audit: auditOf('job.remove', name, jobId, shown(job), row!) };
    });
    // Only now: with the content kept, a fault here leaves a job too many and never one too few.
    await this.#asked(() => job.remove());
    return answer;
  }

  /** Puts back what was removed; under its old id, so that twice is once. @throws OperationsError `not-found`, `queue-unavailable` */
  async restore(context: MutationContext, removalId: string): Promise<RemovedJob> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const [before] = await manager.query<Array<RemovedJob & { data: unknown }>>(
        `SELECT ${REMOVED_COLUMNS}, data FROM operations.removed_jobs WHERE removal_id = $1 FOR UPDATE`,
        [removalId],
      );
      if (before === undefined) throw new OperationsError('not-found', 'Nothing was removed under this id.');
      const { data, ...view } = before;
      const options: JobsOptions = { jobId: before.jobId };
      await this.#asked(() => this.#queue(before.queue).add(before.name, data, options));
      await manager.query('UPDATE operations.removed_jobs SET restored_at = now() WHERE removal_id = $1', [removalId]);
      const after: RemovedJob = { ...view, restoredAt: new Date(this.now()) };
      return { answer: after, audit: auditOf('job.restore', before.queue, before.jobId, view, after) };
    });
    return answer;
  }

  /** Closes the queues; the connection is the caller's. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#queues.values()].map((queue) => queue.close()));
  }

  async #view(queue: Queue): Promise<QueueView> {
    const nowMs = this.now();
    const [counts, [oldest], completed, failed] = await Promise.all([
      queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'completed', 'prioritized'),
      queue.getWaiting(0, 0),
      queue.getMetrics('completed', 1, RATE_MINUTES),
      queue.getMetrics('failed', 1, RATE_MINUTES),
    ]);
    return {
      name: queue.name,
      asOf: new Date(nowMs).toISOString(),
      counts: counts as QueueView['counts'],
      oldestWaitingMs: oldest === undefined ? null : Math.max(0, nowMs - oldest.timestamp),
      completedPerMinute: rateOf(completed.data),
      failedPerMinute: rateOf(failed.data),
    };
  }

  #queue(name: string): Queue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw new OperationsError('not-found', 'There is no such queue.');
    return queue;
  }

  async #failedJob(name: string, jobId: string): Promise<Job> {
    const queue = this.#queue(name);
    return this.#asked(async () => {
      const job = (await queue.getJob(jobId)) as Job | undefined;
      if (job === undefined) throw new OperationsError('not-found', 'There is no such job.');
      if (!(await job.isFailed())) throw new OperationsError('job-not-failed', 'The job has not failed for good.');
      return job;
    });
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof OperationsError) throw error;
      throw new OperationsError('queue-unavailable', 'Redis does not answer, or the job is being worked on.');
    }
  }
}

function rateOf(data: readonly (number | string)[]): number | null {
  if (data.length === 0) return null;
  const sum = data.reduce<number>((total, count) => total + Number(count), 0);
  return Math.round((sum / data.length) * 10) / 10;
}

function shown(job: Job): FailedJob {
  const data = (job.data ?? {}) as Record<string, unknown>;
  const payload = Object.entries(data).map(([name, value]) => {
    const isShown = SHOWN.has(name) && (typeof value === 'number' || typeof value === 'string');
    return [isShown ? name : `${name}Bytes`, isShown ? value : (JSON.stringify(value) ?? '').length] as const;
  });
  return {
    jobId: job.id ?? '',
    name: job.name,
    attempts: job.attemptsMade,
    failedReason: (job.failedReason ?? '').slice(0, REASON_MAX),
    createdAt: new Date(job.timestamp),
    failedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn),
    payload: Object.fromEntries(payload) as Record<string, string | number>,
  };
}

/** Audit entries name things by UUID; a job gets the one that its queue and id always lead to. */
function auditOf(action: string, queue: string, jobId: string, before: object | null, after: object | null) {
  const hash = createHash('sha256').update(`${queue}\n${jobId}`).digest('hex');
  const subjectId = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  const named = (view: object | null) => (view === null ? null : { queue, jobId, ...view });
  return { tenantId: null, action, subjectType: 'job', subjectId, before: named(before), after: named(after) };
}
