import { Worker } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  DEFAULT_WORKER_OPTIONS,
  QUEUE_PREFIX,
  QueueName,
  RedisSetupError,
  createQueue,
  queueConnection,
} from '#libs/queues';
import { RateLimiter, RedisDailyLimiter } from '#libs/quota';
import { dailyLimiterContract } from '../../libs/quota/src/testing/daily-limiter.contract.js';
import { type RedisTopology, startRedisCluster, startRedisSentinel } from '../support/redis-topologies.js';
import { startRedis, temporaryDirectory } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const quick = { waitMs: 8_000, settleMs: 600, sweepMs: 100 } as const;

async function openLimiter(url: string): Promise<RedisDailyLimiter> {
  const redis = queueConnection(url, 'producer');
  await new Promise((resolve) => redis.once('ready', resolve));
  const limiter = new RedisDailyLimiter({ redis, instanceId: randomUUID(), ...quick });
  closers.push(() => limiter.drain().then(() => redis.disconnect()));
  return limiter;
}

describe.each([
  ['Sentinel', startRedisSentinel],
  ['Cluster', startRedisCluster],
])('Redis %s', (name, start) => {
  let topology: RedisTopology;
  beforeAll(async () => {
    topology = await start();
  }, 60_000);
  afterAll(() => topology.stop());

  dailyLimiterContract(
    `on a Redis ${name}`,
    async () => ({
      open: () => openLimiter(topology.url),
      newApplicationId: () => randomUUID(),
      close: async () => {
        for (const close of closers.splice(0).toReversed()) await close();
      },
    }),
    3,
  );

  it('shares per-second limits', async () => {
    const redis = queueConnection(topology.url, 'worker');
    closers.push(() => redis.disconnect());
    const limiters = Array.from({ length: 2 }, () => new RateLimiter({ redis, syncMs: 600_000 }));
    for (const limiter of limiters) for (let n = 0; n < 10; n += 1) limiter.take('key:k', 1, 20);
    for (let round = 0; round < 2; round += 1) await Promise.all(limiters.map((limiter) => limiter.synchronise()));
    expect(limiters.map((limiter) => limiter.take('key:k', 5, 20).allowed)).toEqual([false, false]);
    for (const limiter of limiters) limiter.stop();
  });

  it('carries jobs and admits exactly the limit over the death of a primary', async () => {
    const handled = new Set<string>();
    const connection = queueConnection(topology.url, 'worker');
    const worker = new Worker(QueueName.chunks, async (job) => void handled.add(String(job.id)), {
      ...DEFAULT_WORKER_OPTIONS,
      prefix: QUEUE_PREFIX,
      connection,
    });
    worker.on('error', () => undefined);
    closers.push(() => worker.close(true).then(() => connection.disconnect()));
    const producer = queueConnection(topology.url, 'producer');
    closers.push(() => producer.disconnect());
    const queue = createQueue(QueueName.chunks, producer);
    closers.push(() => queue.close());
    const send = async (jobId: string): Promise<void> => {
      await waitFor(`job ${jobId} to be taken`, () =>
        queue.add('store-chunk', {}, { jobId }).then(
          () => true,
          () => false,
        ),
      );
      // What a failover lost is sent again, as the shipper of receipts does until PostgreSQL holds the chunk.
      await waitFor(
        `job ${jobId} to be handled`,
        async () => {
          if (handled.has(jobId)) return true;
          await queue.add('store-chunk', {}, { jobId }).catch(() => undefined);
          return false;
        },
        30_000,
        1_000,
      );
    };
    await send('before');

    const limiters = await Promise.all(Array.from({ length: 4 }, () => openLimiter(topology.url)));
    const applicationId = randomUUID();
    const limit = 3_000;
    let admitted = 0;
    const kills: Array<Promise<unknown>> = [];
    const spend = async (isOver: () => boolean): Promise<void> => {
      await Promise.all(
        limiters.map(async (limiter) => {
          while (!isOver()) {
            const answers = await Promise.all(
              Array.from({ length: 5 }, () => Promise.resolve(limiter.admit(applicationId, 1, limit))),
            );
            for (const answer of answers) admitted += answer.admitted ? 1 : 0;
            if (admitted >= 1_000 && kills.length === 0) kills.push(topology.killPrimary(`quota:{${applicationId}}`));
            await new Promise((resolve) => setImmediate(resolve));
          }
        }),
      );
    };
    const deadline = performance.now() + 30_000;
    await spend(() => admitted >= limit || performance.now() > deadline);
    await Promise.all(kills);
    let offered = 0;
    await spend(() => (offered += 5) > 2_000);
    expect(admitted).toBe(limit);
    await send('after');
  }, 90_000);
});

describe('a Redis URL that does not fit its server', () => {
  const problemOf = async (url: string): Promise<string> => {
    const told = new Promise<string>((resolve) => {
      const redis = queueConnection(url, 'producer', (error) => {
        if (error instanceof RedisSetupError) resolve(error.message);
      });
      closers.push(() => redis.disconnect());
    });
    return told;
  };

  it('says which form of URL a Sentinel needs, which name it lacks, and where no Sentinel is', async () => {
    const topology = await startRedisSentinel();
    closers.push(() => topology.stop());
    const hosts = /\/\/(.*)\//.exec(topology.url)?.[1] ?? '';
    expect(await problemOf(`redis+sentinel://${hosts}/other`)).toMatch(/watch no primary called "other"/);
    expect(await problemOf(`redis://${hosts.split(',')[0]}`)).toMatch(/names a Sentinel\. Write redis\+sentinel:/);
    const plain = await startRedis();
    closers.push(() => plain.kill());
    expect(await problemOf(`redis+sentinel://127.0.0.1:${plain.port}/portal`)).toMatch(/is not a Sentinel/);
    expect(await problemOf(`redis+cluster://127.0.0.1:${plain.port}`)).toMatch(/are not a Redis Cluster/);
  }, 60_000);

  it('says that a node of a Cluster needs redis+cluster', async () => {
    const node = await startRedis({
      settings: ['--cluster-enabled', 'yes', '--databases', '1', '--dir', temporaryDirectory()],
    });
    closers.push(() => node.kill());
    expect(await problemOf(node.url)).toMatch(/one node of a Redis Cluster\. Write redis\+cluster:/);
  });

  it('says that a login is missing', async () => {
    const locked = await startRedis({ settings: ['--requirepass', 'canary'] });
    closers.push(() => locked.kill());
    const sentence = await problemOf(`redis://:wrong@127.0.0.1:${locked.port}`);
    expect(sentence).toMatch(/refuses the login/);
    expect(sentence).not.toMatch(/wrong|canary/);
  });
});
