#!/usr/bin/env node
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readArguments } from './arguments.mjs';
import { acquireLock } from './lock.mjs';
import { nodeVersionProblem } from './node-version.mjs';
import { processIdentity } from './process-identity.mjs';
import { giveUp } from './say.mjs';

const HELP = `npm start [-- options]

Installs and builds what is missing, then runs the whole system in this terminal:
PostgreSQL, Redis, a local POKT network with an EVM chain, the gateway, the admin API and the worker.
Everything it keeps is in .data/; Ctrl-C stops it all.

  --reset     forget all data in .data/ and begin anew
  --verbose   show every log line of every process (they are always in .data/logs/)
  --help      this text

Variables: DATABASE_URL and REDIS_URL use your servers, CHAIN_URL another EVM chain, GATEWAY_PROCESSES=2 more gateways,
BLOCK_TIME_MS another pace, *_PORT other ports. All of them are in .env.example.`;

const versionProblem = nodeVersionProblem(process.versions.node);
if (versionProblem) giveUp('node', versionProblem);
if (process.platform === 'win32') giveUp('start', 'Windows is supported through WSL 2: run the same command there.');

const { options, problem } = readArguments(process.argv.slice(2), {
  reset: 'switch',
  verbose: 'switch',
  help: 'switch',
});
if (problem) giveUp('start', `${problem}\n\n${HELP}`);
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const lock = takeLock(join(root, '.data'));
// Whatever ends this process ends its hold on .data; `release` does nothing when another holds it.
process.on('exit', lock.release);

// Imported late: an old Node must get the sentence above, not a syntax error.
const { prepare } = await import('./prepare.mjs');
prepare(root);
const { start } = await import(pathToFileURL(join(root, 'dist/tools/dev/main.js')).href);
const status = await start({
  root,
  reset: options.reset === true,
  verbose: options.verbose === true,
  identityOf: processIdentity,
});
process.exit(status);

function takeLock(directory) {
  try {
    const taken = acquireLock(directory);
    if ('release' in taken) return taken;
    return giveUp(
      'start',
      `It is already running here, as process ${taken.holderPid}. Use that one, or stop it first (Ctrl-C there, or kill ${taken.holderPid}).`,
    );
  } catch (error) {
    return giveUp(
      'start',
      `${directory} cannot be written: ${error.message}. Was it made by another user? Remove it, or run as that user.`,
    );
  }
}
