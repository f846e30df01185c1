#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from './arguments.mjs';
import { nodeVersionProblem } from './node-version.mjs';
import { giveUp, green, grey, red, say } from './say.mjs';

const vitest = (project) => ['node_modules/vitest/vitest.mjs', 'run', '--project', project];

/** In order, cheapest first; `suite` stages report counts. */
const STAGES = [
  { name: 'lint', what: 'oxlint with type-aware rules, then prettier --check', npm: 'lint' },
  { name: 'types', what: 'tsc over everything', node: ['node_modules/typescript/bin/tsc'] },
  { name: 'boundaries', what: 'dependency-cruiser: directions between libraries and apps', npm: 'boundaries' },
  { name: 'unit', what: 'tests beside the sources, without I/O', node: vitest('unit'), suite: true },
  {
    name: 'integration',
    what: 'real PostgreSQL, Redis, BullMQ and Anvil',
    node: vitest('integration'),
    suite: true,
    services: true,
  },
  { name: 'e2e', what: 'the whole system, driven over HTTP', node: vitest('e2e'), suite: true, services: true },
];

const HELP = `npm test [-- options]

Installs and builds what is missing, then runs these stages and stops at the first that fails:

${STAGES.map(({ name, what }) => `  ${name.padEnd(12)} ${what}`).join('\n')}

  --all            go on after a failing stage
  --only <stages>  run only these, separated by commas
  --help           this text`;

const versionProblem = nodeVersionProblem(process.versions.node);
if (versionProblem) giveUp('node', versionProblem);
const { options, problem } = readArguments(process.argv.slice(2), { all: 'switch', only: 'list', help: 'switch' });
if (problem) giveUp('test', `${problem}\n\n${HELP}`);
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const unknown = (options.only ?? []).filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) giveUp('test', `There is no stage "${unknown.join('", "')}".\n\n${HELP}`);

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const { prepare } = await import('./prepare.mjs');
prepare(root);

const chosen = STAGES.filter(({ name }) => !options.only || options.only.includes(name));
const reports = mkdtempSync(join(tmpdir(), 'pokt-portal-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));
const environment = { ...process.env };
if (chosen.some((stage) => stage.services)) environment.REDIS_SERVER = redisServer();

const results = [];
for (const stage of chosen) {
  say(stage.name, `${stage.what} …`);
  const startedAt = performance.now();
  const result = { ...run(stage), name: stage.name, seconds: (performance.now() - startedAt) / 1000 };
  results.push(result);
  say(stage.name, `${result.ok ? green('ok') : red('failed')} in ${result.seconds.toFixed(1)} s${counts(result)}\n`);
  if (!result.ok && !options.all) break;
}
summarize();

/** Runs one stage with its output shown as it comes. */
function run(stage) {
  const report = join(reports, `${stage.name}.json`);
  const words = stage.suite
    ? [...stage.node, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    : stage.node;
  const { status } = stage.npm
    ? spawnSync('npm', ['run', '--silent', stage.npm], { stdio: 'inherit', env: environment })
    : spawnSync(process.execPath, words, { stdio: 'inherit', env: environment });
  const ok = status === 0;
  if (!stage.suite) return { ok, passed: 0, failed: ok ? 0 : 1, skipped: 0 };
  const { passed, failed, skipped } = readReport(report);
  // A file that cannot be loaded fails the stage without a failed test in it; it must not read as "0 failed".
  return { ok, passed, failed: ok ? failed : Math.max(failed, 1), skipped };
}

function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const unloadable = report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloadable.length,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/** Path of a Redis server; it is installed when there is none. */
function redisServer() {
  const { status, stdout } = spawnSync(process.execPath, ['dist/tools/dev/ensure-redis.js'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) giveUp('redis', 'The integration and e2e stages need a Redis server (see above).');
  return stdout.trim().split('\n').at(-1);
}

function counts({ passed, failed, skipped }) {
  if (passed + failed + skipped === 0) return '';
  return grey(`: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

function summarize() {
  const total = (field) => results.reduce((sum, result) => sum + result[field], 0);
  for (const { name, ok, seconds } of results) {
    say(name, `${ok ? green('ok    ') : red('failed')} ${seconds.toFixed(1).padStart(6)} s`);
  }
  const left = chosen.length - results.length;
  if (left > 0) say('test', red(`${left} stages did not run because an earlier one failed; --all runs them.`));
  if (total('skipped') > 0) say('test', `${total('skipped')} tests were skipped.`);
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  process.exitCode = results.every((result) => result.ok) ? 0 : 1;
}
