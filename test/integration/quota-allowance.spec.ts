import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type RedisConnection, queueConnection } from '#libs/queues';
import { SessionAllowance } from '#libs/quota';
import { freePort, startRedis } from '../support/services.js';
import { createRedis } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

const url = await createRedis();
const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function connect(to: string): Promise<RedisConnection> {
  const redis = queueConnection(to, 'producer');
  closers.push(() => redis.disconnect());
  await new Promise((resolve) => redis.once('ready', resolve));
  return redis;
}

const open = async (): Promise<SessionAllowance> => new SessionAllowance({ redis: await connect(url) });

/** Takes relays until every gateway is refused; how many each node was sent. */
async function spend(
  gateways: readonly SessionAllowance[],
  session: string,
  nodes: readonly string[],
  allowance: number,
) {
  const sent = new Map<string, number>();
  await Promise.all(
    gateways.map(async (gateway) => {
      let isRefused = false;
      while (!isRefused) {
        const taken = await Promise.all(
          nodes.flatMap((node) =>
            Array.from({ length: 5 }, async () => {
              const isTaken = await gateway.take(session, node, allowance);
              if (isTaken) sent.set(node, (sent.get(node) ?? 0) + 1);
              return isTaken;
            }),
          ),
        );
        isRefused = !taken.includes(true);
      }
    }),
  );
  return sent;
}

describe('the allowance that gateways share', () => {
  it.each([1, 7, 250, 3_000])(
    'sends each node its allowance of %i and not one more, over four gateways',
    async (allowance) => {
      const gateways = await Promise.all([open(), open(), open(), open()]);
      const sent = await spend(gateways, randomUUID(), ['a', 'b', 'c'], allowance);
      expect([...sent.values()]).toEqual([allowance, allowance, allowance]);
      expect(gateways[0]?.take(randomUUID(), 'a', 0)).toBe(false);
    },
  );

  it('asks Redis once for many relays, and not at all when the allowance is known to be spent', async () => {
    const redis = await connect(url);
    let calls = 0;
    const counted = {
      evalsha: (...args: Parameters<typeof redis.evalsha>) => {
        calls += 1;
        return redis.evalsha(...args);
      },
      eval: (...args: Parameters<typeof redis.eval>) => redis.eval(...args),
    } as ConstructorParameters<typeof SessionAllowance>[0]['redis'];
    const gateway = new SessionAllowance({ redis: counted });
    const session = randomUUID();
    await spend([gateway], session, ['a'], 5_000);
    expect(calls).toBeLessThan(100);
    expect(gateway.take(session, 'a', 5_000)).toBe(false);
  });

  it('lets relays go without a lease while Redis is away, counts them, and tells Redis of them afterwards', async () => {
    const port = await freePort();
    const first = await startRedis({ port });
    closers.push(() => first.kill());
    let unshared = 0;
    const gateway = new SessionAllowance({
      redis: await connect(first.url),
      waitMs: 100,
      pauseMs: 50,
      onUnshared: () => (unshared += 1),
    });
    expect(await gateway.take('s', 'a', 100)).toBe(true);
    await first.kill();
    for (let n = 0; n < 40; n += 1) expect(await gateway.take('s', 'a', 100)).toBe(true);
    expect(unshared).toBeGreaterThan(0);
    const again = await startRedis({ port });
    closers.push(() => again.kill());
    const other = new SessionAllowance({ redis: await connect(again.url) });
    const before = unshared;
    await waitFor('a lease', async () => {
      const was = unshared;
      await gateway.take('s', 'a', 100);
      return unshared === was;
    });
    const taken = 41 + (unshared - before);
    const rest = await spend([other], 's', ['a'], 100);
    expect(rest.get('a') ?? 0).toBeLessThanOrEqual(100 - taken);
  });

  it('begins anew with what a gateway holds when Redis lost its state, and the node refuses the rest', async () => {
    const redis = await connect(url);
    const [one, other] = [await open(), await open()];
    const session = randomUUID();
    for (let n = 0; n < 60; n += 1) await one.take(session, 'a', 100);
    await redis.del(`allowance:{${session}}`);
    const sent = await spend([one, other], session, ['a'], 100);
    // The gateway that still sends tells what it holds; what nobody tells is the node's to refuse.
    expect(60 + (sent.get('a') ?? 0)).toBeLessThanOrEqual(160);
    expect(await one.take(session, 'a', 100)).toBe(false);
  });
});
