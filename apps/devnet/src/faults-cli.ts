import { request } from 'undici';
import { FAULTS_HELP, FaultArgumentsError, parseFaultArguments } from './faults/fault-arguments.js';

/** Asks the devnet's fault control and prints what is in force afterwards. */
async function main(): Promise<number> {
  const command = parseFaultArguments(process.argv.slice(2));
  if (command.kind === 'help') {
    process.stdout.write(FAULTS_HELP);
    return 0;
  }
  const url = new URL('/v1/devnet/faults', command.url);
  if (command.kind === 'clear' && command.id !== null) url.searchParams.set('id', command.id);
  const method = { list: 'GET', clear: 'DELETE', add: 'POST' } as const;
  const answer = await request(url, {
    method: method[command.kind],
    ...(command.kind === 'add'
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ rules: [command.rule] }) }
      : {}),
  });
  const body = (await answer.body.json()) as { error?: string };
  if (answer.statusCode !== 200) {
    process.stderr.write(`${body.error ?? `the devnet answered ${answer.statusCode}`}\n`);
    return 1;
  }
  process.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const reason =
    error instanceof FaultArgumentsError ? error.message : `no devnet answers: ${(error as Error).message}`;
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
}
