import { type LoadSource, runLoad } from './load.js';
import type { LoadJob, LoadResult } from './programs/load-job.js';
import type { Sample } from './sample.js';
import type { GatewayTarget, Target } from './world.js';

/** A small call as wallets send it. */
export const CALL =
  '{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x407d73d8a49eeb85d32cf465507dd71d507100c1","latest"]}';

/** One load on one target. */
export interface Measurement {
  readonly target: Target | GatewayTarget;
  readonly job: Omit<LoadJob, 'port'>;
  /** Calls of the gateway in one request; null: do not compare with what the gateway says it served. */
  readonly callsPerRequest?: number | null;
}

/**
 * Runs the loads at the same time and adds them up. Rates and processor time count calls, not requests. What a gateway counted as
 * served is compared with what clients got.
 */
export async function measure(source: LoadSource, measurements: readonly Measurement[]): Promise<Sample> {
  const before = await Promise.all(measurements.map(({ target }) => state(target)));
  const results = await Promise.all(
    measurements.map(({ target, job }) => runLoad(source, { ...job, port: target.port })),
  );
  const after = await Promise.all(measurements.map(({ target }) => state(target)));
  let [perSecond, calls, cpuUs, residentMiB, failures] = [0, 0, 0, 0, 0];
  for (const [index, { callsPerRequest = 1 }] of measurements.entries()) {
    const [result, then, now] = [results[index] as LoadResult, before[index] as State, after[index] as State];
    const each = callsPerRequest ?? 1;
    perSecond += (result.answers * each) / result.seconds;
    calls += result.answersInAll * each;
    cpuUs += now.cpuUs - then.cpuUs;
    residentMiB += now.residentMiB;
    if (callsPerRequest === null) continue;
    failures += result.failures;
    // A call under way at the end is served without being answered.
    if (now.served !== null && then.served !== null)
      failures += Math.max(0, result.answersInAll * each - (now.served - then.served));
  }
  const worst = (field: 'p50Us' | 'p99Us'): number => Math.max(...results.map((result) => result[field]));
  return {
    perSecond,
    calls,
    cpuUs: cpuUs / calls,
    p50Us: worst('p50Us'),
    p99Us: worst('p99Us'),
    residentMiB,
    failures,
  };
}

interface State {
  readonly cpuUs: number;
  readonly residentMiB: number;
  /** Calls that the gateway says it served; null for what is no gateway. */
  readonly served: number | null;
}

async function state(target: Target | GatewayTarget): Promise<State> {
  let served: number | null = null;
  if ('metricsUrl' in target) {
    const text = await (await fetch(target.metricsUrl)).text();
    served = 0;
    for (const [, value] of text.matchAll(/^gateway_calls_total\{[^}]*outcome="served"[^}]*\} (\d+)/gm))
      served += Number(value);
  }
  return { cpuUs: target.process.cpuUs(), residentMiB: target.process.residentMiB(), served };
}
