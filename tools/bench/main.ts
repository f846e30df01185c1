import { cpus } from 'node:os';
import { findProgram, installedProgram } from './installed-program.js';
import { ArgumentsError, HELP, readArguments } from './bench-arguments.js';
import { Bench, type Section } from './bench.js';
import { table } from './sample.js';
import { stagesTable } from './stages-table.js';

/** `npm run bench`: see `--help`. Progress goes to standard error, the result to standard output. */
async function main(words: readonly string[]): Promise<void> {
  const wanted = readArguments(words);
  if (wanted === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const tell = (sentence: string): void => void process.stderr.write(`bench: ${sentence}\n`);
  const path = process.env['PATH'] ?? '';
  if (process.platform !== 'linux' || findProgram('taskset', path) === null) {
    throw new ArgumentsError(
      'The benchmark pins processes to cores and reads /proc: it needs Linux with taskset (util-linux).',
    );
  }
  if (cpus().length < 2)
    throw new ArgumentsError('The benchmark needs two processor cores: one for the proxy, one for the rest.');
  const needsNginx = wanted.groups.has('core') || wanted.groups.has('latency');
  const bench = new Bench(wanted, {
    nginx: needsNginx ? installedProgram('nginx', path, tell) : null,
    wrk: installedProgram('wrk', path, tell),
    tell,
  });
  const stop = (): void => void bench.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`;
  const { rounds, seconds, json } = wanted;
  // A long run that is cut off has shown what it knew.
  if (!json) process.stdout.write(`${machine}; medians of ${rounds} interleaved rounds of ${seconds} s\n`);
  const show = (section: Section): void => {
    if (json) return;
    const text = section.kind === 'stages' ? stagesTable(section.stages) : table(section.title, section.rows);
    process.stdout.write(`\n${text}\n`);
  };
  try {
    const sections = await bench.run(show);
    if (json) process.stdout.write(`${JSON.stringify({ machine, rounds, seconds, sections }, null, 2)}\n`);
  } finally {
    await bench.stop();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof ArgumentsError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
