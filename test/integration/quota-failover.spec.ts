import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { queueConnection } from '#libs/queues';
import { RedisDailyLimiter } from '#libs/quota';
import { TcpLink } from '../../tools/faults/tcp-link.js';
import { promoteReplica, startRedisReplica } from '../support/redis-topologies.js';
import { type RunningService, startRedis } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function link(port: number): Promise<TcpLink> {
  const made = await TcpLink.start(port);
  closers.push(() => made.close());
  return made;
}

const owned = (service: RunningService): RunningService => {
  closers.push(() => service.kill());
  return service;
};

async function openLimiter(way: TcpLink): Promise<RedisDailyLimiter> {
  const redis = queueConnection(`redis://127.0.0.1:${way.port}`, 'producer');
  closers.push(() => redis.disconnect());
  await new Promise((resolve) => redis.once('ready', resolve));
  const limiter = new RedisDailyLimiter({ redis, instanceId: randomUUID(), sweepMs: 100, settleMs: 1_500 });
  closers.push(() => limiter.drain());
  return limiter;
}

describe('a failover to a replica that lags behind', () => {
  it('gives nothing out twice of an application that the replica never heard of', async () => {
    const primary = owned(await startRedis());
    const replication = await link(primary.port);
    const replica = owned(await startRedisReplica(replication.port));
    const [holderWay, otherWay] = [await link(primary.port), await link(primary.port)];
    const [holder, other] = [await openLimiter(holderWay), await openLimiter(otherWay)];
    // Both have looked at Redis for long enough to trust that nothing was flushed.
    await waitFor('an admission', async () => (await other.admit('earlier', 1, 10)).admitted);
    await new Promise((resolve) => setTimeout(resolve, 2_000));

    replication.cut('half-open', 1);
    expect((await holder.admit('new', 30, 37)).admitted).toBe(true);
    await primary.kill();
    await promoteReplica(replica);
    holderWay.cut('reset', 1);
    holderWay.retarget(replica.port);
    otherWay.retarget(replica.port);
    let admitted = 30;
    const asked: Array<Promise<void>> = [];
    for (let n = 0; n < 37; n += 1)
      asked.push(
        Promise.resolve(other.admit('new', 1, 37)).then((answer) => {
          admitted += answer.admitted ? 1 : 0;
        }),
      );
    // The holder comes back later than the other, but within the time that is given to register leases.
    const late = setTimeout(() => holderWay.restore(), 500);
    closers.push(() => clearTimeout(late));
    await Promise.all(asked);
    expect(admitted).toBe(37);
  }, 30_000);
});
