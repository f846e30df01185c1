import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, grey, say } from './say.mjs';

/** What the build reads. A change in any of these files makes `dist` stale. */
const BUILD_INPUTS = [
  'apps',
  'libs',
  'migrations',
  'tools',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];

const INSTALL_STAMP = join('node_modules', '.installed-from');
const BUILD_STAMP = join('dist', '.built-from');

/** Installs the packages and compiles the sources, each only when it is missing or stale. */
export function prepare(root) {
  install(root);
  build(root);
}

function install(root) {
  const lock = join(root, 'package-lock.json');
  const wanted = digest([lock], root);
  if (installedFrom(root, lock, wanted)) return;
  const startedAt = Date.now();
  say('install', `npm ci ${grey('(packages are missing or older than package-lock.json)')}`);
  if (!npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
    say('install', 'npm ci failed (see above). Trying npm install, which accepts what the registry offers.');
    if (!npm(root, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])) {
      giveUp(
        'install',
        'The packages could not be installed. Is the npm registry reachable (npm ping)? Then run the command again.',
      );
    }
  }
  writeFileSync(join(root, INSTALL_STAMP), wanted);
  say('install', `done in ${seconds(startedAt)}`);
}

function installedFrom(root, lock, wanted) {
  const stamp = join(root, INSTALL_STAMP);
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted;
  // Installed by hand: npm writes this file last, so a newer one means that the install saw this lockfile.
  const marker = join(root, 'node_modules', '.package-lock.json');
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs;
}

function npm(root, words) {
  // npm names its own script for the commands it runs, which also holds where no `npm` is on PATH.
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return spawnSync(command, [...first, ...words], { cwd: root, stdio: 'inherit' }).status === 0;
}

function build(root) {
  const wanted = digest(
    BUILD_INPUTS.flatMap((input) => filesBelow(join(root, input))),
    root,
  );
  const stamp = join(root, BUILD_STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const startedAt = Date.now();
  say('build', `tsc ${grey('(sources are newer than dist)')}`);
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) giveUp('build', 'The sources do not compile (see above).');
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, wanted);
  say('build', `done in ${seconds(startedAt)}`);
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || (entry.name.endsWith('.ts') && !/\.spec(-d)?\.ts$/.test(entry.name)))
    .flatMap((entry) => filesBelow(join(path, entry.name)));
}

/** By content, not by date: a checkout of another commit changes dates that mean nothing. */
function digest(files, root) {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of files.toSorted()) {
    const content = readFileSync(file);
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function seconds(startedAt) {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}
