#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The command line. It builds only what was never built: at three in the morning an answer now is worth more than the newest source. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'dist', 'apps', 'portal', 'src', 'main.js');
if (!existsSync(program)) {
  const { prepare } = await import('./prepare.mjs');
  prepare(root);
}
await import(pathToFileURL(program).href);
