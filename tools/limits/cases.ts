import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type RedisConnection, queueConnection } from '#libs/queues';
import { TcpLink } from '../faults/tcp-link.js';
import { SeededRandom } from '../simulate/random.js';
import { promoteReplica, startRedisReplica } from '../stack/redis-topologies.js';
import { type RunningService, removeDirectory, startRedis, temporaryDirectory } from '../stack/services.js';
import { waitFor } from '../stack/wait-for.js';
import { DelayedLink } from './delayed-link.js';
import type { Gateways } from './gateways.js';
import type { GatewayResult, LoadStyle } from './protocol.js';
import { moveClock } from './shifted-clock.js';

/** What is done to a limit, by name. */
export const LIMIT_CASES = {
  steady: 'units in fives at a steady pace',
  burst: 'up to 200 at once at random moments',
  batch: 'batches of 1 to 20 units, all or nothing',
  midnight: 'the day turns while it is spent, local clocks wrong by up to 2 s',
  'leap-day': 'the same into and out of 29 February',
  'redis-kill': 'kill -9 of Redis, then its append-only file again',
  failover: 'kill -9 of the primary, promotion of a replica 300 ms behind',
  flushall: 'FLUSHALL',
} as const;

/** Name of a case. */
export type LimitCase = keyof typeof LIMIT_CASES;

/** Units a day in each run. */
export const LIMIT = 3_000;

const LAG_MS = 300;
/** Units offered a second by all processes together: the limit lasts longer than it takes a fault to come. */
const UNITS_PER_SECOND = 3_000;
const SKEWS_MS = [-2_000, -500, 500, 2_000] as const;
/** What midnight is approached from: time enough to spend the first day. */
const BEFORE_MIDNIGHT_MS = 3_000;

/** One run of one case. */
export interface LimitRun {
  readonly case: LimitCase;
  readonly processes: number;
  readonly seed: number;
}

/** What came of it, over the days that were spent to their end. */
export interface LimitOutcome extends LimitRun {
  readonly days: number;
  readonly admitted: number;
  readonly limit: number;
  /** Units beyond the limit of a day. */
  readonly over: number;
  /** Units of spent days that nobody was given. */
  readonly undershoot: number;
  /** Units that processes held unspent at the end; `undershoot` may not exceed it. */
  readonly leases: number;
  /** The most that one process ever held unspent. */
  readonly leaseWorst: number;
  readonly unavailable: number;
  readonly seconds: number;
}

/** A Redis of its own behind a link, and how it is broken. */
interface Bench {
  readonly url: string;
  readonly control: RedisConnection;
  /** The case's fault; at once, when it is over everything works again. */
  fault(): Promise<void>;
  close(): Promise<void>;
}

/** Runs one case on the first processes of `gateways`. */
export async function runLimitCase(run: LimitRun, gateways: Gateways): Promise<LimitOutcome> {
  const startedAt = performance.now();
  const random = new SeededRandom(run.seed * 8 + run.processes);
  const bench = await openBench(run.case);
  try {
    const applicationId = randomUUID();
    const turns = run.case === 'midnight' || run.case === 'leap-day';
    const midnight = midnightOf(run);
    if (turns) await moveClock(bench.control, midnight - BEFORE_MIDNIGHT_MS);
    const style: LoadStyle = run.case === 'burst' || run.case === 'batch' ? run.case : 'steady';
    const unitsPerRound = style === 'batch' ? 50 : 5;
    await gateways.prepare(
      Array.from({ length: run.processes }, (_, index) => ({
        url: bench.url,
        instanceId: randomUUID(),
        applicationId,
        limit: LIMIT,
        style,
        seed: run.seed * 100 + index,
        paceMs: (run.processes * unitsPerRound * 1_000) / UNITS_PER_SECOND,
        skewMs: turns ? (SKEWS_MS[(run.seed + index) % SKEWS_MS.length] ?? 0) : 0,
      })),
    );
    if (turns) await moveClock(bench.control, midnight - BEFORE_MIDNIGHT_MS);
    gateways.start(run.processes);
    const begunAt = performance.now();
    await delay(150 + random.next() * 500);
    await bench.fault();
    // Nothing is given out while processes register, so what looks spent until then may not be.
    const lastAt = begunAt + (turns ? BEFORE_MIDNIGHT_MS + 400 : 0);
    await waitFor(
      'the limit to be spent',
      () => performance.now() > lastAt && gateways.isSpent(run.processes),
      30_000,
      50,
    );
    return outcomeOf(run, await gateways.finish(run.processes), (performance.now() - startedAt) / 1_000);
  } finally {
    await bench.close();
  }
}

function outcomeOf(run: LimitRun, results: readonly GatewayResult[], seconds: number): LimitOutcome {
  const admitted = new Map<string, number>();
  const spentDays = new Set<string>();
  for (const result of results) {
    for (const [day, units] of Object.entries(result.admitted)) admitted.set(day, (admitted.get(day) ?? 0) + units);
    for (const day of Object.keys(result.refused)) spentDays.add(day);
  }
  const sum = (of: (result: GatewayResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const days = [...spentDays].map((day) => admitted.get(day) ?? 0);
  return {
    ...run,
    days: days.length,
    admitted: days.reduce((total, units) => total + units, 0),
    limit: LIMIT * days.length,
    over: [...admitted.values()].reduce((total, units) => total + Math.max(0, units - LIMIT), 0),
    undershoot: days.reduce((total, units) => total + Math.max(0, LIMIT - units), 0),
    leases: sum((result) => Math.max(0, result.unspent)),
    leaseWorst: Math.max(...results.map((result) => result.leaseWorst)),
    unavailable: sum((result) => result.unavailable),
    seconds,
  };
}

/** Midnight between the two days of a run, Unix milliseconds. */
function midnightOf({ case: name, seed }: LimitRun): number {
  if (name !== 'leap-day') return Date.UTC(2026, 10, 22);
  return seed % 2 === 0 ? Date.UTC(2028, 1, 29) : Date.UTC(2028, 2, 1);
}

async function openBench(name: LimitCase): Promise<Bench> {
  const directory = temporaryDirectory('portal-limits-');
  const running: RunningService[] = [];
  const closers: Array<() => Promise<unknown>> = [];
  const primary = await startRedis(name === 'redis-kill' ? { directory } : {});
  running.push(primary);
  const way = await TcpLink.start(primary.port);
  const control = queueConnection(primary.url, 'worker');
  const replication = name === 'failover' ? await DelayedLink.start(primary.port, LAG_MS) : null;
  const replica = replication === null ? null : await startRedisReplica(replication.port);
  if (replica !== null) running.push(replica);
  const fault = async (): Promise<void> => {
    if (name === 'flushall') await control.flushall();
    if (name === 'redis-kill') {
      await primary.kill();
      running.push(await startRedis({ port: primary.port, directory }));
    }
    if (replica !== null && replication !== null) {
      await primary.kill();
      replication.cut();
      await promoteReplica(replica);
      way.retarget(replica.port);
    }
  };
  return {
    url: `redis://127.0.0.1:${way.port}`,
    control,
    fault,
    close: async () => {
      control.disconnect();
      await way.close();
      await replication?.close();
      for (const close of closers) await close();
      await Promise.all(running.map((one) => one.kill()));
      removeDirectory(directory);
    },
  };
}
