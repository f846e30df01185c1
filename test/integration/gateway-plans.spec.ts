import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { PlanLimits } from '#libs/tenancy';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { waitFor } from '../support/wait-for.js';
import { GatewayWorld, type StakedApplication } from './gateway-world.js';

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly data: Readonly<Record<string, unknown>> };
}
type Ask = (body: string) => Promise<Answer>;

const FREE: PlanLimits = {
  dailyRelaysMax: null,
  overage: { mode: 'stop' },
  perSecondMax: { tenant: null, endpoint: null, key: null },
  batchCallsMax: null,
  logBlocksMax: null,
  methods: null,
  socketsMax: null,
};
const call = (method: string, params: unknown[] = []): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
const BLOCK = call('eth_getBlockByNumber', ['0x0', false]);

let world: GatewayWorld;
let gateway: RunningGateway;
const sockets: WebSocket[] = [];
const TENANTS = 11;
/** Staked at once, which takes one wait for a session instead of eleven. */
const applications: StakedApplication[] = [];

beforeAll(async () => {
  world = await GatewayWorld.start();
  applications.push(...(await Promise.all(Array.from({ length: TENANTS }, () => world.stake(1_000n)))));
  gateway = await world.gateway();
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await world?.stop();
}, 30_000);

/** The URL, without its scheme, of a tenant's endpoint under a plan with these limits. */
async function under(limits: Partial<PlanLimits>): Promise<string> {
  const { tenantId, key } = await world.endpoint(applications.pop()!);
  const [planId, name] = [randomUUID(), `plan-${randomUUID().slice(0, 8)}`];
  await world.dataSource.query('INSERT INTO tenancy.plans (plan_id, name, limits) VALUES ($1, $2, $3)', [
    planId,
    name,
    { ...FREE, ...limits },
  ]);
  await world.dataSource.query('UPDATE tenancy.tenants SET plan_id = $2 WHERE tenant_id = $1', [tenantId, planId]);
  return `${gateway.url.replace('http', '')}/v1/${key}/eth`;
}

async function overHttp(url: string, body: string): Promise<Answer> {
  const response = await fetch(`http${url}`, { method: 'POST', body });
  return (await response.json()) as Answer;
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws${url}`);
  sockets.push(socket);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

/** Asks one frame at a time. */
function overSocket(socket: WebSocket, body: string): Promise<Answer> {
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as Answer));
    socket.send(body);
  });
}

/** What a new connection says first to a call, and the code with which it was closed when that was a refusal. */
async function firstAnswer(url: string): Promise<Answer & { readonly code?: number }> {
  const socket = new WebSocket(`ws${url}`);
  sockets.push(socket);
  socket.once('open', () => socket.send(BLOCK));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const said = await new Promise<Answer>((resolve, reject) => {
    socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as Answer)).once('error', reject);
  });
  return said.error === undefined ? said : { ...said, code: await closed };
}

/** Both transports of one endpoint. */
async function transports(url: string): Promise<{ http: Ask; webSocket: Ask }> {
  const socket = await connect(url);
  return { http: (body) => overHttp(url, body), webSocket: (body) => overSocket(socket, body) };
}

/** How many of so many calls were served, put to HTTP and WebSocket in turns, and what the others met. */
async function spend(url: string, calls: number) {
  const { http, webSocket } = await transports(url);
  const answers: Answer[] = [];
  for (let index = 0; index < calls; index += 1) answers.push(await (index % 2 === 0 ? http : webSocket)(BLOCK));
  return {
    served: answers.filter(({ error }) => error === undefined).length,
    refused: answers.flatMap(({ error }) => (error === undefined ? [] : [error.data['reason']])),
  };
}

describe('a plan’s day, shared by HTTP and WebSocket', () => {
  it('ends at the cap', async () => {
    const url = await under({ dailyRelaysMax: 8 });
    expect(await spend(url, 12)).toEqual({ served: 8, refused: ['quota', 'quota', 'quota', 'quota'] });
  });

  it('ends so many percent beyond the cap where the plan allows them', async () => {
    const url = await under({ dailyRelaysMax: 8, overage: { mode: 'allow-percent', percent: 25 } });
    expect(await spend(url, 12)).toEqual({ served: 10, refused: ['quota', 'quota'] });
  });

  it('goes on beyond the cap where the plan bills it', async () => {
    const url = await under({ dailyRelaysMax: 3, overage: { mode: 'allow-and-bill' } });
    expect(await spend(url, 12)).toEqual({ served: 12, refused: [] });
  });
});

describe('a plan holds over HTTP and WebSocket', () => {
  it.each([
    ['tenant', 'plan-tenant-rate'],
    ['endpoint', 'plan-endpoint-rate'],
    ['key', 'plan-key-rate'],
  ] as const)('the calls a second of each %s', async (whose, rule) => {
    const url = await under({ perSecondMax: { ...FREE.perSecondMax, [whose]: 5 } });
    const { http, webSocket } = await transports(url);
    const startMs = performance.now();
    const overFrames = async () => {
      const answers: Answer[] = [];
      for (let index = 0; index < 20; index += 1) answers.push(await webSocket(BLOCK));
      return answers;
    };
    const perTransport = await Promise.all([Promise.all(Array.from({ length: 20 }, () => http(BLOCK))), overFrames()]);
    const seconds = (performance.now() - startMs) / 1_000;
    const served = perTransport.flat().filter(({ error }) => error === undefined);
    expect(served.length).toBeGreaterThan(0);
    expect(served.length).toBeLessThanOrEqual(5 * Math.ceil(seconds + 1));
    for (const answers of perTransport) {
      const refusals = answers.flatMap(({ error }) => (error === undefined ? [] : [error.data]));
      expect(refusals.length).toBeGreaterThan(0);
      expect(
        refusals.filter((data) => data['reason'] !== 'rate' || data['rule'] !== rule || data['limit'] !== 5),
      ).toEqual([]);
    }
  });

  it('the length of a batch', async () => {
    const asks = await transports(await under({ batchCallsMax: 3 }));
    const batch = (count: number): string => `[${Array.from({ length: count }, () => BLOCK).join(',')}]`;
    for (const ask of [asks.http, asks.webSocket]) {
      const served = (await ask(batch(3))) as unknown as Answer[];
      expect(served.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
      const refused = (await ask(batch(4))) as unknown as Answer[];
      expect(refused.map(({ error }) => error?.data)).toMatchObject(
        Array.from({ length: 4 }, () => ({ reason: 'size', limit: 3, size: 4 })),
      );
    }
  });

  it('the blocks of a log filter, in a batch as well', async () => {
    const asks = await transports(await under({ logBlocksMax: 10 }));
    const logs = (toBlock: string): string => call('eth_getLogs', [{ fromBlock: '0x0', toBlock }]);
    for (const ask of [asks.http, asks.webSocket]) {
      // A span that a plan allows is the chain's to answer.
      expect(JSON.stringify(await ask(logs('0x9')))).not.toContain('plan-log-blocks');
      const refusal = { error: { data: { reason: 'params', rule: 'plan-log-blocks', limit: 10, seen: '11' } } };
      expect(await ask(logs('0xa'))).toMatchObject(refusal);
      expect(((await ask(`[${BLOCK},${logs('0xa')}]`)) as unknown as Answer[])[1]).toMatchObject(refusal);
      expect(await ask(call('eth_getLogs', [{ fromBlock: '0x0' }]))).toMatchObject({
        error: { data: { rule: 'plan-log-blocks', seen: null } },
      });
    }
  });

  it('the methods, in a batch as well', async () => {
    const asks = await transports(await under({ methods: ['eth_getBlockByNumber', 'net_*'] }));
    const refusal = { error: { data: { reason: 'method-policy', rule: 'plan-methods', seen: 'eth_gasPrice' } } };
    for (const ask of [asks.http, asks.webSocket]) {
      expect(await ask(BLOCK)).toHaveProperty('result');
      expect(await ask(call('eth_gasPrice'))).toMatchObject(refusal);
      expect(((await ask(`[${BLOCK},${call('eth_gasPrice')}]`)) as unknown as Answer[])[1]).toMatchObject(refusal);
    }
  });
});

describe('a plan’s WebSocket connections', () => {
  it('are counted for the tenant alone, refused with 1013 beyond the plan, and free again when one closes', async () => {
    const [url, other] = [await under({ socketsMax: 2 }), await under({ socketsMax: 2 })];
    const [first, second] = [await connect(url), await connect(url)];
    // A connection counts once it is accepted, and it answers only then.
    for (const socket of [first, second]) expect(await overSocket(socket, BLOCK)).toHaveProperty('result');
    expect(await firstAnswer(url)).toMatchObject({ code: 1013, error: { data: { rule: 'plan-sockets', limit: 2 } } });
    expect(await overHttp(url, BLOCK)).toHaveProperty('result');
    expect(await overSocket(await connect(other), BLOCK)).toHaveProperty('result');
    first.close();
    await waitFor(
      'the place of the closed connection',
      async () => (await firstAnswer(url)).error === undefined,
      5_000,
    );
  });
});
