import { parseArgs } from 'node:util';
import { rpc } from '../stack/anvil.js';
import { Stack } from '../stack/stack.js';
import { FAULTS } from './faults.js';
import { type CaseResult, rehearseCase } from './rehearse-case.js';

/** Prints the table: each behaviour on so many nodes of the session while 10 clients work. Exit code 1 when a bar is missed. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      faults: { type: 'string', default: Object.keys(FAULTS).join(',') },
      nodes: { type: 'string', default: '1,2,4' },
      seconds: { type: 'string', default: '3' },
    },
  });
  const names = values.faults.split(',').filter((name) => name in FAULTS);
  if (names.length === 0) {
    process.stderr.write(`faults: ${Object.keys(FAULTS).join(', ')}\n`);
    return 2;
  }
  const stack = await Stack.start({ blockTimeMs: 4_000 });
  let missed = 0;
  try {
    await rpc(stack.anvil.url, 'anvil_mine', ['0x800']);
    const tenant = await stack.createTenant('50000');
    await stack.serving(tenant);
    process.stdout.write(`${HEAD}\n`);
    for (const name of names) {
      for (const count of values.nodes.split(',').map(Number)) {
        const behaviour = FAULTS[name];
        if (behaviour === undefined) continue;
        const result = await rehearseCase(stack, tenant, behaviour, count, Number(values.seconds) * 1_000);
        if (result.failed > result.calls * 0.001 || result.wrong > 0 || result.extraShare > 0.1) missed += 1;
        process.stdout.write(`${row(name, count, result)}\n`);
      }
    }
  } finally {
    await stack.stop();
  }
  process.stdout.write(`${missed} of the cases missed a bar (wrong 0, success 99.9 %, extra relays 10 %)\n`);
  return missed === 0 ? 0 : 1;
}

const HEAD = 'behaviour          nodes   calls   wrong  wrong after 1.5 s  success %  extra %  probes  hedges  p99 ms';

function row(name: string, count: number, result: CaseResult): string {
  const success = result.calls === 0 ? 0 : (100 * (result.calls - result.failed)) / result.calls;
  return [
    name.padEnd(18),
    `${count}/5`.padStart(5),
    String(result.calls).padStart(7),
    String(result.wrong).padStart(7),
    String(result.wrongLate).padStart(18),
    success.toFixed(2).padStart(10),
    (100 * result.extraShare).toFixed(1).padStart(8),
    String(result.probes).padStart(7),
    String(result.hedges).padStart(7),
    result.p99Ms.toFixed(0).padStart(7),
  ].join(' ');
}

process.exitCode = await main();
