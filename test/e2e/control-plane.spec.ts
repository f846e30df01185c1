import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { type Server, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { OPERATIONS, type OperationDescription } from '#libs/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stack } from '../support/stack.js';
import { waitFor } from '../support/wait-for.js';

const run = promisify(execFile);

/** Calls that went through, as `METHOD /path`. */
const calls: string[] = [];
/** Everything that any process printed. */
const printed: string[] = [];
let stack: Stack;
let admin: CountingProxy;
let gateway: CountingProxy;
let token: string;

beforeAll(async () => {
  admin = await CountingProxy.start();
  gateway = await CountingProxy.start();
  stack = await Stack.start({
    environment: { GATEWAY_URL: gateway.url, LOG_LEVEL: 'trace' },
    onOutputLine: (line) => printed.push(line),
  });
  admin.target = stack.adminUrl;
  gateway.target = stack.gateways[0]!.url;
  token = stack.adminToken;
});
afterAll(async () => {
  await Promise.all([admin?.stop(), gateway?.stop()]);
  await stack?.stop();
});

describe('from nothing to a first relay', () => {
  const environment = () => ({ ...process.env, PORTAL_URL: admin.url, PORTAL_TOKEN: token });
  const counted = async (command: string, words: string[]): Promise<string> => {
    calls.length = 0;
    const { stdout } = await run(command, words, { env: environment(), timeout: 120_000 });
    // The relay of another block than the one that the height was read in may need one more attempt; five calls are the promise.
    expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(5);
    expect(calls.at(-1)).toMatch(/^POST \/v1\/pk_\w+\/eth-mainnet$/);
    return stdout;
  };

  it('takes five calls by the example of the API', async () => {
    expect(await counted(process.execPath, ['examples/first-relay-from-nothing.mjs'])).toMatch(
      /block \d+, \d+ relays left/,
    );
  });

  it('takes four commands and a relay by the example of the command line', async () => {
    expect(await counted('sh', ['examples/first-relay-from-nothing.sh'])).toContain('"result":"0x');
  });

  it('takes one command, portal quickstart, which is five calls', async () => {
    const words = ['dist/apps/portal/src/main.js', 'quickstart', '--output', 'json'];
    const made = JSON.parse(await counted(process.execPath, words)) as { url: string; block: string };
    expect(made.url.startsWith(`${gateway.url}/v1/pk_`)).toBe(true);
    expect(Number(made.block)).toBeGreaterThanOrEqual(0);
  });
});

describe('secrets', () => {
  it('that are put in anywhere, or shown once, are in no log, error, metric or row', async () => {
    const canaries: string[] = [];
    const canary = (prefix = ''): string => {
      const made = `${prefix}canary${randomBytes(12).toString('hex')}`;
      canaries.push(made);
      return made;
    };
    const errors: string[] = [];
    const ask = async (url: string, options: RequestInit = {}): Promise<Record<string, unknown>> => {
      const response = await fetch(url, options);
      const text = await response.text();
      if (!response.ok || text.includes('"error"'))
        errors.push(`${options.method ?? 'GET'} ${response.status} ${text}`);
      return (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}) as Record<
        string,
        unknown
      >;
    };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const post = (path: string, body: unknown, more: Record<string, string> = {}) =>
      ask(`${stack.adminUrl}${path}`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });

    const tenant = await stack.createTenant('1000');
    const url = await stack.serving(tenant);
    const endpoint = `/v1/tenants/${tenant.tenantId}/endpoints/${tenant.endpointId}`;
    const shown = [
      (await post(`${endpoint}/keys`, { name: 'shown' }, { 'idempotency-key': canary('order-') }))['key'],
      (await post('/v1/tokens', { name: 'shown', scopes: ['usage:read'] }))['token'],
      (await post(`${endpoint}/secret`, {}))['secret'],
      (await post(`${endpoint}/secret`, {}, { 'idempotency-key': canary() }))['secret'],
    ].map(String);
    expect(shown.every((secret) => secret.length > 20)).toBe(true);

    // Every operation, with its own example, with secrets where secrets go, with an unknown field, and with a body that is no JSON.
    for (const [id, operation] of Object.entries<OperationDescription>(OPERATIONS)) {
      if (operation.method === 'GET') continue;
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
        name === 'tenantId' ? tenant.tenantId : name === 'endpointId' ? tenant.endpointId : randomUUID(),
      );
      const send = (body: string, more: Record<string, string> = {}) =>
        ask(`${stack.adminUrl}${path}`, { method: operation.method, headers: { ...headers, ...more }, body });
      const example = operation.exampleBody ?? {};
      // What suspends or deletes the tenant would only hide what comes after it.
      if (!HARMFUL.test(id)) {
        await send(JSON.stringify(secretly(example, canary)), { 'idempotency-key': canary() });
      }
      await send(JSON.stringify({ ...(example as object), privateKey: canary() }));
      await send(`{"secret":"${canary()}",,}`);
      await send('{}', { authorization: `Bearer ${canary('st_')}`, 'x-api-key': canary() });
    }
    await ask(`${stack.adminUrl}/v1/tenants?token=${canary()}`, { headers });
    await ask(`${stack.adminUrl}/v1/usage?cursor=${canary()}`, { headers });

    const relay = (to: string, more: Record<string, string> = {}, body = RELAY) =>
      ask(to, { method: 'POST', headers: { 'content-type': 'application/json', ...more }, body });
    const base = stack.gateways[0]!.url;
    await relay(url);
    await relay(url, { 'x-api-secret': canary() });
    await relay(url, { authorization: `Basic ${Buffer.from(`:${canary()}`).toString('base64')}` });
    await relay(url, { 'x-api-secret': shown.at(-1)! });
    await relay(url, {}, `{"jsonrpc":"2.0","id":1,"method":"personal_unlockAccount","params":["0x0","${canary()}"]}`);
    await relay(`${base}/v1/${canary('pk_')}/eth-mainnet`);
    await relay(`${base}/v1/${canary('pk_')}/eth-mainnet?key=${canary()}`);
    await relay(`${base}/v1/eth-mainnet`, { authorization: `Bearer ${canary('pk_')}` });
    await relay(`${base}/v1/eth-mainnet`, { 'x-api-key': canary('pk_') });
    await relay(`${base}/v1/${shown[0]}/no-such-chain`);
    await ask(`${base}/v1/${canary('pk_')}/eth-mainnet`);

    const usage = `/v1/tenants/${tenant.tenantId}/usage`;
    const isStored = async () => (await stack.call<{ items: unknown[] }>('GET', usage)).items.length > 0;
    await waitFor('the relays to be stored', isStored, 60_000, 250);
    const metrics: string[] = [];
    for (const address of new Set(printed.flatMap((line) => line.match(/http:\/\/[\w.:[\]]+\/metrics/g) ?? []))) {
      metrics.push(await (await fetch(address)).text());
    }
    expect(metrics.length).toBeGreaterThanOrEqual(2);
    const places = {
      logs: printed.join('\n'),
      database: await dump(),
      metrics: metrics.join('\n'),
      errors: errors.join('\n'),
    };
    for (const [place, text] of Object.entries(places)) expect(text.length, place).toBeGreaterThan(1_000);
    expect(errors.length).toBeGreaterThan(100);
    const secrets = [...canaries, ...shown, tenant.key, token];
    const found = Object.entries(places).flatMap(([place, text]) =>
      secrets
        .filter((secret) => formsOf(secret).some((form) => text.includes(form)))
        .map((secret) => `${secret} in ${place}: ${around(text, formsOf(secret))}`),
    );
    expect(found).toEqual([]);
    console.log(`${secrets.length} secrets, ${printed.length} log lines, ${places.database.length} characters of rows`);
  });
});

const HARMFUL = /^(suspend|delete|resume|restore)(Tenant|Endpoint)|^(drop|demand)EndpointSecret/;

const RELAY = '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}';

/** A body with a canary in every field that holds a secret. */
function secretly(value: unknown, canary: () => string, field = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => secretly(entry, canary, field));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, secretly(entry, canary, name)]));
  }
  const isSecret = /secret|password|token|private|credential|^code$/i.test(field);
  return typeof value === 'string' && isSecret ? canary() : value;
}

/** As it is, in hex as `bytea` is printed, and in base64 wherever it begins. */
function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${'\0'.repeat(shift)}${secret}`)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [secret, Buffer.from(secret).toString('hex'), ...base64.filter((form) => form.length >= 16)];
}

function around(text: string, forms: readonly string[]): string {
  const place = Math.max(...forms.map((form) => text.indexOf(form)));
  return text.slice(Math.max(0, place - 150), place + 60);
}

/** Every row of every table of ours as text. */
async function dump(): Promise<string> {
  const tables = await stack.dataSource.query<Array<{ name: string }>>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await stack.dataSource.query<Array<{ text: string }>>(`SELECT t::text AS text FROM ${name} t`);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}

/** A way through to a part of the stack that notes each call. */
class CountingProxy {
  target = '';

  private constructor(private readonly server: Server) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<CountingProxy> {
    const server = createServer((incoming, answer) => {
      calls.push(`${incoming.method} ${incoming.url}`);
      const { method, headers } = incoming;
      const outgoing = httpRequest(`${proxy.target}${incoming.url}`, { method, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      outgoing.on('error', () => answer.destroy());
      incoming.pipe(outgoing);
    });
    const proxy = new CountingProxy(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
