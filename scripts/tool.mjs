#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeVersionProblem } from './node-version.mjs';
import { giveUp } from './say.mjs';

/** Runs a program of tools/ with the words that follow its name, after installing and building what is stale. */
const versionProblem = nodeVersionProblem(process.versions.node);
if (versionProblem) giveUp('node', versionProblem);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...words] = process.argv.slice(2);
if (!name || !existsSync(join(root, 'tools', name, 'main.ts'))) {
  giveUp('tool', 'usage: node scripts/tool.mjs <folder of tools/> [its arguments]');
}
// Paths among the words are meant from where the command was typed.
const typedIn = process.env.INIT_CWD ?? process.cwd();
const { prepare } = await import('./prepare.mjs');
prepare(root);
const { status, signal } = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    join(root, 'dist', 'tools', name, 'main.js'),
    ...words.map((word) =>
      !word.startsWith('-') && existsSync(resolve(typedIn, word)) ? resolve(typedIn, word) : word,
    ),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(signal ? 1 : (status ?? 1));
