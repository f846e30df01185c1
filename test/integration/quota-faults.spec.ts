import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type RedisConnection, queueConnection } from '#libs/queues';
import { type Admission, RedisDailyLimiter, type RedisDailyLimiterOptions } from '#libs/quota';
import { type RunningService, freePort, startRedis, temporaryDirectory } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function ownRedis(options: { directory?: string; port?: number } = {}): Promise<RunningService> {
  const service = await startRedis(options);
  closers.push(() => service.kill().catch(() => undefined));
  return service;
}

async function connect(url: string): Promise<RedisConnection> {
  const redis = queueConnection(url, 'producer');
  closers.push(() => redis.disconnect());
  await new Promise((resolve) => redis.once('ready', resolve));
  return redis;
}

/** Short times, so that an outage fits a test; the ratios are those of the defaults. */
const quick = { waitMs: 2_000, settleMs: 400, sweepMs: 50 } as const;

async function openLimiter(url: string, overrides: Partial<RedisDailyLimiterOptions> = {}): Promise<RedisDailyLimiter> {
  const redis = overrides.redis ?? (await connect(url));
  const limiter = new RedisDailyLimiter({ instanceId: randomUUID(), ...quick, ...overrides, redis });
  closers.push(() => limiter.drain());
  return limiter;
}

const openLimiters = (url: string, count: number): Promise<RedisDailyLimiter[]> =>
  Promise.all(Array.from({ length: count }, () => openLimiter(url)));

/** Offers single units in rounds of `width` to each limiter until `isOver`; hands every answer to `take`. */
async function offer(
  limiters: readonly RedisDailyLimiter[],
  applicationId: string,
  limit: number,
  isOver: (offered: number) => boolean,
  take: (answer: Admission) => void,
  width = 5,
): Promise<void> {
  let offered = 0;
  await Promise.all(
    limiters.map(async (limiter) => {
      while (!isOver(offered)) {
        const answers = await Promise.all(
          Array.from({ length: width }, () => Promise.resolve(limiter.admit(applicationId, 1, limit))),
        );
        offered += width;
        for (const answer of answers) take(answer);
        // Lets timers and sockets of the other limiters run: synchronous refusals alone would starve them.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }),
  );
}

describe('daily limiter under faults', () => {
  it.each([
    ['with an append-only file', true],
    ['without persistence', false],
  ])('admits exactly the limit when Redis %s is killed in the middle', async (_name, isDurable) => {
    const port = await freePort();
    const options = isDurable ? { port, directory: temporaryDirectory() } : { port };
    const service = await ownRedis(options);
    const limiters = await openLimiters(service.url, 4);
    const id = randomUUID();
    let admitted = 0;
    let unavailable = 0;
    let isRestarted = false;
    const restart: Array<Promise<unknown>> = [];
    await offer(
      limiters,
      id,
      5_000,
      () => isRestarted && admitted >= 5_000,
      (answer) => {
        if (answer.admitted) admitted += 1;
        else if (answer.reason === 'unavailable') unavailable += 1;
        if (admitted >= 1_500 && restart.length === 0) {
          restart.push(
            service
              .kill()
              .then(() => ownRedis(options))
              .then(() => (isRestarted = true)),
          );
        }
      },
    );
    await Promise.all(restart);
    await offer(
      limiters,
      id,
      5_000,
      (offered) => offered >= 2_000,
      (answer) => (admitted += answer.admitted ? 1 : 0),
    );
    expect(admitted).toBe(5_000);
    expect(unavailable).toBe(0);
  });

  it('admits exactly the limit over a FLUSHALL in the middle', async () => {
    const service = await ownRedis();
    const control = await connect(service.url);
    const limiters = await openLimiters(service.url, 4);
    const id = randomUUID();
    let admitted = 0;
    const flush: Array<Promise<unknown>> = [];
    await offer(
      limiters,
      id,
      5_000,
      () => admitted >= 5_000,
      (answer) => {
        admitted += answer.admitted ? 1 : 0;
        if (admitted >= 2_000 && flush.length === 0) flush.push(control.flushall());
      },
    );
    await Promise.all(flush);
    await offer(
      limiters,
      id,
      5_000,
      (offered) => offered >= 2_000,
      (answer) => (admitted += answer.admitted ? 1 : 0),
    );
    expect(admitted).toBe(5_000);
  });

  it('admits exactly the limit when Redis comes back with an older state, as a lagging replica would', async () => {
    const port = await freePort();
    const directory = temporaryDirectory();
    const primary = await startOnSnapshot(port, directory);
    const url = `redis://127.0.0.1:${port}`;
    const control = await connect(url);
    const limiters = await openLimiters(url, 4);
    const id = randomUUID();
    let admitted = 0;
    let isBack = false;
    const failover: Array<Promise<unknown>> = [];
    let snapshot: Promise<unknown> | null = null;
    await offer(
      limiters,
      id,
      5_000,
      () => isBack && admitted >= 5_000,
      (answer) => {
        admitted += answer.admitted ? 1 : 0;
        if (admitted >= 700) snapshot ??= control.save();
        if (admitted >= 2_500 && snapshot !== null && failover.length === 0) {
          failover.push(
            snapshot
              .then(() => killed(primary))
              .then(() => startOnSnapshot(port, directory))
              .then(() => (isBack = true)),
          );
        }
      },
    );
    await Promise.all(failover);
    await offer(
      limiters,
      id,
      5_000,
      (offered) => offered >= 2_000,
      (answer) => (admitted += answer.admitted ? 1 : 0),
    );
    expect(admitted).toBe(5_000);
  });

  it('asks PostgreSQL for the stored usage when Redis knows nothing about an application', async () => {
    const service = await ownRedis();
    const asked: string[] = [];
    const limiter = await openLimiter(service.url, {
      seed: async (applicationId, day) => {
        asked.push(`${applicationId} ${day}`);
        return 90;
      },
    });
    expect((await limiter.admit('a', 10, 100)).admitted).toBe(true);
    expect(await limiter.admit('a', 1, 100)).toMatchObject({ reason: 'spent', used: 100 });
    expect(asked).toEqual([`a ${new Date().toISOString().slice(0, 10)}`]);
  });

  it('does not take a look by a process without stored usage for an answer about it', async () => {
    const service = await ownRedis();
    const onlooker = await openLimiter(service.url);
    expect(await onlooker.peek('a', 100)).toMatchObject({ used: 0 });
    const limiter = await openLimiter(service.url, { seed: async () => 95 });
    expect((await limiter.admit('a', 5, 100)).admitted).toBe(true);
    expect(await limiter.admit('a', 1, 100)).toMatchObject({ reason: 'spent', used: 100 });
  });

  it('stays closed for an application while its stored usage cannot be read, and opens by itself', async () => {
    const service = await ownRedis();
    let isAway = true;
    let failures = 0;
    const limiter = await openLimiter(service.url, {
      waitMs: 1_000,
      hooks: { onSeedFailed: () => (failures += 1) },
      seed: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(0)),
    });
    expect(await limiter.admit('a', 1, 100)).toMatchObject({ reason: 'unavailable' });
    expect(failures).toBeGreaterThan(0);
    isAway = false;
    await waitFor('an admission', async () => (await limiter.admit('a', 1, 100)).admitted);
  });

  it('refuses as unavailable in bounded time while Redis is away, once the lease is used up', async () => {
    const service = await ownRedis();
    const limiter = await openLimiter(service.url, { waitMs: 300 });
    await waitFor('an admission', async () => (await limiter.admit('a', 1, 10_000)).admitted);
    await service.kill();
    const answers: Admission[] = [];
    for (let n = 0; n < 50; n += 1) answers.push(await limiter.admit('a', 1, 10_000));
    expect(answers[0]).toMatchObject({ admitted: true });
    expect(answers.at(-1)).toMatchObject({ admitted: false, reason: 'unavailable', limit: 10_000 });
    expect(limiter.admit('a', 1, 10_000)).not.toBeInstanceOf(Promise);
  });

  it('admits a bounded allowance while Redis is away where that is switched on, counts it and registers it afterwards', async () => {
    const port = await freePort();
    const service = await ownRedis({ port });
    let failOpen = 0;
    const limiter = await openLimiter(service.url, {
      waitMs: 300,
      outageUnitsMax: 30,
      hooks: { onFailOpen: (units) => (failOpen += units) },
    });
    await waitFor('an admission', async () => (await limiter.admit('a', 1, 10_000)).admitted);
    await service.kill();
    let admitted = 1;
    for (let n = 0; n < 100; n += 1) admitted += (await limiter.admit('a', 1, 10_000)).admitted ? 1 : 0;
    expect(failOpen).toBe(30);
    await ownRedis({ port });
    await waitFor('an admission', async () => (await limiter.admit('a', 1, 10_000)).admitted);
    const other = await openLimiter(service.url);
    expect((await other.peek('a', 10_000)).used).toBeGreaterThanOrEqual(admitted + 1);
  });

  it('gives a dead instance’s unspent lease back, once, and fences it', async () => {
    const service = await ownRedis();
    const dead = await openLimiter(service.url, { instanceId: 'dead', leaseIdleMs: 600_000 });
    const alive = await openLimiter(service.url);
    await waitFor('an admission', async () => (await dead.admit('a', 1, 1_000)).admitted);
    const { day } = await dead.admit('a', 1, 1_000);
    expect((await alive.admit('a', 998, 1_000)).admitted).toBe(false);
    const spent = new Map([['a', new Map([[day, 2]])]]);
    expect(await alive.recover('dead', spent)).toBeGreaterThan(0);
    expect(await alive.recover('dead', spent)).toBe(0);
    await waitFor('an admission', async () => (await alive.admit('a', 998, 1_000)).admitted);
    expect(await alive.admit('a', 1, 1_000)).toMatchObject({ reason: 'spent' });
    expect(await dead.admit('a', 500, 2_000)).toMatchObject({ reason: 'unavailable' });
  });

  it('returns idle leases, so that another gateway can spend them', async () => {
    const service = await ownRedis();
    const idle = await openLimiter(service.url, { leaseIdleMs: 100 });
    const busy = await openLimiter(service.url);
    await waitFor('an admission', async () => (await idle.admit('a', 1, 1_000)).admitted);
    await waitFor('an admission', async () => (await busy.admit('a', 999, 1_000)).admitted);
    expect((await idle.admit('a', 1, 1_000)).admitted).toBe(false);
  });

  it('spends from memory: a Redis call serves many admissions and refusals', async () => {
    const service = await ownRedis();
    let calls = 0;
    const limiter = await openLimiter(service.url, { hooks: { onRedisCall: () => (calls += 1) } });
    for (let n = 0; n < 20_000; n += 1) await limiter.admit('a', 1, 1_000_000);
    expect(calls).toBeLessThan(200);
    calls = 0;
    for (let n = 0; n < 20_000; n += 1) await limiter.admit('b', 1, 10);
    expect(calls).toBeLessThan(200);
  });

  it('cuts outstanding leases when the limit is lowered', async () => {
    const service = await ownRedis();
    const [first, second] = (await openLimiters(service.url, 2)) as [RedisDailyLimiter, RedisDailyLimiter];
    await waitFor('an admission', async () => (await first.admit('a', 1, 100_000)).admitted);
    for (let n = 1; n < 200; n += 1) await first.admit('a', 1, 100_000);
    expect(first.standing('a', 100_000)).toMatchObject({ used: 200 });
    expect(await first.admit('a', 1, 150)).toMatchObject({ admitted: false, reason: 'spent', used: 150 });
    expect(await second.peek('a', 100_000)).toMatchObject({ used: 200 });
  });
});

/** Redis that loads a snapshot if there is one and writes one only when told. */
async function startOnSnapshot(port: number, directory: string): Promise<ChildProcess> {
  const child = spawn(
    process.env['REDIS_SERVER'] ?? 'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  closers.push(() => child.kill('SIGKILL'));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('Ready to accept connections')) resolve();
    });
  });
  return child;
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
