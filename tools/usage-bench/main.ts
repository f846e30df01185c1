import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createDataSource, migrate } from '#libs/persistence';
import { migrations } from '#migrations';
import pg from 'pg';
import { removeDirectory, startPostgres, temporaryDirectory } from '../stack/services.js';
import { fillUsage } from './fill.js';
import { receiptsThroughWorker } from './through-worker.js';
import type { ReadResult } from './programs/read.js';

const HELP = `npm run bench:usage -- [rows]
npm run bench:usage -- worker [receipts]

Fills PostgreSQL with rows of usage (10000000 unless stated) and reads them as the admin API does: one tenant's day under row-level
security, and all rows as CSV and NDJSON. Prints times, and the memory of each reading process.

"worker" pushes chunks of receipts (1000000 unless stated) through the queue into a worker process and prints receipts a second from the
first job to the last commit.
`;

const tell = (sentence: string): void => void process.stderr.write(`bench: ${sentence}\n`);

/** Runs the reader in a process of its own, so that its memory is its own. */
function read(url: string, what: string, count: number): Promise<ReadResult> {
  const file = fileURLToPath(new URL('programs/read.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, url, what, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += String(text)));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(output) as ReadResult) : reject(new Error(`the reader ended with ${code}`)),
    );
  });
}

async function main(words: readonly string[]): Promise<void> {
  const isWorker = words[0] === 'worker';
  const rows = Number(isWorker ? (words[1] ?? 1_000_000) : (words[0] ?? 10_000_000));
  if (!Number.isSafeInteger(rows) || rows < 1_000) {
    process.stdout.write(HELP);
    return;
  }
  const directory = temporaryDirectory('usage-bench-');
  const postgres = await startPostgres({ directory, settings: ['shared_buffers=256MB', 'max_wal_size=4GB'] });
  try {
    const url = `${postgres.url}/usage_bench`;
    const admin = new pg.Client({ connectionString: `${postgres.url}/postgres` });
    await admin.connect();
    await admin.query('CREATE DATABASE usage_bench');
    await admin.end();
    await migrate(url, migrations);
    await (isWorker ? storeThroughWorker(url, rows) : fillAndRead(url, rows));
  } finally {
    await postgres.stop();
    removeDirectory(directory);
  }
}

async function storeThroughWorker(url: string, receipts: number): Promise<void> {
  const dataSource = await createDataSource({ url });
  try {
    const stored = await receiptsThroughWorker(dataSource, url, receipts);
    const rate = Math.round(stored.receipts / stored.seconds);
    process.stdout.write(
      `${stored.receipts} receipts through the worker in ${stored.seconds.toFixed(1)} s: ${rate} receipts/s; load ${loadavg()[0]!.toFixed(1)}\n`,
    );
  } finally {
    await dataSource.destroy();
  }
}

async function fillAndRead(url: string, rows: number): Promise<void> {
  const dataSource = await createDataSource({ url });
  await fillUsage(dataSource, rows, (count) => tell(`${count} rows`));
  await dataSource.destroy();
  const { queriesMs } = await read(url, 'queries', 300);
  const sorted = queriesMs.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  process.stdout.write(`${rows} rows; load ${loadavg()[0]!.toFixed(1)}\n`);
  process.stdout.write(
    `a tenant's day: median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms of ${sorted.length}\n`,
  );
  for (const share of [0.1, 0.5, 1]) {
    for (const format of ['csv', 'ndjson']) {
      const found = await read(url, format, Math.round(rows * share));
      const line = `${format.padEnd(6)} ${String(found.rows).padStart(9)} rows in ${found.seconds.toFixed(0)} s, peak RSS ${found.rssPeakMiB.toFixed(0)} MiB`;
      process.stdout.write(`${line}\n`);
    }
  }
}

await main(process.argv.slice(2));
