import { afterAll, expect, it } from 'vitest';
import { queueConnection } from '#libs/queues';
import { LEASE_SCRIPT } from '../../libs/quota/src/lease.script.js';
import { RECOVER_SCRIPT } from '../../libs/quota/src/recover.script.js';
import { REFUND_SCRIPT } from '../../libs/quota/src/refund.script.js';
import {
  type Hash,
  type ScriptServer,
  leaseScript,
  recoverScript,
  refundScript,
} from '../../tools/simulate/quota-scripts.js';
import { SeededRandom } from '../../tools/simulate/random.js';
import { createRedis } from '../support/database.js';

const redis = queueConnection(await createRedis(), 'worker');
afterAll(() => redis.disconnect());

/** The script with its questions to the server answered by the test. */
function withServer(script: string, server: ScriptServer): string {
  const info = `'run_id:${server.runId}\\nuptime_in_seconds:${server.uptimeSeconds}\\n'`;
  const seconds = Math.floor(server.micros / 1_000_000);
  return script
    .replaceAll(`redis.call('TIME')`, `({ ${seconds}, ${server.micros % 1_000_000} })`)
    .replaceAll(`redis.call('INFO', 'server')`, info)
    .replaceAll(`redis.call('INFO', 'commandstats')`, server.hasFlushed ? `'cmdstat_flushall'` : `''`)
    .replaceAll(`redis.call('INFO', 'replication')`, `'second_repl_offset:${server.isPromoted ? 77 : -1}'`);
}

/** What a process remembers of its lease: the arguments of its next call come from it, as in the limiter. */
interface Memory {
  sequence: number;
  day: number;
  held: number;
  spent: number;
  taken: number;
  version: number;
  epoch: number;
}

it('the simulator’s twin of the scripts answers and stores what the scripts do on Redis', async () => {
  let calls = 0;
  const statuses = new Set<number>();
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = new SeededRandom(seed);
    const key = `quota:{twin-${seed}}`;
    let twin: Hash = new Map();
    let snapshot: Hash = new Map();
    let server: ScriptServer = {
      micros: Date.parse('2028-02-28T23:59:50Z') * 1_000,
      runId: 'aa1',
      uptimeSeconds: 9_000,
      hasFlushed: false,
      isPromoted: false,
    };
    const memories = new Map<string, Memory>();
    for (let step = 0; step < 45; step += 1) {
      server = { ...server, micros: server.micros + random.between(1, 900_000) };
      if (random.chance(0.06)) {
        // A failover to an older state, a restart, or a flush.
        const kind = random.between(0, 2);
        if (kind === 0) twin = new Map(snapshot);
        if (kind > 0) twin = new Map();
        server = {
          ...server,
          runId: kind === 2 ? server.runId : `bb${step}`,
          uptimeSeconds: kind === 1 ? 0 : 9_000,
          hasFlushed: kind === 2,
          isPromoted: kind === 0,
        };
        await redis.del(key);
        if (twin.size > 0) await redis.hset(key, Object.fromEntries(twin));
      }
      if (random.chance(0.1)) snapshot = new Map(twin);
      const instance = `i${random.between(1, 3)}`;
      const memory = memories.get(instance) ?? {
        sequence: 0,
        day: -1,
        held: 0,
        spent: 0,
        taken: 0,
        version: 0,
        epoch: 0,
      };
      memories.set(instance, memory);
      let expected: unknown;
      let answered: unknown;
      const kind = random.next();
      if (kind < 0.05) {
        const args = [instance, String(memory.day), String(random.between(0, memory.spent))];
        expected = recoverScript(twin, args, server);
        answered = await redis.eval(withServer(RECOVER_SCRIPT, server), 1, key, ...args);
        memories.delete(instance);
      } else if (kind < 0.1) {
        const args = [instance, String(memory.day), String(random.between(1, 3))];
        expected = refundScript(twin, args);
        answered = await redis.eval(REFUND_SCRIPT, 1, key, ...args);
      } else {
        memory.sequence += random.chance(0.95) ? 1 : 0;
        memory.spent = Math.min(memory.held, memory.spent + random.between(0, 4));
        const args = [
          instance,
          memory.sequence,
          memory.day,
          memory.spent,
          memory.epoch,
          memory.version,
          memory.taken,
          memory.held,
          random.pick([20, 60, 60, 60]),
          random.pick([0, 8, 16]),
          16,
          1_500,
          random.pick([0, 0, 0, 1, 2]),
          random.chance(0.5) ? random.between(0, 12) : '',
          random.chance(0.2) ? memory.epoch : '',
          ...Array.from({ length: random.between(0, 3) }, () => random.between(1, 5)),
        ].map(String);
        const answer = leaseScript(twin, args, server);
        expected = answer;
        answered = await redis.eval(withServer(LEASE_SCRIPT, server), 1, key, ...args);
        const [status, day, , held, taken, version, epoch] = answer as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        statuses.add(status);
        if (status === 1) Object.assign(memory, { day, held: 0, spent: 0, taken: 0, version: 0, epoch: 0 });
        else if (status !== 4) Object.assign(memory, { held, taken, version, epoch });
      }
      calls += 1;
      expect(answered, `seed ${seed}, step ${step}`).toEqual(expected);
      expect(await redis.hgetall(key), `seed ${seed}, step ${step}`).toEqual(Object.fromEntries(twin));
    }
  }
  expect(calls).toBe(2_700);
  expect([...statuses].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
});
