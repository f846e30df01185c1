import { afterAll, expect, it } from 'vitest';
import { queueConnection } from '#libs/queues';
import { RateLimiter } from '#libs/quota';
import { createRedis } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

const redis = queueConnection(await createRedis(), 'worker');
afterAll(() => redis.disconnect());

it('limits several processes together after one exchange', async () => {
  const limiters = Array.from({ length: 4 }, () => new RateLimiter({ redis, syncMs: 600_000 }));
  for (const limiter of limiters) for (let n = 0; n < 10; n += 1) limiter.take('k', 1, 40);
  await Promise.all(limiters.map((limiter) => limiter.synchronise()));
  await Promise.all(limiters.map((limiter) => limiter.synchronise()));
  expect(limiters.filter((limiter) => limiter.take('k', 20, 40).allowed)).toEqual([]);
  await waitFor('the second to pass', () => limiters[0]?.take('k', 30, 40).allowed ?? false);
  for (const limiter of limiters) limiter.stop();
});

it('shares what is left between two exchanges, so that processes that know of each other do not pass the limit', async () => {
  const limiters = Array.from({ length: 4 }, () => new RateLimiter({ redis, syncMs: 600_000 }));
  let taken = 0;
  const offer = (each: number): void => {
    for (let n = 0; n < each; n += 1)
      for (const limiter of limiters) taken += limiter.take('shared', 1, 400).allowed ? 1 : 0;
  };
  offer(25);
  for (let round = 0; round < 2; round += 1) await Promise.all(limiters.map((limiter) => limiter.synchronise()));
  offer(400);
  expect(taken).toBeGreaterThan(300);
  expect(taken).toBeLessThanOrEqual(408);
  for (const limiter of limiters) limiter.stop();
});
