import { parseArgs } from 'node:util';
import { isSound, runCampaign } from './campaign.js';
import { LIMIT_CASES, type LimitCase } from './cases.js';
import { formatOutcomes } from './report.js';

const HELP = `npm run limits -- [options]

Spends daily limits from 1, 4 and 8 gateway processes at once while the day turns and Redis fails, and counts.
Exits 1 when a unit too many was admitted, or more stayed unused than processes held.

  --seeds n         seeds of each case (20)
  --seed n          the first one (1)
  --processes a,b   numbers of gateway processes (1,4,8)
  --only a,b        only these cases
  --lanes n         runs at the same time (2)
  --json            the outcomes as JSON on standard output

${Object.entries(LIMIT_CASES)
  .map(([name, text]) => `  ${name.padEnd(12)} ${text}`)
  .join('\n')}
`;

const isCase = (name: string): name is LimitCase => Object.hasOwn(LIMIT_CASES, name);

async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      processes: { type: 'string', default: '1,4,8' },
      only: { type: 'string' },
      lanes: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const cases = values.only?.split(',') ?? Object.keys(LIMIT_CASES);
  const processes = values.processes.split(',').map(Number);
  const [seeds, firstSeed, lanes] = [Number(values.seeds), Number(values.seed), Number(values.lanes)];
  const isUsable =
    cases.every(isCase) &&
    [...processes, seeds, lanes].every((number) => Number.isInteger(number) && number >= 1 && number <= 1_000) &&
    Number.isSafeInteger(firstSeed);
  if (values.help || !isUsable) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  const startedAt = performance.now();
  const outcomes = await runCampaign({
    cases: cases.filter(isCase),
    processes,
    firstSeed,
    seeds,
    lanes,
    onOutcome: (outcome, done, of) => {
      if (!isSound(outcome)) process.stderr.write(`${JSON.stringify(outcome)}\n`);
      if (done % 10 === 0) process.stderr.write(`${done} of ${of} runs\n`);
    },
  });
  outcomes.sort(
    (a, b) =>
      Object.keys(LIMIT_CASES).indexOf(a.case) - Object.keys(LIMIT_CASES).indexOf(b.case) || a.processes - b.processes,
  );
  if (values.json) process.stdout.write(`${JSON.stringify(outcomes, null, 2)}\n`);
  else {
    process.stdout.write(`${formatOutcomes(outcomes)}\n`);
    process.stdout.write(`${outcomes.length} runs in ${Math.round((performance.now() - startedAt) / 1_000)} s\n`);
  }
  return outcomes.every((outcome) => isSound(outcome)) ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
