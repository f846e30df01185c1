import { pick, seededRandom, shuffled } from './random.js';
import { CUTS, type Cut } from './tcp-link.js';

/** What can happen to the system, with what it means. */
export const FAULT_KINDS = {
  'gateway-kill': 'kill -9 of a gateway, then started again on its journal',
  'worker-kill': 'kill -9 of the worker',
  'redis-kill': 'kill -9 of Redis, then its append-only file again',
  'postgres-kill': 'kill -9 of the primary, then the same data again',
  'postgres-failover': 'kill -9 of the primary and promotion of the synchronous standby',
  'disk-full': "a gateway's journal disk without a free byte",
  'redis-cut': 'the network between an app and Redis',
  'postgres-cut': 'the network between an app and PostgreSQL',
  'ledger-cut': "the network between an app and pocket-core's RPC",
  'nodes-cut': 'the network between gateways and a third of the service nodes',
  'devnet-stop': 'SIGSTOP of the network with all its nodes, then SIGCONT',
  'gateway-stop': 'SIGSTOP of a gateway, then SIGCONT',
  'worker-stop': 'SIGSTOP of the worker, then SIGCONT',
} as const;

/** Name of a kind of fault. */
export type FaultKind = keyof typeof FAULT_KINDS;

/** All kinds in the order of the table. */
export const ALL_KINDS = Object.keys(FAULT_KINDS) as FaultKind[];

/** One fault to come. Which of the fields matter depends on the kind. */
export interface PlannedFault {
  readonly kind: FaultKind;
  /** Load without a fault before it. */
  readonly gapMs: number;
  /** How long it lasts; after a kill, how long nothing is started. A promotion happens at once. */
  readonly forMs: number;
  readonly gateway: number;
  readonly party: 'gateway' | 'worker';
  readonly cut: Cut;
  /** Seeds what the network does to single connections and which nodes it strikes. */
  readonly seed: number;
}

/** What a schedule is made from; the same gives the same schedule. */
export interface ScheduleOptions {
  readonly seed: number;
  readonly faults: number;
  readonly kinds: readonly FaultKind[];
  readonly gateways: number;
  /** Mean gap; gaps are drawn evenly from half to one and a half of it. */
  readonly secondsBetween: number;
}

/** The faults of a run. Every kind comes as often as any other, one more or less, in an order that the seed chooses. */
export function planFaults(options: ScheduleOptions): PlannedFault[] {
  const random = seededRandom(options.seed);
  const plan: PlannedFault[] = [];
  let round: FaultKind[] = [];
  while (plan.length < options.faults) {
    if (round.length === 0) round = shuffled(random, options.kinds);
    plan.push({
      kind: round.pop()!,
      gapMs: Math.round(options.secondsBetween * 1_000 * (0.5 + random())),
      forMs: Math.round(300 + random() * 1_700),
      gateway: Math.floor(random() * options.gateways),
      party: pick(random, ['gateway', 'worker']),
      cut: pick(random, CUTS),
      seed: Math.floor(random() * 0x1_0000_0000),
    });
  }
  return plan;
}
