import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogFile } from '../../tools/dev/log-file.js';
import { RunRecord } from '../../tools/dev/run-record.js';
import { type ProcessEvents, type ProcessSpec, SupervisedProcess } from '../../tools/dev/supervised-process.js';

const load = async <T>(script: string): Promise<T> =>
  (await import(/* @vite-ignore */ pathToFileURL(resolve('scripts', script)).href)) as T;
const { processIdentity } = await load<{ processIdentity: (pid: number) => string | null }>('process-identity.mjs');
const { acquireLock } = await load<{
  acquireLock: (directory: string) => { readonly holderPid?: number; readonly release?: () => void };
}>('lock.mjs');

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'supervisor-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const lives = (pid: number): boolean => processIdentity(pid) !== null;

function supervise(program: string, overrides: Partial<ProcessSpec> = {}) {
  const said: string[] = [];
  const events: ProcessEvents = {
    line: (_name, line) => void said.push(line),
    restarting: (_name, how) => void said.push(`restarting: ${how}`),
    recovered: () => void said.push('recovered'),
    failed: (_name, how) => void said.push(`failed: ${how}`),
  };
  const record = new RunRecord(directory, processIdentity);
  const child = new SupervisedProcess(
    {
      name: 'sample',
      command: process.execPath,
      args: ['-e', program],
      env: process.env,
      stopSignal: 'SIGTERM',
      stopTimeoutMs: 500,
      readyTimeoutMs: 20_000,
      ready: () => Promise.resolve(said.includes('up')),
      ...overrides,
    },
    { record, log: new LogFile(join(directory, 'sample.log')), events },
  );
  return { child, said, record };
}

const STAYS = 'console.log("up"); setInterval(() => {}, 1000);';

describe('supervised process', () => {
  it('is started again when it is killed, and says so', async () => {
    const { child, said } = supervise(STAYS);
    await child.start();
    const first = child.pid!;
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(said).toContain('recovered'), 20_000);
    expect(said).toContain('restarting: was ended by SIGKILL');
    expect(child.pid).not.toBe(first);
    const second = child.pid!;
    await child.stop();
    expect(lives(second)).toBe(false);
  });

  it('that ignores the request to stop is killed with its children', async () => {
    const program = `process.on('SIGTERM', () => {});
      const inner = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log('inner ' + inner.pid); ${STAYS}`;
    const { child, said } = supervise(program);
    await child.start();
    const outer = child.pid!;
    const inner = Number(said.find((line) => line.startsWith('inner'))?.split(' ')[1]);
    expect(lives(inner)).toBe(true);
    await child.stop();
    await vi.waitFor(() => expect([lives(outer), lives(inner)]).toEqual([false, false]), 5_000);
  });

  it('that cannot start is reported with its last words', async () => {
    const { child } = supervise('console.error("no such table"); process.exit(3)');
    await expect(child.start()).rejects.toThrow(/exited with status 3[^]*no such table/);
    await child.stop();
  });

  it('leaves no record when it has stopped', async () => {
    const { child } = supervise(STAYS);
    await child.start();
    const file = join(directory, 'processes.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('sample.pid', child.pid);
    await child.stop();
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });
});

describe('leftovers of a killed supervisor', () => {
  it('are stopped by process id', async () => {
    const { child } = supervise(STAYS);
    await child.start();
    const pid = child.pid!;
    const next = new RunRecord(directory, processIdentity);
    const stopping = next.stopOrphans();
    // The first supervisor would start it again; a killed one does not.
    child.kill();
    expect(await stopping).toEqual([`sample (process ${pid})`]);
    expect(lives(pid)).toBe(false);
    await child.stop();
  });

  it('do not include a stranger that got the same process id', async () => {
    const stranger = spawn(process.execPath, ['-e', STAYS], { stdio: 'ignore' });
    const record = { sample: { pid: stranger.pid, identity: 'another boot/1', stopSignal: 'SIGTERM' } };
    writeFileSync(join(directory, 'processes.json'), JSON.stringify(record));
    expect(await new RunRecord(directory, processIdentity).stopOrphans()).toEqual([]);
    expect(lives(stranger.pid!)).toBe(true);
    stranger.kill('SIGKILL');
  });
});

describe('lock of the data directory', () => {
  it('is refused to a second supervisor, with the pid of the first', () => {
    const first = acquireLock(directory);
    expect(acquireLock(directory)).toEqual({ holderPid: process.pid });
    first.release!();
    acquireLock(directory).release!();
  });

  it('of a process that is gone is taken over', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(join(directory, 'supervisor.lock'), JSON.stringify({ pid, identity: 'gone' }));
    expect(acquireLock(directory).release).toBeTypeOf('function');
  });

  it('that names a reused process id is taken over', () => {
    writeFileSync(join(directory, 'supervisor.lock'), JSON.stringify({ pid: process.pid, identity: 'an earlier one' }));
    expect(acquireLock(directory).release).toBeTypeOf('function');
  });
});

describe('command line', () => {
  const run = (...words: string[]) => spawnSync(process.execPath, words, { encoding: 'utf8' });

  it.each(['scripts/start.mjs', 'scripts/test.mjs'])(
    '%s explains itself and refuses what it does not know',
    (script) => {
      const help = run(script, '--help');
      expect([help.status, help.stdout]).toEqual([0, expect.stringContaining('--help')]);
      const typo = run(script, '--rest');
      expect([typo.status, typo.stderr]).toEqual([1, expect.stringContaining('"--rest" is not an option')]);
      expect(typo.stderr).toContain('--help');
    },
  );

  it('names the stage that does not exist', () => {
    const typo = run('scripts/test.mjs', '--only', 'units');
    expect([typo.status, typo.stderr]).toEqual([1, expect.stringContaining('There is no stage "units"')]);
  });

  it('says which Node it needs', async () => {
    const { nodeVersionProblem } = await load<{ nodeVersionProblem: (version: string) => string | null }>(
      'node-version.mjs',
    );
    expect(nodeVersionProblem('20.18.3')).toContain('needs Node.js 20.19 or newer, and this is 20.18.3');
    expect(nodeVersionProblem('18.20.0')).not.toBeNull();
    expect(nodeVersionProblem('20.19.0')).toBeNull();
    expect(nodeVersionProblem('24.1.0')).toBeNull();
  });
});
