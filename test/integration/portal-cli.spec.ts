import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '#libs/client';
import type { Io } from '../../apps/portal/src/io.js';
import { OPERATION_COMMANDS, buildProgram, runPortal } from '../../apps/portal/src/program.js';
import { type Harness, startHarness } from './admin-harness.js';

let harness: Harness;
let url: string;
let directory: string;

/** What a command printed and how it ended. */
interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function worldOf(changes: Partial<Io> = {}): { io: Io; printed: { out: string; err: string } } {
  const printed = { out: '', err: '' };
  const io: Io = {
    env: { PORTAL_URL: url, PORTAL_TOKEN: harness.config.ADMIN_TOKEN },
    directory,
    columns: 120,
    isInteractive: false,
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    ask: () => Promise.reject(new Error('nobody is there')),
    input: () => Promise.resolve(''),
    sleep: () => Promise.resolve(),
    signal: new AbortController().signal,
    fetch: (request) => fetch(request),
    ...changes,
  };
  return { io, printed };
}

async function portal(line: string[], changes: Partial<Io> = {}): Promise<Outcome> {
  const { io, printed } = worldOf(changes);
  const code = await runPortal(line, io);
  return { code, ...printed };
}

async function json(...line: string[]): Promise<Record<string, unknown>> {
  const outcome = await portal([...line, '--output', 'json']);
  expect(outcome, line.join(' ')).toMatchObject({ code: 0 });
  return JSON.parse(outcome.out) as Record<string, unknown>;
}

beforeAll(async () => {
  harness = await startHarness();
  url = harness.admin.url.replace('[::1]', '127.0.0.1');
  directory = mkdtempSync(join(tmpdir(), 'portal-cli-'));
});
afterAll(async () => {
  await harness?.stop();
  rmSync(directory, { recursive: true });
});

describe('commands', () => {
  it('exist for every operation, each under a name of its own', () => {
    expect(OPERATION_COMMANDS.map(({ id }) => id).toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
    const names = OPERATION_COMMANDS.map(({ name }) => `${name.group} ${name.verb}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z-]+ [a-z][a-z-]*$/.test(name))).toEqual([]);
  });

  it('have no two flags of one name, and none that every command has', () => {
    for (const { name, query, body, operation } of OPERATION_COMMANDS) {
      const flags = [...query, ...body].map((flag) => flag.name);
      expect(
        flags.filter((flag, index) => flags.indexOf(flag) !== index),
        `${name.group} ${name.verb}`,
      ).toEqual([]);
      const paths = operation.pathParameters.map((parameter) => parameter.name.replace(/Id$/, ''));
      expect(flags.filter((flag) => paths.includes(flag))).toEqual([]);
    }
  });

  it('explain themselves, with an example', async () => {
    for (const { name } of OPERATION_COMMANDS) {
      const { code, out } = await portal([name.group, name.verb, '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`Example:\n  portal ${name.group} ${name.verb}`);
      expect(out).toContain('--output');
    }
    expect((await portal(['--help'])).out).toContain(
      'Exit codes: 0 done, 1 refused, 2 not understood, 3 nothing answers.',
    );
    const { io } = worldOf();
    expect(buildProgram(io).commands.length).toBeGreaterThan(10);
  });
});

describe('what an operator types at three in the morning', () => {
  it('works from a tenant to a rotated key and a suspension, as a table and as JSON', async () => {
    const { tenantId } = await json('tenants', 'create', '--name', 'Night shift');
    const tenant = ['--tenant', String(tenantId)];
    const stake = ['--source', 'managed', '--name', 'app', '--chains', 'eth-mainnet', '--stake-pokt', '1000'];
    const { applicationId } = await json('applications', 'create', ...tenant, ...stake);
    const made = await json(
      'endpoints',
      'create',
      ...tenant,
      '--name',
      'web',
      '--application-ids',
      String(applicationId),
    );
    const endpoint = ['--endpoint', String(made['endpointId'])];
    const key = await json('keys', 'create', ...tenant, ...endpoint, '--name', 'first');

    const limited = await json(
      'endpoints',
      'update',
      String(made['endpointId']),
      ...tenant,
      '--rules',
      '{"methods":["eth_*"]}',
    );
    expect(limited['rules']).toEqual({ methods: ['eth_*'] });
    const dry = [
      'endpoints',
      'dry-run',
      String(made['endpointId']),
      ...tenant,
      '--chain',
      'eth',
      '--method',
      'debug_x',
    ];
    expect((await portal(dry)).out).toMatch(/^passes +false$/m);

    const rotate = ['keys', 'rotate', String(key['keyId']), ...tenant, ...endpoint, '--overlap', '0'];
    const unasked = await portal(rotate);
    expect(unasked).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--yes') as string });
    const rotated = await portal([...rotate, '--yes']);
    expect(rotated).toMatchObject({ code: 0, err: expect.stringContaining('shown once') as string });
    expect(rotated.out).toMatch(/^key +pk_\w+$/m);
    const keys = await portal(['keys', 'list', ...tenant, ...endpoint]);
    expect(keys.out).toMatch(/^keyId +\S+/);
    expect(keys.out.split('\n').length).toBe(4);
    expect(keys.out).not.toMatch(/pk_\w{30}/);

    const suspend = ['tenants', 'suspend', String(tenantId), '--reason', 'unpaid'];
    const asked: string[] = [];
    const ask = (answer: string) => (question: string) => (asked.push(question), Promise.resolve(answer));
    expect(await portal(suspend, { isInteractive: true, ask: ask('yes') })).toMatchObject({ code: 1 });
    expect((await json('tenants', 'get', String(tenantId)))['status']).toBe('active');
    expect(await portal(suspend, { isInteractive: true, ask: ask(String(tenantId)) })).toMatchObject({ code: 0 });
    expect(asked[0]).toContain(`Type ${String(tenantId)} to go on`);
    expect((await json('tenants', 'get', String(tenantId)))['status']).toBe('suspended');
    expect((await portal(['audit', 'list', ...tenant, '--limit', '1'])).out).toContain('tenant.suspend');
  });

  it('sees all pages, as a table, JSON or one entry a line', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) await json('tenants', 'create', '--name', name);
    const first = await portal(['tenants', 'list', '--limit', '2']);
    expect(first.err).toContain('--all');
    for (const output of ['table', 'json', 'ndjson']) {
      const { out } = await portal(['tenants', 'list', '--limit', '2', '--all', '--output', output]);
      for (const name of ['page-1', 'page-2', 'page-3']) expect(out).toContain(name);
    }
    const lines = (await portal(['tenants', 'list', '--all', '--output', 'ndjson'])).out.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { name: string }).name)).toContain('page-3');
    expect(await portal(['usage', 'show', '--format', 'csv'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^day,billableRelays,/) as string,
    });
  });

  it('watches until it is stopped', async () => {
    const stop = new AbortController();
    let rounds = 0;
    const sleep = (ms: number) => {
      expect(ms).toBe(500);
      rounds += 1;
      if (rounds === 3) stop.abort();
      return Promise.resolve();
    };
    const { code, out } = await portal(['system', 'ready', '--watch', '0.5'], { sleep, signal: stop.signal });
    expect({ code, shown: out.match(/status +ok/g)?.length }).toEqual({ code: 0, shown: 3 });
  });

  it('narrows to --tenant what is not of one tenant', async () => {
    const { tenantId } = await json('tenants', 'create', '--name', 'narrow');
    const { items } = await json('audit', 'list', '--tenant', String(tenantId));
    expect(items).toMatchObject([{ action: 'tenant.create', tenantId }]);
  });

  it('reads a body from a flag, a file or standard input, with flags over it', async () => {
    const file = join(directory, 'tenant.json');
    writeFileSync(file, '{"name":"from a file"}');
    expect((await json('tenants', 'create', '--body', `@${file}`))['name']).toBe('from a file');
    expect((await json('tenants', 'create', '--body', `@${file}`, '--name', 'from a flag'))['name']).toBe(
      'from a flag',
    );
    const piped = await portal(['tenants', 'create', '--body', '-'], {
      input: () => Promise.resolve('{"name":"piped"}'),
    });
    expect(piped.out).toContain('piped');
  });

  it('repeats a change under its key without changing anything again', async () => {
    const line = ['tenants', 'create', '--name', 'once', '--idempotency-key', 'cli-once'];
    expect((await json(...line))['tenantId']).toBe((await json(...line))['tenantId']);
  });
});

describe('errors', () => {
  it('show title, detail, code, request and explanation, and end with 1', async () => {
    const { code, out, err } = await portal(['tenants', 'get', '0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /^Not found \(HTTP 404\)\nThere is no such tenant\.\ncode {5}not-found\nrequest {2}\w+\ndocs {5}http\S+\/problems\/not-found\n$/,
    );
    const invalid = await portal(['tenants', 'list', '--limit', '1000']);
    expect(invalid.err).toMatch(/^ {2}limit: /m);
  });

  it('of the command line end with 2, of the network with 3', async () => {
    const wrong = [
      ['tenants', 'suspend'],
      ['tenants', 'fly'],
      ['tenants', 'create'],
      ['tenants', 'create', '--nam', 'x'],
      ['keys', 'list'],
      ['endpoints', 'list', '--tenant', 'x', '--limit', 'many'],
      ['endpoints', 'update', 'x', '--tenant', 'x', '--answer-style', 'loud'],
      ['tenants', 'create', '--body', '[1]'],
      ['tenants', 'list', '--output', 'xml'],
      ['tenants', 'list', '--url', 'nowhere'],
    ];
    for (const line of wrong) expect({ line, code: (await portal(line)).code }).toEqual({ line, code: 2 });
    expect((await portal(['system', 'live'], { env: {} })).err).toContain('npm start');
    const away = await portal(['system', 'live', '--url', 'http://127.0.0.1:9']);
    expect(away).toMatchObject({
      code: 3,
      err: expect.stringContaining('http://127.0.0.1:9 does not answer') as string,
    });
  });
});

describe('credentials', () => {
  it('come from an option, a file, the environment or npm start, and go to no other address', async () => {
    const file = join(directory, 'token');
    writeFileSync(file, `${harness.config.ADMIN_TOKEN}\n`);
    expect((await portal(['tenants', 'list', '--url', url, '--token-file', file], { env: {} })).code).toBe(0);
    const env = { PORTAL_URL: url, PORTAL_TOKEN_FILE: file };
    expect((await portal(['tenants', 'list'], { env })).code).toBe(0);
    expect((await portal(['tenants', 'list', '--token', 'wrong'], { env })).code).toBe(1);

    const below = join(directory, 'a', 'b');
    mkdirSync(join(directory, '.data'));
    mkdirSync(below, { recursive: true });
    const dev = { admin: { url, token: harness.config.ADMIN_TOKEN } };
    writeFileSync(join(directory, '.data', 'dev.json'), JSON.stringify(dev));
    expect((await portal(['tenants', 'list'], { env: {}, directory: below })).code).toBe(0);
    const seen: Array<string | null> = [];
    const spy = (request: Request) => (seen.push(request.headers.get('authorization')), fetch(request));
    await portal(['system', 'live', '--url', url.replace('127.0.0.1', 'localhost')], {
      env: {},
      directory: below,
      fetch: spy,
    });
    expect(seen).toEqual([null]);
  });
});
