import { Gateways } from './gateways.js';
import { type LimitCase, type LimitOutcome, type LimitRun, runLimitCase } from './cases.js';

/** What a campaign runs. */
export interface CampaignOptions {
  readonly cases: readonly LimitCase[];
  readonly processes: readonly number[];
  readonly firstSeed: number;
  readonly seeds: number;
  /** Runs at the same time, each with a Redis and gateway processes of its own. */
  readonly lanes: number;
  readonly onOutcome?: (outcome: LimitOutcome, done: number, of: number) => void;
}

/** Whether a run kept the promise: nothing beyond the limit, and nothing unused but what processes held. */
export function isSound(outcome: LimitOutcome): boolean {
  return outcome.over === 0 && outcome.undershoot <= outcome.leases && outcome.days > 0;
}

/** Runs every case with every number of processes and every seed. */
export async function runCampaign(options: CampaignOptions): Promise<LimitOutcome[]> {
  const runs: LimitRun[] = [];
  for (let seed = options.firstSeed; seed < options.firstSeed + options.seeds; seed += 1) {
    for (const processes of options.processes)
      for (const name of options.cases) runs.push({ case: name, processes, seed });
  }
  const of = runs.length;
  const outcomes: LimitOutcome[] = [];
  const lanes = Array.from({ length: Math.min(options.lanes, runs.length) }, async () => {
    const gateways = Gateways.start(Math.max(...options.processes));
    try {
      for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
        const outcome = await runLimitCase(run, gateways);
        outcomes.push(outcome);
        options.onOutcome?.(outcome, outcomes.length, of);
      }
    } finally {
      gateways.kill();
    }
  });
  await Promise.all(lanes);
  return outcomes;
}
