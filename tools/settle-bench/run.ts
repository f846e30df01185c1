import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '#libs/persistence';
import { migrations } from '#migrations';
import pg from 'pg';
import { giveToPostgres, removeDirectory, startPostgres, temporaryDirectory } from '../stack/services.js';
import type { SettleArguments } from './arguments.js';
import type { SettleResult } from './programs/settle.js';

/** One row of the report. */
export interface SettleRun extends SettleResult {
  readonly share: number;
}

/** Processes that sign the session's relays. */
const SIGNERS = 2;

/** Generates, or finds, the session, and settles a copy of it for every share. */
export async function runSettlements(
  asked: SettleArguments,
  tell: (sentence: string) => void,
): Promise<readonly SettleRun[]> {
  const directory = asked.keep === null ? temporaryDirectory('settle-bench-') : keptDirectory(asked.keep);
  const postgres = await startPostgres({ directory, settings: ['shared_buffers=256MB', 'max_wal_size=4GB'] });
  try {
    const base = `session_${asked.relays}_${migrations.length}`;
    if (!existsSync(join(directory, base))) {
      tell(`signs ${asked.relays} relays and stores them`);
      await execute(postgres.url, `DROP DATABASE IF EXISTS ${base}`, `CREATE DATABASE ${base}`);
      await migrate(`${postgres.url}/${base}`, migrations);
      await Promise.all(
        Array.from({ length: SIGNERS }, (_, part) =>
          program('generate', `${postgres.url}/${base}`, String(asked.relays), String(part), String(SIGNERS)),
        ),
      );
      writeFileSync(join(directory, base), '');
    }
    const runs: SettleRun[] = [];
    for (const share of asked.shares) {
      await execute(postgres.url, 'DROP DATABASE IF EXISTS settled', `CREATE DATABASE settled TEMPLATE ${base}`);
      tell(`settles, ${share * 100} % verified`);
      const printed = await program('settle', `${postgres.url}/settled`, String(share), String(asked.threads));
      runs.push({ share, ...(JSON.parse(printed) as SettleResult) });
    }
    return runs;
  } finally {
    await postgres.stop();
    if (asked.keep === null) removeDirectory(directory);
  }
}

function keptDirectory(path: string): string {
  const directory = resolve(path);
  mkdirSync(directory, { recursive: true });
  giveToPostgres(directory);
  return directory;
}

async function execute(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Runs a program of this folder in a process of its own, so that its memory and time are its own; resolves with its output. */
function program(name: string, ...words: string[]): Promise<string> {
  const file = fileURLToPath(new URL(`programs/${name}.js`, import.meta.url));
  return new Promise((resolveOutput, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, file, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += String(text)));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolveOutput(output) : reject(new Error(`${name} ended with ${code}`)),
    );
  });
}
