import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['redis-server', 'valkey-server'] as const;

/** Where the operating system's package managers get Redis or Valkey from; the first one present is used. */
const PACKAGE_MANAGERS: ReadonlyArray<{ manager: string; commands: readonly string[][]; needsRoot: boolean }> = [
  {
    manager: 'apt-get',
    commands: [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'redis-server'],
    ],
    needsRoot: true,
  },
  { manager: 'dnf', commands: [['dnf', 'install', '-y', 'valkey']], needsRoot: true },
  { manager: 'apk', commands: [['apk', 'add', 'redis']], needsRoot: true },
  { manager: 'pacman', commands: [['pacman', '-S', '--noconfirm', 'valkey']], needsRoot: true },
  { manager: 'brew', commands: [['brew', 'install', 'redis']], needsRoot: false },
];

/**
 * Path of a Redis or Valkey server: `REDIS_SERVER`, else from PATH, else installed through the platform's package manager
 * after `tell` has said so.
 *
 * @throws Error with the command that a person can run.
 */
export function ensureRedisBinary(
  tell: (sentence: string) => void,
  env: { readonly REDIS_SERVER?: string | undefined; readonly PATH?: string | undefined },
): string {
  if (env.REDIS_SERVER) {
    if (executable(env.REDIS_SERVER)) return env.REDIS_SERVER;
    throw new Error(`REDIS_SERVER is ${env.REDIS_SERVER}, which cannot be run.`);
  }
  const present = NAMES.map((name) => onPath(name, env.PATH)).find((path) => path !== null);
  if (present) return present;
  const choice = PACKAGE_MANAGERS.find(({ manager }) => onPath(manager, env.PATH) !== null);
  if (!choice) {
    throw new Error(
      'Redis is missing. Install redis-server or valkey-server so that it is on PATH, or set REDIS_URL to a running one.',
    );
  }
  const isRoot = process.getuid?.() === 0;
  const prefix = !choice.needsRoot || isRoot ? [] : ['sudo', '-n'];
  const byHand = choice.commands
    .map((words) => (choice.needsRoot && !isRoot ? ['sudo', ...words] : words).join(' '))
    .join(' && ');
  const refusal = `Redis is missing and could not be installed. Run this, then start again: ${byHand}. Or set REDIS_URL to a running Redis.`;
  if (prefix.length > 0 && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0)
    throw new Error(refusal);
  tell(`No redis-server or valkey-server on PATH; installing one: ${byHand}`);
  for (const words of choice.commands) {
    const [command = '', ...rest] = [...prefix, ...words];
    const { status } = spawnSync(command, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(refusal);
  }
  const installed = NAMES.map((name) => onPath(name, env.PATH)).find((path) => path !== null);
  if (!installed) throw new Error(refusal);
  return installed;
}

function onPath(name: string, path = ''): string | null {
  // A package may put servers where only root's PATH looks.
  const directories = [...path.split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];
  return directories.map((directory) => join(directory, name)).find(executable) ?? null;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
