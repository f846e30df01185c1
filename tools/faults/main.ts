import { ArgumentsError, HELP, readArguments } from './arguments.js';
import { formatReport } from './report.js';
import { runFaults } from './run.js';
import { ALL_KINDS } from './schedule.js';

/** `npm run faults`: 0 when every invariant holds, 1 when one does not or the run failed, 2 for misuse, 130 for Ctrl-C. */
async function main(words: readonly string[]): Promise<number> {
  let read;
  try {
    read = readArguments(words);
  } catch (error) {
    if (!(error instanceof ArgumentsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  if (read === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const asked = read;
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
  const startedAt = performance.now();
  const progress = (line: string): void => {
    const seconds = String(Math.round((performance.now() - startedAt) / 1_000)).padStart(4);
    process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${seconds} s  ${line}` : `${seconds} s  ${line}\n`);
  };
  const again =
    `npm run faults -- --faults ${asked.faults} --seed ${asked.seed} --seconds-between ${asked.secondsBetween} --rate ${asked.rate}` +
    (asked.kinds.length === ALL_KINDS.length ? '' : ` --only ${asked.kinds.join(',')}`);
  try {
    const result = await runFaults({ ...asked, progress, signal: stopping.signal });
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    if (asked.json) {
      process.stdout.write(`${JSON.stringify({ command: again, ...result }, null, 2)}\n`);
    } else {
      const faults = result.rows.reduce((sum, row) => sum + row.count, 0);
      process.stdout.write(
        `${[
          `${faults} faults in ${Math.round(result.seconds)} s, seed ${asked.seed}, ${asked.rate} relays/s over two gateways`,
          '',
          formatReport(result.rows, result.invariants),
          ...result.notes,
        ].join('\n')}\n`,
      );
    }
    if (result.holds) return 0;
    process.stderr.write(`An invariant is violated. To repeat the same schedule: ${again}\n`);
    return 1;
  } catch (error) {
    if (stopping.signal.aborted) {
      process.stderr.write('\nStopped; every process is gone.\n');
      return 130;
    }
    process.stderr.write(`\nThe run failed: ${(error as Error).stack ?? String(error)}\nThe same again: ${again}\n`);
    return 1;
  }
}

// Exits although a start that was interrupted may still hold sockets.
process.exit(await main(process.argv.slice(2)));
