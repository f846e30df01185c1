import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../stack/wait-for.js';
import { readMinted, readNodes, readReceipts, readSettled } from './audit.js';
import { FaultySystem } from './faulty-system.js';
import { type FaultKind, planFaults } from './schedule.js';
import { type Evidence, type Invariant, type KindRow, type PastFault, judge } from './verdict.js';

const GATEWAYS = 2;

/** Time for the last sessions to be claimed, proven or given up. */
const SETTLE_MS = 240_000;

/** Billing that did not move for so long is complete; chunks are sealed and shipped sooner. */
const STILL_MS = 8_000;

/** What a run is asked for. */
export interface RunOptions {
  readonly seed: number;
  readonly faults: number;
  readonly kinds: readonly FaultKind[];
  readonly secondsBetween: number;
  readonly rate: number;
  /** Called with a line about where the run is. */
  readonly progress?: (line: string) => void;
  /** Ends the run early: everything is stopped and the promise rejects. */
  readonly signal?: AbortSignal;
}

/** What came of a run. */
export interface RunResult {
  readonly rows: readonly KindRow[];
  readonly invariants: readonly Invariant[];
  readonly holds: boolean;
  readonly seconds: number;
  readonly notes: readonly string[];
}

/** Starts a system, sends relays, breaks its parts one after another and compares what everybody counted. */
export async function runFaults(options: RunOptions): Promise<RunResult> {
  const startedAt = performance.now();
  const say = options.progress ?? (() => undefined);
  const pause = (ms: number): Promise<void> =>
    delay(ms, undefined, options.signal ? { signal: options.signal } : undefined);
  say('starting PostgreSQL, Redis, a network, two gateways, admin and worker');
  const system = new FaultySystem();
  // What `stop` does not reach any more, because the process ends before.
  const kill = (): void => system.kill();
  process.once('exit', kill);
  try {
    const started = system.start({ gateways: GATEWAYS, rate: options.rate, kinds: options.kinds });
    await Promise.race([started, ...(options.signal ? [aborted(options.signal)] : [])]);
    const kinds = options.kinds.filter((kind) => !system.leftOut.has(kind));
    if (kinds.length === 0) throw new Error(system.notes.join(' '));
    const plan = planFaults({ ...options, kinds, gateways: GATEWAYS });
    const faults: PastFault[] = [];
    const served = (): number =>
      system.tenants.reduce(
        (sum, { load }) => sum + load.outcomes.reduce((count, outcome) => count + Number(outcome.isAnswered), 0),
        0,
      );
    for (const [index, fault] of plan.entries()) {
      await pause(fault.gapMs);
      say(`fault ${index + 1} of ${plan.length}: ${fault.kind} · ${served().toLocaleString('en')} relays served`);
      system.file(index);
      const startedAtMs = Date.now();
      const past = { kind: fault.kind, startedAtMs, seconds: 0 };
      faults.push(past);
      past.seconds = await system.perform(fault, pause);
      options.signal?.throwIfAborted();
    }
    await pause(2_000);
    say('the last fault is over: spending the small daily limit to its end');
    await system.finishLoad(pause);
    say('waiting for the last sessions to be settled');
    await settled(system, options.signal);
    const { stack } = system;
    const evidence: Evidence = {
      faults,
      outcomes: system.tenants.flatMap(({ load }) => load.outcomes),
      inFlightAtKills: system.inFlightAtKills,
      recorded: await readReceipts(stack.dataSource),
      settled: await readSettled(stack.dataSource),
      nodes: await readNodes(stack.rpcUrl),
      mintedByLedgerUpokt: await readMinted(stack.dataSource),
      dailyLimits: new Map(system.tenants.map(({ tenant, dailyLimit }) => [tenant.applicationId, dailyLimit])),
    };
    const { rows, invariants } = judge(evidence);
    return {
      rows,
      invariants,
      holds: invariants.every((each) => each.holds),
      seconds: (performance.now() - startedAt) / 1_000,
      notes: system.notes,
    };
  } finally {
    await system.stop();
    process.off('exit', kill);
  }
}

/** Rejects once the signal says so. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** Waits for billing to be complete and every session closed; what is still open after that is for the verdict. */
async function settled(system: FaultySystem, signal: AbortSignal | undefined): Promise<void> {
  let billed = -1;
  let since = performance.now();
  try {
    await waitFor(
      'settlement',
      async () => {
        if (signal?.aborted) return true;
        const now = await readSettled(system.stack.dataSource);
        if (now.billedByUsage !== billed) {
          billed = now.billedByUsage;
          since = performance.now();
        }
        return now.openSessions === 0 && performance.now() - since > STILL_MS;
      },
      SETTLE_MS,
      500,
    );
  } catch (error) {
    system.notes.push((error as Error).message);
  }
  signal?.throwIfAborted();
}
