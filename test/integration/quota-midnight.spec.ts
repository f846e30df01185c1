import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { type RedisConnection, queueConnection } from '#libs/queues';
import { RedisDailyLimiter, type RedisForQuota } from '#libs/quota';
import { createRedis } from '../support/database.js';

const url = await createRedis();
const control = queueConnection(url, 'worker');
const connections: RedisConnection[] = [control];
afterAll(() => {
  for (const connection of connections) connection.disconnect();
});

const OFFSET_KEY = 'test:offset';
const SHIFTED_TIME = `(function() local t = redis.call('TIME'); local o = tonumber(redis.call('GET', '${OFFSET_KEY}') or '0')
  local us = t[2] + o; return { t[1] + math.floor(us / 1000000), us % 1000000 } end)()`;

/** Moves Redis' clock as the scripts see it: every script's `TIME` gets the offset (microseconds) of a key. */
function withShiftedTime(redis: RedisConnection): RedisForQuota {
  return new Proxy(redis, {
    get(target, property) {
      if (property === 'evalsha') return () => Promise.reject(new Error('NOSCRIPT shifted'));
      if (property === 'eval') {
        return (script: string, keys: number, ...rest: Array<string | number>) =>
          target.eval(script.replaceAll(`redis.call('TIME')`, SHIFTED_TIME), keys, ...rest);
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as unknown as RedisForQuota;
}

async function setRedisClock(unixMs: number): Promise<void> {
  await control.set(OFFSET_KEY, String(Math.round((unixMs - Date.now()) * 1_000)));
}

describe('midnight', () => {
  it.each([
    ['an ordinary night', '2026-11-21T23:59:58.800Z', '2026-11-21', '2026-11-22'],
    ['the leap day', '2028-02-28T23:59:58.800Z', '2028-02-28', '2028-02-29'],
    ['the end of a year', '2026-12-31T23:59:58.800Z', '2026-12-31', '2027-01-01'],
  ])('gives each day its limit exactly, at 00:00 of Redis’ clock: %s', async (_name, start, before, after) => {
    const skews = [-2_000, -500, 500, 2_000];
    const limiters = await Promise.all(
      skews.map(async (skewMs) => {
        const redis = queueConnection(url, 'producer');
        connections.push(redis);
        await new Promise((resolve) => redis.once('ready', resolve));
        // The local clocks disagree by seconds and run 0.05 % too fast or too slow: they only measure how long ago Redis was asked.
        const clock = (): number => performance.now() * (1 + skewMs / 4_000_000) + skewMs;
        return new RedisDailyLimiter({
          redis: withShiftedTime(redis),
          instanceId: randomUUID(),
          clock,
          settleMs: 50,
          sweepMs: 20,
        });
      }),
    );
    const id = randomUUID();
    const limit = 1_000;
    const admitted = new Map<string, number>();
    let outOfOrder = 0;
    let offered = 0;
    await setRedisClock(Date.parse(start));
    const startedAt = performance.now();
    const midnightAt = startedAt + 1_200;
    await Promise.all(
      limiters.map(async (limiter) => {
        let last = '';
        let isOver = false;
        while (!isOver) {
          const answers = await Promise.all(
            Array.from({ length: 10 }, () => Promise.resolve(limiter.admit(id, 1, limit))),
          );
          for (const answer of answers) {
            offered += 1;
            if (answer.day < last) outOfOrder += 1;
            last = answer.day;
            if (answer.admitted) admitted.set(answer.day, (admitted.get(answer.day) ?? 0) + 1);
          }
          isOver =
            performance.now() > midnightAt + 300 && last === after && answers.every((answer) => !answer.admitted);
          await new Promise((resolve) => setImmediate(resolve));
        }
      }),
    );
    await Promise.all(limiters.map((limiter) => limiter.drain()));
    expect(offered).toBeGreaterThan(2 * limit);
    expect(outOfOrder).toBe(0);
    expect([...admitted]).toEqual([
      [before, limit],
      [after, limit],
    ]);
  });

  it('does not spend yesterday’s lease after midnight, nor refuse from yesterday’s memory', async () => {
    const redis = queueConnection(url, 'producer');
    connections.push(redis);
    await new Promise((resolve) => redis.once('ready', resolve));
    let now = 0;
    const limiter = new RedisDailyLimiter({
      redis: withShiftedTime(redis),
      instanceId: randomUUID(),
      clock: () => now,
      settleMs: 0,
      spentCacheMs: 86_400_000,
    });
    await setRedisClock(Date.parse('2026-11-21T23:00:00Z'));
    expect(await limiter.admit('lease', 1, 1_000)).toMatchObject({ admitted: true, day: '2026-11-21' });
    expect(limiter.admit('lease', 1, 1_000)).toMatchObject({ admitted: true, day: '2026-11-21' });
    expect(await limiter.admit('spent', 2, 1)).toMatchObject({ admitted: false });
    expect(limiter.admit('spent', 2, 1)).toMatchObject({
      admitted: false,
      resetAtMs: Date.parse('2026-11-22T00:00:00Z'),
    });

    now += 3_600_000;
    await setRedisClock(Date.parse('2026-11-22T00:00:00.001Z'));
    expect(await limiter.admit('lease', 1, 1_000)).toMatchObject({ admitted: true, day: '2026-11-22' });
    expect(await limiter.admit('spent', 1, 1)).toMatchObject({ admitted: true, day: '2026-11-22' });
    await limiter.drain();
  });
});
