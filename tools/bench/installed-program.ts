import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Commands that install a package, by the package manager whose presence is looked for. */
const PACKAGE_MANAGERS: Readonly<Record<string, ReadonlyArray<readonly string[]>>> = {
  'apt-get': [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends'],
  ],
  dnf: [['dnf', 'install', '-y']],
  apk: [['apk', 'add']],
  pacman: [['pacman', '-S', '--noconfirm']],
};

/** Where a program may be although a user's PATH does not name it. */
const SYSTEM_DIRECTORIES = ['/usr/sbin', '/usr/local/sbin'];

/** Path of a program on PATH; null when there is none. */
export function findProgram(name: string, path: string): string | null {
  const directories = [...path.split(delimiter), ...SYSTEM_DIRECTORIES];
  return directories.map((directory) => join(directory, name)).find(isExecutable) ?? null;
}

/**
 * Path of a program: from PATH, else installed through the platform's package manager after `tell` has said so; null when that
 * is not possible, and `tell` was given the sentence that says why.
 */
export function installedProgram(name: string, path: string, tell: (sentence: string) => void): string | null {
  const present = findProgram(name, path);
  if (present !== null) return present;
  const manager = Object.keys(PACKAGE_MANAGERS).find((candidate) => findProgram(candidate, path) !== null);
  const missing = `${name} is missing; what needs it is left out.`;
  if (manager === undefined) {
    tell(`${missing} Install it so that it is on PATH.`);
    return null;
  }
  const isRoot = process.getuid?.() === 0;
  const steps = (PACKAGE_MANAGERS[manager] ?? []).map((words, index, all) =>
    index === all.length - 1 ? [...words, name] : words,
  );
  const byHand = steps.map((words) => (isRoot ? words : ['sudo', ...words]).join(' ')).join(' && ');
  tell(`${name} is not on PATH; installing it: ${byHand}`);
  for (const words of steps) {
    const [command = '', ...rest] = isRoot ? words : ['sudo', '-n', ...words];
    const { status } = spawnSync(command, rest, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) {
      tell(`${missing} Run this to have it: ${byHand}`);
      return null;
    }
  }
  return findProgram(name, path);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
