import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

/** How Anvil is started. */
export interface AnvilSettings {
  /** The executable; the npm package's binary of this platform when absent. */
  readonly binary?: string;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly chainId: number;
  /** Keeps the chain over restarts in this file; absent, the chain starts anew each time. */
  readonly stateFile?: string;
  /** Seconds between blocks; 0 mines a block with each transaction. */
  readonly blockTimeS: number;
  /** How long it may take to answer. */
  readonly startTimeoutMs?: number;
}

/** A running Anvil. */
export interface Anvil {
  readonly url: string;
  readonly pid: number;
  /** Settles when the process ends by itself or by `stop()`. */
  readonly exited: Promise<{ readonly code: number | null }>;
  /** Asks it to write its state and end; kills it after `timeoutMs`. Safe to call twice. */
  stop(timeoutMs?: number): Promise<void>;
}

/** Anvil cannot be found or does not come up. */
export class AnvilError extends Error {
  override readonly name = 'AnvilError';
}

/** The binary of `@foundry-rs/anvil-<platform>-<arch>`. Throws {@link AnvilError} that names `ANVIL_BIN` and `CHAIN_URL`. */
export function findAnvil(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${platform}/bin/anvil`);
  } catch {
    throw new AnvilError(
      `Anvil's package for ${platform} is not installed; set ANVIL_BIN to an anvil executable or CHAIN_URL to a running chain`,
    );
  }
}

/**
 * Anvil runs under a shell that holds the reading end of a pipe of ours: however this process ends, `kill -9` included,
 * the pipe closes and the shell ends Anvil with SIGTERM, upon which it writes its state. `exec 3<&0` is needed because a
 * background job's standard input is /dev/null.
 */
const GUARD = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- & child=$!',
  '{ cat <&3 >/dev/null; kill -TERM "$child" 2>/dev/null; } & exec 3<&-',
  'echo "$child"',
  'wait "$child"',
].join('\n');

/** Starts Anvil and resolves once it answers `eth_chainId` with the wanted chain id. */
export async function startAnvil(settings: AnvilSettings): Promise<Anvil> {
  const binary = settings.binary ?? findAnvil();
  const port = settings.port === 0 ? await freePort(settings.host) : settings.port;
  const arguments_ = [
    '--host',
    settings.host,
    '--port',
    String(port),
    '--chain-id',
    String(settings.chainId),
    '--silent',
  ];
  if (settings.blockTimeS > 0) arguments_.push('--block-time', String(settings.blockTimeS), '--mixed-mining');
  if (settings.stateFile !== undefined) {
    mkdirSync(dirname(settings.stateFile), { recursive: true, mode: 0o700 });
    // A dump a minute bounds what a crash of the machine loses; an orderly end writes it all.
    arguments_.push('--state', settings.stateFile, '--preserve-historical-states', '--state-interval', '60');
  }
  const guard = spawn('/bin/sh', ['-c', GUARD, 'anvil', binary, ...arguments_], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A session of its own: Ctrl-C in the terminal reaches us, and we decide when the chain stops.
    detached: true,
  });
  // A broken pipe only says that the guard is gone, which `exited` reports.
  guard.stdin.on('error', () => undefined);
  let complaint = '';
  guard.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  const exited = new Promise<{ readonly code: number | null }>((resolve) => {
    guard.once('error', () => resolve({ code: null }));
    guard.once('exit', (code) => resolve({ code }));
  });
  const pid = await firstLine(guard, exited);
  const url = `http://${settings.host}:${port}`;
  const anvil: Anvil = { url, pid, exited, stop: (timeoutMs = 2_000) => stop(guard, pid, exited, timeoutMs) };
  try {
    await untilAnswering(url, settings.chainId, exited, settings.startTimeoutMs ?? 15_000);
    return anvil;
  } catch (error) {
    await anvil.stop();
    throw new AnvilError(`${binary} did not come up on ${url}: ${complaint.trim() || (error as Error).message}`);
  }
}

async function firstLine(guard: ChildProcess, exited: Promise<unknown>): Promise<number> {
  const line = await Promise.race([
    new Promise<string>((resolve) => guard.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()))),
    exited.then(() => ''),
  ]);
  const pid = Number.parseInt(line, 10);
  if (!Number.isInteger(pid)) throw new AnvilError('the shell that guards Anvil did not start');
  guard.stdout?.resume();
  return pid;
}

async function stop(guard: ChildProcess, pid: number, exited: Promise<unknown>, timeoutMs: number): Promise<void> {
  guard.stdin?.destroy();
  const ended = await Promise.race([exited.then(() => true), delay(timeoutMs, false, { ref: false })]);
  if (ended) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in between.
  }
  await exited;
}

async function untilAnswering(
  url: string,
  chainId: number,
  exited: Promise<unknown>,
  timeoutMs: number,
): Promise<void> {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  const deadline = performance.now() + timeoutMs;
  for (let pauseMs = 5; !ended; pauseMs = Math.min(100, pauseMs * 2)) {
    try {
      const answer = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
        headersTimeout: 1_000,
      });
      const { result } = (await answer.body.json()) as { result?: string };
      if (Number(result) === chainId) return;
      throw new AnvilError(`another service with chain id ${result} answers there`);
    } catch (error) {
      if (error instanceof AnvilError || performance.now() > deadline) throw error;
    }
    await delay(pauseMs);
  }
  throw new AnvilError('it ended at once');
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
