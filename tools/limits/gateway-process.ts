import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { queueConnection } from '#libs/queues';
import { RedisDailyLimiter } from '#libs/quota';
import { SeededRandom } from '../simulate/random.js';
import type { GatewayOrder, GatewayResult } from './protocol.js';
import { withShiftedClock } from './shifted-clock.js';

/** Rounds without a single admission after which a process asks for single units only, because a batch may not fit what is left. */
const SPENT_ROUNDS = 4;
/** Single units refused after that, after which it takes the limit for spent. */
const SPENT_PROBES = 3;

/**
 * One gateway's limiter as a process of its own. Reads orders as lines of JSON, answers `connected`, `spent` and the result; between orders
 * it only waits. Everything it decides on is in the order, so that a seed repeats it.
 */
async function run(order: GatewayOrder, started: Promise<void>, stopped: Promise<void>): Promise<GatewayResult> {
  const random = new SeededRandom(order.seed);
  const redis = queueConnection(order.url, 'producer');
  await new Promise((resolve) => redis.once('ready', resolve));
  const admitted: Record<string, number> = {};
  const refused: Record<string, number> = {};
  let unavailable = 0;
  let leased = 0;
  let leaseWorst = 0;
  let spent = 0;
  const limiter = new RedisDailyLimiter({
    redis: withShiftedClock(redis),
    instanceId: order.instanceId,
    settleMs: 600,
    sweepMs: 50,
    waitMs: 4_000,
    leaseIdleMs: 60_000,
    // Local clocks disagree by seconds and drift; they may only measure how long ago Redis was asked.
    clock: () => performance.now() * (1 + order.skewMs / 4_000_000) + order.skewMs,
    hooks: {
      onLease: (units) => {
        leased += units;
        leaseWorst = Math.max(leaseWorst, leased - spent);
      },
    },
  });
  say({ kind: 'connected' });
  await started;
  let isStopped = false;
  void stopped.then(() => (isStopped = true));
  let emptyRounds = 0;
  let isTold = false;
  while (!isStopped) {
    const isProbing = emptyRounds >= SPENT_ROUNDS;
    const width = isProbing ? 1 : order.style === 'burst' ? 1 + Math.floor(random.next() * 200) : 5;
    const round = Array.from({ length: width }, () =>
      order.style === 'batch' && !isProbing ? 1 + Math.floor(random.next() * 20) : 1,
    );
    const answers = await Promise.all(
      round.map((units) => Promise.resolve(limiter.admit(order.applicationId, units, order.limit))),
    );
    let isEmpty = true;
    for (const [at, answer] of answers.entries()) {
      const units = round[at] ?? 0;
      if (answer.admitted) {
        isEmpty = false;
        spent += units;
        admitted[answer.day] = (admitted[answer.day] ?? 0) + units;
      } else if (answer.reason === 'spent') refused[answer.day] = (refused[answer.day] ?? 0) + units;
      else {
        unavailable += units;
        isEmpty = false;
      }
    }
    emptyRounds = isEmpty ? emptyRounds + 1 : 0;
    const isSpent = emptyRounds >= SPENT_ROUNDS + SPENT_PROBES;
    if (isSpent !== isTold) {
      isTold = isSpent;
      say({ kind: isTold ? 'spent' : 'spending' });
    }
    await delay(order.style === 'burst' ? order.paceMs * 20 * random.next() : order.paceMs);
  }
  const unspent = leased - spent;
  await limiter.drain();
  redis.disconnect();
  return { admitted, refused, unavailable, unspent, leaseWorst };
}

const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

let start: () => void = () => undefined;
let stop: () => void = () => undefined;
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'start') return start();
  if (line === 'stop') return stop();
  const started = new Promise<void>((resolve) => (start = resolve));
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  run(JSON.parse(line) as GatewayOrder, started, stopped).then(
    (result) => say({ kind: 'result', result }),
    (error: unknown) => say({ kind: 'failed', reason: String(error) }),
  );
});
