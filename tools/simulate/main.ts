import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { MUTATIONS, type Mutation, isMutation } from './mutations.js';
import { type Finding, type Outcome, describeFinding, runSeeds } from './simulate.js';

const USAGE = `usage: npm run simulate -- [--seeds N] [--seed S] [--mutation <name> | --mutations]
  --seeds N          run N seeds (1000)
  --seed S           the first seed (1)
  --mutation <name>  plant a bug and look for it; exit code 1 when it is not found
  --mutations        plant each bug in turn
  bugs: ${Object.keys(MUTATIONS).join(', ')}
`;

interface Share {
  readonly from: number;
  readonly count: number;
  readonly mutation: Mutation | null;
}

/** Seeds a thread runs before it reports and is given more, so that threads end together. */
const SHARE_SEEDS = 500;

/** Runs the seeds on all cores. */
async function runOnAllCores(from: number, count: number, mutation: Mutation | null): Promise<Outcome> {
  const shares: Share[] = [];
  for (let at = 0; at < count; at += SHARE_SEEDS)
    shares.push({ from: from + at, count: Math.min(SHARE_SEEDS, count - at), mutation });
  const outcomes: Outcome[] = [];
  const isFound = (): boolean => outcomes.some((outcome) => outcome.findings.length > 0);
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), shares.length) }, async () => {
      for (let share = shares.shift(); share !== undefined && !isFound(); share = shares.shift())
        outcomes.push(await runInThread(share));
    }),
  );
  return {
    seeds: sum(outcomes.map((outcome) => outcome.seeds)),
    events: sum(outcomes.map((outcome) => outcome.events)),
    relays: sum(outcomes.map((outcome) => outcome.relays)),
    findings: outcomes.flatMap((outcome) => outcome.findings).toSorted((a, b) => a.seed - b.seed),
  };
}

function runInThread(share: Share): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: share });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      mutation: { type: 'string' },
      mutations: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [seeds, seed] = [Number(values.seeds), Number(values.seed)];
  const { mutation } = values;
  if (values.help || !Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(seed)) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  if (mutation !== undefined && !isMutation(mutation)) {
    process.stderr.write(`unknown mutation ${mutation}\n${USAGE}`);
    return 2;
  }
  if (values.mutations) return (await findAll(seed, seeds)) ? 0 : 1;
  const startedAt = performance.now();
  const outcome = await runOnAllCores(seed, seeds, mutation ?? null);
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const finding of outcome.findings) process.stdout.write(`${describeFinding(finding)}\n`);
  process.stdout.write(
    `${outcome.seeds} seeds, ${outcome.events} events, ${outcome.relays} relays, ${outcome.findings.length} violations, ` +
      `${seconds.toFixed(1)} s, ${Math.round(outcome.seeds / seconds)} seeds/s\n`,
  );
  return outcome.findings.length > 0 === (mutation !== undefined) ? 0 : 1;
}

async function findAll(seed: number, seeds: number): Promise<boolean> {
  const names = Object.keys(MUTATIONS).filter(isMutation);
  const found: Array<Finding | undefined> = [];
  for (const name of names) {
    const [finding] = (await runSeeds(seed, seeds, name)).findings;
    found.push(finding);
    process.stdout.write(`${name}: ${MUTATIONS[name]}\n${finding ? describeFinding(finding) : 'NOT FOUND'}\n\n`);
  }
  const count = found.filter((finding) => finding !== undefined).length;
  process.stdout.write(`planted bugs found: ${count}/${names.length}\n`);
  return count === names.length;
}

if (isMainThread) {
  process.exitCode = await main(process.argv.slice(2));
} else {
  const { from, count, mutation } = workerData as Share;
  parentPort?.postMessage(await runSeeds(from, count, mutation));
}
