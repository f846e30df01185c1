import { UnrecoverableError, Worker } from 'bullmq';
import { afterEach, describe, expect, it } from 'vitest';
import {
  DEFAULT_WORKER_OPTIONS,
  JobName,
  QUEUE_PREFIX,
  QueueName,
  chunkJobOptions,
  createQueue,
  queueConnection,
} from '#libs/queues';
import { startRedis } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function redisWithQueue() {
  const redis = await startRedis();
  closers.push(() => redis.kill());
  const connection = queueConnection(redis.url, 'producer');
  closers.push(() => connection.disconnect());
  await new Promise((resolve) => connection.once('ready', resolve));
  const queue = createQueue(QueueName.maintenance, connection);
  const work = (process: () => Promise<void>): Worker => {
    const workerConnection = queueConnection(redis.url, 'worker');
    const worker = new Worker(QueueName.maintenance, process, {
      ...DEFAULT_WORKER_OPTIONS,
      prefix: QUEUE_PREFIX,
      connection: workerConnection,
    });
    worker.on('error', () => undefined);
    closers.push(async () => {
      await worker.close(true);
      workerConnection.disconnect();
    });
    return worker;
  };
  return { redis, connection, queue, work };
}

describe('queues', () => {
  it('retries a job that failed', async () => {
    const { queue, work } = await redisWithQueue();
    let attempts = 0;
    work(async () => {
      attempts += 1;
      if (attempts < 3) throw new Error('PostgreSQL is away');
    });
    const job = await queue.add(JobName.reconcileFailed, { version: 1 });
    await waitFor('completion', async () => (await queue.getJobState(job.id ?? '')) === 'completed');
    expect(attempts).toBe(3);
  });

  it('keeps a job that failed for good, with its reason', async () => {
    const { queue, work } = await redisWithQueue();
    work(() => Promise.reject(new UnrecoverableError('payload')));
    await queue.add(JobName.reconcileFailed, { version: 1 });
    await waitFor('the failure', async () => (await queue.getFailedCount()) === 1);
    expect((await queue.getFailed())[0]?.failedReason).toBe('payload');
  });

  it('takes a chunk’s job once however often it is added', async () => {
    const { queue } = await redisWithQueue();
    const id = 'ab'.repeat(32);
    await Promise.all(
      Array.from({ length: 5 }, () => queue.add(JobName.storeChunk, { version: 1 }, chunkJobOptions(id))),
    );
    expect(await queue.count()).toBe(1);
  });

  it('uses one Cluster slot', async () => {
    const { connection, queue } = await redisWithQueue();
    await queue.add(JobName.reconcileFailed, { version: 1 });
    const keys = await connection.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.every((key) => key.startsWith('{pokt}:'))).toBe(true);
  });

  it('fails fast for a producer while Redis is away, and works again when it is back', async () => {
    const { redis, queue } = await redisWithQueue();
    await redis.kill();
    const startedAt = performance.now();
    await expect(queue.add(JobName.reconcileFailed, { version: 1 })).rejects.toThrow(/closed|writeable|connect/i);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    const again = await startRedis({ port: redis.port });
    closers.push(() => again.kill());
    await waitFor('the queue', async () => Boolean(await queue.add(JobName.reconcileFailed, { version: 1 })));
  });
});
