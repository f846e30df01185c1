import { SeededRandom } from './random.js';

/** One thing that happens to the simulated system from outside. */
export type Happening =
  | {
      readonly kind: 'calls';
      readonly gateway: number;
      readonly application: number;
      readonly units: readonly number[];
    }
  | { readonly kind: 'kill-gateway' | 'stop-gateway'; readonly gateway: number }
  | { readonly kind: 'crash-gateway-in-disk-call'; readonly gateway: number; readonly calls: number }
  | { readonly kind: 'kill-worker'; readonly worker: number }
  | { readonly kind: 'freeze-worker'; readonly worker: number; readonly ms: number }
  | { readonly kind: 'cut-network'; readonly gateway: number; readonly ms: number }
  | { readonly kind: 'kill-redis'; readonly keepsState: boolean; readonly ms: number }
  | { readonly kind: 'fail-over'; readonly lagMs: number }
  | { readonly kind: 'flush-redis' }
  | { readonly kind: 'lose-jobs' }
  | { readonly kind: 'redeliver' }
  | { readonly kind: 'postgres-away'; readonly ms: number }
  | { readonly kind: 'disk-full'; readonly ms: number };

/** Everything that one seed decides beforehand. */
export interface History {
  readonly seed: number;
  readonly startMs: number;
  readonly gateways: number;
  readonly workers: number;
  readonly limit: number;
  readonly happenings: ReadonlyArray<Happening & { readonly atMs: number }>;
}

/** Nights that matter, and one afternoon. */
const STARTS = ['2026-11-22T00:00:00Z', '2028-02-29T00:00:00Z', '2028-03-01T00:00:00Z', '2027-01-01T00:00:00Z'];
const AFTERNOON = '2026-11-21T15:00:00Z';
export const DURATION_MS = 6_000;

/** The history of a seed. */
export function historyOf(seed: number): History {
  const random = new SeededRandom(seed);
  const isNight = random.chance(0.4);
  const startMs = isNight ? Date.parse(random.pick(STARTS)) - random.between(500, 5_000) : Date.parse(AFTERNOON);
  const gateways = random.between(1, 3);
  const workers = random.between(1, 2);
  const limit = random.between(15, 90);
  const faults = random.between(0, 4);
  // A third of the histories dwell on one kind of fault: some bugs need the same thing to happen twice, or in the middle of a rush.
  const theme = random.chance(0.33) ? random.pick(THEMES) : null;
  const happenings: Array<Happening & { atMs: number }> = [];
  const bursts = random.between(4, 12);
  for (let n = 0; n < bursts; n += 1) {
    const units = Array.from({ length: random.between(1, 6) }, () => (random.chance(0.25) ? random.between(2, 7) : 1));
    happenings.push({
      kind: 'calls',
      gateway: random.between(0, gateways - 1),
      application: random.chance(0.8) ? 0 : 1,
      units,
      atMs: random.between(0, DURATION_MS - 1_000),
    });
  }
  for (let n = 0; n < faults; n += 1) {
    happenings.push({ ...faultOf(random, gateways, workers), atMs: random.between(50, DURATION_MS - 500) });
  }
  for (let n = 0; theme !== null && n < 6; n += 1) {
    happenings.push({ ...theme(random, gateways, workers), atMs: 900 + n * random.between(200, 800) });
  }
  return { seed, startMs, gateways, workers, limit, happenings: happenings.toSorted((a, b) => a.atMs - b.atMs) };
}

const rush = (random: SeededRandom, gateways: number): Happening => ({
  kind: 'calls',
  gateway: random.between(0, gateways - 1),
  application: 0,
  units: Array.from({ length: random.between(3, 8) }, () => random.between(1, 4)),
});

const THEMES: ReadonlyArray<(random: SeededRandom, gateways: number, workers: number) => Happening> = [
  (random, _gateways, workers) => ({ kind: 'kill-worker', worker: random.between(0, workers - 1) }),
  (random, gateways) =>
    random.chance(0.3) ? { kind: 'fail-over', lagMs: random.between(50, 300) } : rush(random, gateways),
  (random, gateways) =>
    random.chance(0.4) ? { kind: 'cut-network', gateway: 0, ms: random.between(5, 80) } : rush(random, gateways),
  (random, gateways) =>
    random.chance(0.3) ? { kind: 'kill-redis', keepsState: false, ms: 100 } : rush(random, gateways),
];

function faultOf(random: SeededRandom, gateways: number, workers: number): Happening {
  const gateway = random.between(0, gateways - 1);
  const worker = random.between(0, workers - 1);
  const faults: ReadonlyArray<() => Happening> = [
    () => ({ kind: 'kill-gateway', gateway }),
    () => ({ kind: 'stop-gateway', gateway }),
    () => ({ kind: 'crash-gateway-in-disk-call', gateway, calls: random.between(0, 14) }),
    () => ({ kind: 'crash-gateway-in-disk-call', gateway, calls: random.between(0, 4) }),
    () => ({ kind: 'kill-worker', worker }),
    () => ({ kind: 'kill-worker', worker }),
    () => ({ kind: 'freeze-worker', worker, ms: random.between(200, 2_500) }),
    () => ({ kind: 'cut-network', gateway, ms: random.between(5, 1_500) }),
    () => ({ kind: 'kill-redis', keepsState: random.chance(0.7), ms: random.between(50, 600) }),
    () => ({ kind: 'fail-over', lagMs: random.between(0, 300) }),
    () => ({ kind: 'flush-redis' }),
    () => ({ kind: 'lose-jobs' }),
    () => ({ kind: 'redeliver' }),
    () => ({ kind: 'postgres-away', ms: random.between(50, 1_500) }),
    () => ({ kind: 'disk-full', ms: random.between(50, 800) }),
  ];
  return random.pick(faults)();
}

/** A happening in words. */
export function describeHappening(happening: Happening & { readonly atMs: number }): string {
  const { kind, atMs, ...rest } = happening;
  const details = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${String(atMs).padStart(5)} ms  ${kind} ${details.join(' ')}`.trimEnd();
}
