import { cpus, loadavg } from 'node:os';
import { ArgumentsError, HELP, readArguments } from './arguments.js';
import { type SettleRun, runSettlements } from './run.js';

/** `npm run bench:settlement`: see `--help`. Progress goes to standard error, the result to standard output. */
async function main(words: readonly string[]): Promise<void> {
  const asked = readArguments(words);
  if (asked === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const runs = await runSettlements(asked, (sentence) => void process.stderr.write(`bench: ${sentence}\n`));
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(1)}`;
  process.stdout.write(
    asked.json
      ? `${JSON.stringify({ machine, relays: asked.relays, runs }, null, 2)}\n`
      : `${machine}; one session of ${asked.relays} relays at 24 nodes\n\n${table(runs)}\n`,
  );
}

const COLUMNS: ReadonlyArray<readonly [title: string, text: (run: SettleRun) => string]> = [
  ['verified', (run) => `${run.share * 100} %`],
  ['verify s', (run) => run.verifySeconds.toFixed(1)],
  ['claims s', (run) => run.claimSeconds.toFixed(1)],
  ['proofs s', (run) => run.proofSeconds.toFixed(1)],
  ['sum s', (run) => (run.verifySeconds + run.claimSeconds + run.proofSeconds).toFixed(1)],
  ['cpu s', (run) => run.cpuSeconds.toFixed(1)],
  ['peak RSS MiB', (run) => run.rssPeakMiB.toFixed(0)],
  ['relays paid', (run) => String(run.provenRelays)],
];

function table(runs: readonly SettleRun[]): string {
  const rows = [COLUMNS.map(([title]) => title), ...runs.map((run) => COLUMNS.map(([, text]) => text(run)))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join('  ')).join('\n');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof ArgumentsError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
