import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { rpc } from '../stack/anvil.js';
import { Stack } from '../stack/stack.js';
import { FAULTS, type FaultCase, casesOf } from './faults.js';
import { PROFILES, type ProfileName, isProfileName } from './profiles.js';
import { type CaseResult, missedBars, rehearseCase } from './rehearse-case.js';

const USAGE = `npm run rehearse -- [options]
  --only <names>     behaviours to rehearse, by commas: ${Object.keys(FAULTS).join(', ')}
  --pairs            every two of them together, instead of each alone
  --nodes <counts>   misbehaving nodes of the session's five, by commas; default 1,2,4
  --seconds <n>      length of a case; default 2
  --profile <name>   settings of the gateway: ${Object.keys(PROFILES).join(', ')}; default "default"
  --json <file>      writes every figure to this file too
`;

/** Prints the table: behaviours on so many nodes of the session while 10 clients work. Exit code 1 when a bar is missed. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: Object.keys(FAULTS).join(',') },
      pairs: { type: 'boolean', default: false },
      nodes: { type: 'string', default: '1,2,4' },
      seconds: { type: 'string', default: '2' },
      profile: { type: 'string', default: 'default' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const names = values.only.split(',');
  const counts = values.nodes.split(',').map(Number);
  const seconds = Number(values.seconds);
  const { profile } = values;
  const meant =
    names.every((name) => name in FAULTS) &&
    counts.every((count) => Number.isInteger(count) && count >= 1 && count <= 5) &&
    seconds > 0 &&
    isProfileName(profile);
  if (values.help || !meant) {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  const rows = await run(profile, casesOf(names, values.pairs), counts, seconds * 1_000);
  const missed = rows.filter(({ missed: bars }) => bars.length > 0).length;
  process.stdout.write(
    `${missed} of ${rows.length} cases missed a bar (wrong 0, success 99.9 %, extra relays 10 %); profile ${profile}\n`,
  );
  if (values.json !== undefined) {
    const machine = { node: process.version, cores: availableParallelism() };
    const document = { at: new Date().toISOString(), machine, profile, seconds, missed, cases: rows };
    writeFileSync(values.json, `${JSON.stringify(document, null, 2)}\n`);
  }
  return missed === 0 ? 0 : 1;
}

interface Row extends CaseResult {
  readonly name: string;
  readonly nodes: number;
  readonly missed: readonly string[];
}

async function run(
  profile: ProfileName,
  cases: readonly FaultCase[],
  counts: readonly number[],
  forMs: number,
): Promise<readonly Row[]> {
  const { environment, endpoint } = PROFILES[profile];
  const stack = await Stack.start({ blockTimeMs: 4_000, environment });
  const rows: Row[] = [];
  try {
    await rpc(stack.anvil.url, 'anvil_mine', ['0x800']);
    const tenant = await stack.createTenant('50000', endpoint);
    await stack.serving(tenant);
    process.stdout.write(`${HEAD}\n`);
    for (const { name, behaviour } of cases) {
      for (const count of counts) {
        const result = await rehearseCase(stack, tenant, behaviour, count, forMs);
        const row = { name, nodes: count, ...result, missed: missedBars(result) };
        rows.push(row);
        process.stdout.write(`${lineOf(row)}\n`);
      }
    }
  } finally {
    await stack.stop();
  }
  return rows;
}

const HEAD =
  'behaviour                      nodes   calls  wrong  last wrong ms  success %  extra %  probes  hedges  p99 ms  missed';

function lineOf(row: Row): string {
  const success = row.calls === 0 ? 0 : (100 * (row.calls - row.failed)) / row.calls;
  return [
    row.name.padEnd(30),
    `${row.nodes}/5`.padStart(5),
    String(row.calls).padStart(7),
    String(row.wrong).padStart(6),
    (row.lastWrongMs === null ? '-' : row.lastWrongMs.toFixed(0)).padStart(14),
    success.toFixed(2).padStart(10),
    (100 * row.extraShare).toFixed(1).padStart(8),
    String(row.probes).padStart(7),
    String(row.hedges).padStart(7),
    row.p99Ms.toFixed(0).padStart(7),
    ` ${row.missed.join(', ')}`,
  ]
    .join(' ')
    .trimEnd();
}

process.exitCode = await main();
