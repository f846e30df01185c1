import { type History, describeHappening, historyOf } from './history.js';
import type { Mutation } from './mutations.js';
import { World } from './world.js';

/** A history that breaks a promise. */
export interface Finding {
  readonly seed: number;
  readonly broken: string;
  /** The smallest history found that still breaks one. */
  readonly history: History;
}

/** What many seeds gave. */
export interface Outcome {
  readonly seeds: number;
  readonly events: number;
  readonly relays: number;
  readonly findings: readonly Finding[];
}

/** Runs one history; the broken promise in words, or null. */
export async function runHistory(
  history: History,
  mutation: Mutation | null,
): Promise<{ broken: string | null; world: World }> {
  const world = new World(history, mutation);
  const broken = await world.run();
  return { broken, world };
}

/** Runs seeds `from` to `from + count - 1` and stops after `findingsMax` broken ones; each is shrunk. */
export async function runSeeds(
  from: number,
  count: number,
  mutation: Mutation | null,
  findingsMax = 1,
): Promise<Outcome> {
  const findings: Finding[] = [];
  let events = 0;
  let relays = 0;
  let seeds = 0;
  for (; seeds < count && findings.length < findingsMax; seeds += 1) {
    const history = historyOf(from + seeds);
    const { broken, world } = await runHistory(history, mutation);
    events += world.timeline.events;
    relays += world.oracle.relays;
    if (broken !== null) findings.push(await shrink({ seed: history.seed, broken, history }, mutation));
  }
  return { seeds, events, relays, findings };
}

/** Leaves out one happening, and one call of a burst, after the other as long as a promise still breaks. */
async function shrink(found: Finding, mutation: Mutation | null): Promise<Finding> {
  let best = found;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const candidate of smaller(best.history)) {
      const { broken } = await runHistory(candidate, mutation);
      if (broken === null) continue;
      best = { ...best, broken, history: candidate };
      isSmaller = true;
      break;
    }
  }
  return best;
}

function* smaller(history: History): Generator<History> {
  const { happenings } = history;
  for (let size = Math.max(1, happenings.length >> 1); size >= 1; size >>= 1) {
    for (let at = 0; at < happenings.length; at += size) {
      yield { ...history, happenings: happenings.filter((_one, index) => index < at || index >= at + size) };
    }
  }
  for (const [at, one] of happenings.entries()) {
    if (one.kind !== 'calls' || one.units.length < 2) continue;
    yield { ...history, happenings: happenings.with(at, { ...one, units: one.units.slice(1) }) };
  }
}

/** A finding as text: what broke, and the happenings that break it. */
export function describeFinding(finding: Finding): string {
  const { seed, broken, history } = finding;
  const { gateways, workers, limit, startMs } = history;
  return [
    `seed ${seed}: ${broken}`,
    `  ${gateways} gateways, ${workers} workers, limit ${limit}, from ${new Date(startMs).toISOString()}`,
    ...history.happenings.map((one) => `  ${describeHappening(one)}`),
  ].join('\n');
}
