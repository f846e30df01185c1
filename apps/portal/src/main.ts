import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from './config.js';
import { runPortal } from './program.js';

/** Of a line that goes to a file or another program. */
const COLUMNS = 160;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopping.abort();
    // What is awaited may not look at the signal; a shell expects 128 plus the signal's number.
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}
// The reader went away (`portal … | head`): nothing is left to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const env = readEnvironment();
process.exitCode = await runPortal(process.argv.slice(2), {
  env,
  directory: env.INIT_CWD ?? process.cwd(),
  columns: process.stdout.columns ?? COLUMNS,
  isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  out: (line) => void process.stdout.write(line),
  err: (line) => void process.stderr.write(line),
  ask: async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
    }
  },
  input: () => text(process.stdin),
  sleep: (ms) => sleep(ms, undefined, { signal: stopping.signal }),
  signal: stopping.signal,
  fetch: (request) => fetch(request),
});
