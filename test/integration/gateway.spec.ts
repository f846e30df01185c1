import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { JsonRpcProvider } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { waitFor } from '../support/wait-for.js';
import { GatewayWorld, type StakedApplication, type WorldEndpoint } from './gateway-world.js';

let world: GatewayWorld;
let gateway: RunningGateway;
let application: StakedApplication;
let endpoint: WorldEndpoint;
let strict: WorldEndpoint;

beforeAll(async () => {
  world = await GatewayWorld.start();
  application = await world.stake(25_000n);
  endpoint = await world.endpoint(application);
  strict = await world.endpoint(await world.stake(100n), { answerStyle: 'strict', verifyInline: true });
  gateway = await world.gateway();
}, 120_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

const urlOf = (of: WorldEndpoint = endpoint, chain = 'eth-mainnet'): string => `${gateway.url}/v1/${of.key}/${chain}`;

async function post(url: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: new Uint8Array(Buffer.from(body as string)),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as RpcAnswer };
}

interface RpcAnswer {
  id: unknown;
  result?: unknown;
  error?: { code: number; message: string; data: Record<string, unknown> };
}

const call = (method: string, params: unknown[] = [], id: unknown = 1): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });

describe('a relay', () => {
  it('is answered by a node of the session, with the caller’s id byte for byte', async () => {
    const direct = await post(world.anvil.url, call('eth_getBlockByNumber', ['0x0', false]));
    for (const id of ['12345678901234567890', '"\\u0061"', '0', 'null', '""', '-1.50']) {
      const answer = await post(
        urlOf(),
        `{"id":${id},"jsonrpc":"2.0","method":"eth_getBlockByNumber","params":["0x0",false]}`,
      );
      expect(answer.status).toBe(200);
      expect(answer.text).toContain(`"id":${id},`);
      expect(answer.json().result).toEqual(direct.json().result);
    }
  });

  it('carries the headers of the wire contract', async () => {
    const { headers } = await post(urlOf(), call('eth_blockNumber'), { origin: 'https://app.example' });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toMatch(/X-Request-Id.*RateLimit-Remaining/);
    expect(headers.get('ratelimit-limit')).toBe('1000000');
    expect(Number(headers.get('ratelimit-remaining'))).toBeLessThan(1_000_000);
    expect(Number(headers.get('ratelimit-reset'))).toBeLessThanOrEqual(86_400);
    expect(headers.get('retry-after')).toBeNull();
  });

  it.each(['0021', '1', '31337', 'ETH', 'Ethereum/', 'eth-mainnet?x=1'])('finds the chain called %s', async (chain) => {
    expect((await post(urlOf(endpoint, chain), call('eth_blockNumber'))).json().result).toMatch(/^0x/);
  });

  it('takes the key from a header too', async () => {
    const url = `${gateway.url}/v1/eth-mainnet`;
    for (const headers of [{ authorization: `Bearer ${endpoint.key}` }, { 'x-api-key': endpoint.key }]) {
      expect((await post(url, call('eth_blockNumber'), headers as Record<string, string>)).json().result).toMatch(
        /^0x/,
      );
    }
  });

  it('passes the chain’s own errors through as HTTP 200', async () => {
    const answer = await post(urlOf(strict), call('eth_noSuchMethod'));
    expect(answer.status).toBe(200);
    expect(answer.json().error?.code).toBe(-32601);
    expect(answer.json().error?.data).toBeUndefined();
  });

  it('survives session boundaries without a failed request', async () => {
    const heights = new Set<number>();
    for (let session = 0; session < 3; session += 1) {
      await world.nextSession();
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, id) =>
          post(urlOf(), call('eth_chainId'.replace('chainId', 'gasPrice'), [], id)),
        ),
      );
      expect(answers.filter((answer) => answer.json().result === undefined)).toEqual([]);
      heights.add(world.devnet.network.view.height);
    }
    expect(heights.size).toBe(3);
  });

  it('serves ethers', async () => {
    const provider = new JsonRpcProvider(urlOf());
    expect((await provider.getNetwork()).chainId).toBe(31_337n);
    expect(await provider.getBalance('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266')).toBe(10_000n * 10n ** 18n);
    provider.destroy();
  });
});

describe('a batch', () => {
  it('is answered in order, without notifications, with duplicate ids kept and faulty items refused by themselves', async () => {
    const body = `[${call('eth_chainId', [], 7)},{"jsonrpc":"2.0","method":"eth_blockNumber"},1,${call('eth_blockNumber', [], 7)},{"jsonrpc":"2.0","id":"x","method":5},${call('eth_subscribe', ['newHeads'], 9)}]`;
    const answer = await post(urlOf(), body);
    expect(answer.status).toBe(200);
    const items = JSON.parse(answer.text) as RpcAnswer[];
    expect(items.map((item) => item.id)).toEqual([7, null, 7, 'x', 9]);
    expect(items[0]?.result).toBe('0x7a69');
    expect(items.map((item) => item.error?.code)).toEqual([undefined, -32600, undefined, -32600, -32601]);
  });

  it('takes 100 calls and refuses 101 id by id', async () => {
    const many = (count: number) =>
      `[${Array.from({ length: count }, (_, id) => call('eth_blockNumber', [], id)).join(',')}]`;
    const served = JSON.parse((await post(urlOf(), many(100))).text) as RpcAnswer[];
    expect(served).toHaveLength(100);
    expect(served.every((item, index) => item.id === index && typeof item.result === 'string')).toBe(true);
    const long = await post(urlOf(), many(101));
    expect(long.status).toBe(200);
    const refused = JSON.parse(long.text) as RpcAnswer[];
    expect(refused.map((item) => item.id)).toEqual(Array.from({ length: 101 }, (_, id) => id));
    expect(refused.every((item) => item.error?.data['reason'] === 'size')).toBe(true);
    expect((await post(urlOf(strict), many(101))).status).toBe(413);
  });

  it('of notifications alone has no answer', async () => {
    const answer = await post(urlOf(), '[{"jsonrpc":"2.0","method":"eth_blockNumber"}]');
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
  });
});

describe('a refusal', () => {
  it.each([
    ['parse', '{"jsonrpc":', 400, 400],
    ['request', '[]', 400, 400],
    ['request', '{"jsonrpc":"2.0","id":3}', 200, 400],
    ['size', '['.repeat(70) + ']'.repeat(70), 413, 413],
  ])('for %s: %s', async (reason, body, wallet, strictStatus) => {
    const [inWallet, inStrict] = [await post(urlOf(), body), await post(urlOf(strict), body)];
    expect([inWallet.status, inStrict.status]).toEqual([wallet, strictStatus]);
    for (const answer of [inWallet, inStrict]) {
      expect(answer.json().error?.data).toMatchObject({ reason, requestId: answer.headers.get('x-request-id') });
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    }
  });

  it('tells a typo from an unknown key, and says the same for unknown and revoked ones', async () => {
    const typo = await post(`${gateway.url}/v1/${endpoint.key.slice(0, -1)}x/eth`, call('eth_blockNumber'));
    const unknown = await post(
      `${gateway.url}/v1/pk_0000000000000000000000000000000A_000000/eth`,
      call('eth_blockNumber'),
    );
    const revoked = await world.endpoint(await world.stake(10n));
    expect((await post(urlOf(revoked), call('eth_blockNumber'))).status).toBe(200);
    await world.dataSource.query('UPDATE tenancy.api_keys SET revoked_at = now() WHERE key_id = $1', [revoked.keyId]);
    await waitFor(
      'the revocation',
      async () => (await post(urlOf(revoked), call('eth_chainId'))).status === 401,
      2_000,
    );
    const gone = await post(urlOf(revoked), call('eth_blockNumber'));
    expect([typo.status, unknown.status, gone.status]).toEqual([401, 401, 401]);
    expect(typo.json().error?.message).toMatch(/mistyped/);
    expect(gone.json().error?.code).toBe(-32016);
    expect((await post(`${gateway.url}/v1/eth`, call('eth_blockNumber'))).status).toBe(401);
  });

  it('for an unknown chain lists the closest', async () => {
    const answer = await post(urlOf(endpoint, 'eth-mainet'), call('eth_blockNumber'));
    expect(answer.status).toBe(404);
    expect(answer.json().error).toMatchObject({ code: -32001, data: { reason: 'chain' } });
    expect(answer.json().error?.data['closest']).toContain('eth-mainnet');
  });

  it('for a chain that nobody staked for names the rule', async () => {
    const answer = await post(urlOf(endpoint, 'polygon'), call('eth_blockNumber'));
    expect(answer.json().error?.data).toMatchObject({ reason: 'policy', rule: 'staked-chains', seen: 'poly-mainnet' });
  });

  it('for a suspended tenant arrives within a second', async () => {
    const other = await world.endpoint(await world.stake(10n));
    expect((await post(urlOf(other), call('eth_blockNumber'))).status).toBe(200);
    await world.dataSource.query(
      `UPDATE tenancy.tenants SET status = 'suspended', suspended_reason = 'unpaid' WHERE tenant_id = $1`,
      [other.tenantId],
    );
    await waitFor('the suspension', async () => (await post(urlOf(other), call('eth_chainId'))).status === 403, 2_000);
    expect((await post(urlOf(other), call('eth_chainId'))).json().error?.data).toMatchObject({
      reason: 'suspended',
      cause: 'unpaid',
    });
  });

  it('for a body over 2 MiB is a JSON-RPC 413, and 2 MiB pass the edge', async () => {
    const at = Buffer.alloc(2 * 1024 * 1024, ' ');
    at.write(call('eth_chainId'));
    expect((await post(urlOf(), at)).status).toBe(200);
    const over = await post(urlOf(), Buffer.concat([at, Buffer.from(' ')]));
    expect(over.status).toBe(413);
    expect(over.json().error?.data['reason']).toBe('size');
  });

  it('for a long URL, many headers and a large head is JSON too', async () => {
    expect((await post(`${urlOf()}?${'x'.repeat(2_100)}`, call('eth_chainId'))).status).toBe(414);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-h-${index}`, 'v']));
    const tooMany = await post(urlOf(), call('eth_chainId'), many);
    expect(tooMany.status).toBe(431);
    const large = await raw(`POST /v1/x/eth HTTP/1.1\r\nhost: x\r\nx-large: ${'y'.repeat(20_000)}\r\n\r\n`);
    expect(large).toMatch(/^HTTP\/1.1 431 /);
    expect(large).toContain('"reason":"size"');
    const broken = await raw('NOT HTTP\r\n\r\n');
    expect(broken).toMatch(/^HTTP\/1.1 400 /);
    expect(broken).toContain('"reason":"request"');
  });
});

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let received = '';
    socket.on('data', (chunk) => (received += String(chunk)));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('the daily limit', () => {
  it('is exact, and the free methods outlive it', async () => {
    const small = await world.endpoint(await world.stake(50n), { dailyRelays: 30 });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, id) => post(urlOf(small), call('eth_blockNumber', [], id))),
    );
    const refused = answers.map((answer) => answer.json()).filter((answer) => answer.error !== undefined);
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(answers.length - refused.length).toBe(30);
    for (const answer of refused) {
      expect(answer.error).toMatchObject({ code: -32068, data: { reason: 'quota', limit: 30, used: 30 } });
      expect(answer.error?.data['resetAt']).toMatch(/T00:00:00.000Z$/);
    }
    const batch = JSON.parse(
      (
        await post(
          urlOf(small),
          `[${call('eth_chainId', [], 1)},${call('eth_blockNumber', [], 2)},${call('net_version', [], 3)}]`,
        )
      ).text,
    ) as RpcAnswer[];
    expect(batch.map((item) => item.result ?? item.error?.data['reason'])).toEqual(['0x7a69', 'quota', '31337']);
  });

  it('in a batch serves what is left and refuses the rest', async () => {
    const small = await world.endpoint(await world.stake(51n), { dailyRelays: 5, answerStyle: 'strict' });
    const body = `[${Array.from({ length: 8 }, (_, id) => call('eth_blockNumber', [], id)).join(',')}]`;
    const items = JSON.parse((await post(urlOf(small), body)).text) as RpcAnswer[];
    expect(items.map((item) => item.id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(items.filter((item) => item.result !== undefined)).toHaveLength(5);
    expect((await post(urlOf(small), call('eth_blockNumber'))).status).toBe(402);
  });
});

describe('nodes that misbehave', () => {
  const everyMethod = call('eth_getBalance', ['0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266', 'latest'], 'me');
  const strike = (behaviour: Record<string, unknown>, nodes: number[] | 'all') =>
    world.devnet.network.faults.install({ rules: [{ nodes, probability: 1, afterMs: 0, behaviour }] } as never);

  it.each([
    ['drop', { drop: true }],
    ['wrong id', { wrongId: true }],
    ['HTML instead of the envelope', { html: 'node' }],
    ['HTML inside it', { html: 'chain' }],
    ['half a body', { truncate: 'body' }],
    ['a cut connection', { truncate: 'transport' }],
    ['refusal 26', { errorCode: 26 }],
    ['session confusion 60', { sessionConfusion: 60 }],
    ['session confusion 14', { sessionConfusion: 14 }],
    ['exhausted', { exhausted: true }],
    ['syncing', { syncing: true }],
    ['out of sync', { heightSkewBlocks: 50 }],
  ] as ReadonlyArray<[string, Record<string, unknown>]>)('%s: another node answers', async (_name, behaviour) => {
    await world.nextSession();
    const session = await sessionNodes();
    strike(behaviour, session.slice(0, 2));
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(urlOf(), everyMethod)));
    world.devnet.network.faults.remove();
    for (const answer of answers)
      expect(answer.json()).toMatchObject({ id: 'me', result: expect.stringMatching(/^0x/) });
  });

  it('a bad signature is caught inline where the endpoint asks for it', async () => {
    // A gateway that knows nothing of the nodes' past, so that it tries the forgers too.
    const own = await world.gateway();
    await world.nextSession();
    strike({ badSignature: true }, (await sessionNodes(strict)).slice(0, 3));
    // Enough calls to open more than the honest nodes.
    const target = urlOf(strict).replace(gateway.url, own.url);
    const answers = await Promise.all(Array.from({ length: 24 }, () => post(target, everyMethod)));
    world.devnet.network.faults.remove();
    for (const answer of answers) expect(answer.json().result).toMatch(/^0x/);
    const metrics = await (await fetch(own.metricsUrl)).text();
    expect(metrics).toMatch(/gateway_forged_answers_total\{chain="eth-mainnet",app="gateway"\} [1-4]/);
  });

  it('all of them: a clean refusal, the unit is given back, local methods still answer', async () => {
    await world.nextSession();
    const before = await usedUnits();
    strike({ drop: true }, 'all');
    const [wallet, inStrict] = [await post(urlOf(), everyMethod), await post(urlOf(strict), everyMethod)];
    expect([wallet.status, inStrict.status]).toEqual([200, 503]);
    expect(wallet.json()).toMatchObject({ id: 'me', error: { code: -32002, data: { reason: 'upstream' } } });
    expect((await post(urlOf(), call('eth_chainId'))).json().result).toBe('0x7a69');
    world.devnet.network.faults.remove();
    expect(await usedUnits()).toBe(before);
  });

  it('a transaction is never sent to a second node after the first may have run it', async () => {
    await world.nextSession();
    strike({ html: 'chain' }, 'all');
    const sent = relaysAnswered();
    const answer = await post(urlOf(), call('eth_sendRawTransaction', ['0x00']));
    world.devnet.network.faults.remove();
    expect(answer.json().error?.data).toMatchObject({ reason: 'upstream', mayHaveRun: true, attempts: 1 });
    expect(relaysAnswered() - sent).toBeLessThanOrEqual(1);
  });
});

function relaysAnswered(): number {
  return world.devnet.network.oracle
    .counts()
    .reduce((sum: number, count: { answered: number }) => sum + count.answered, 0);
}

/** Numbers of the nodes in the application's session. */
async function sessionNodes(of: WorldEndpoint = endpoint): Promise<number[]> {
  const [row] = await world.dataSource.query<[{ public_key: string }]>(
    'SELECT public_key FROM tenancy.applications WHERE application_id = $1',
    [of.applicationId],
  );
  const answer = (await (
    await fetch(`${world.devnet.url}/v1/client/dispatch`, {
      method: 'POST',
      body: JSON.stringify({ app_public_key: row.public_key, chain: '0021', session_height: 0 }),
    })
  ).json()) as { session: { nodes: Array<{ service_url: string }> } };
  const urls = Array.from({ length: 24 }, (_, index) => world.devnet.network.serviceUrl(index));
  return answer.session.nodes.map((node) => urls.indexOf(node.service_url));
}

async function usedUnits(): Promise<number> {
  const { headers } = await post(urlOf(), call('eth_chainId'));
  return Number(headers.get('ratelimit-limit')) - Number(headers.get('ratelimit-remaining'));
}

describe('GET on an endpoint', () => {
  it('explains it to programs and to people', async () => {
    const json = (await (await fetch(urlOf())).json()) as { metaMask: { chainId: number }; endpoint: string };
    expect(json.metaMask).toMatchObject({ chainId: 31_337, currencySymbol: 'ETH' });
    expect(json.endpoint).toBe(urlOf());
    const html = await fetch(urlOf(), { headers: { accept: 'text/html' } });
    expect(html.headers.get('content-type')).toMatch(/^text\/html/);
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await html.text()).toContain('MetaMask');
  });

  it('answers a browser’s preflight', async () => {
    const response = await fetch(urlOf(), {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-api-key',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type,x-api-key');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
  });

  it('lists chains and errors', async () => {
    const { chains } = (await (await fetch(`${gateway.url}/v1/chains`)).json()) as { chains: Array<{ slug: string }> };
    expect(chains.length).toBeGreaterThanOrEqual(30);
    const { errors } = (await (await fetch(`${gateway.url}/docs/errors`)).json()) as { errors: unknown[] };
    expect(errors).toHaveLength(16);
  });
});

describe('a WebSocket', () => {
  const open = (url: string): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace(/^http/, 'ws'));
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));
  const answers = (socket: WebSocket, count: number): Promise<RpcAnswer[]> =>
    new Promise((resolve) => {
      const received: RpcAnswer[] = [];
      socket.on('message', (data: Buffer) => {
        received.push(JSON.parse(data.toString()) as RpcAnswer);
        if (received.length === count) resolve(received);
      });
    });

  it('serves calls and batches through the same pipeline', async () => {
    const socket = await open(urlOf());
    const received = answers(socket, 4);
    socket.send(call('eth_chainId', [], 1));
    socket.send(call('eth_blockNumber', [], 2));
    socket.send(`[${call('eth_blockNumber', [], 3)}]`);
    socket.send('{broken');
    const got = await received;
    expect(got.find((answer) => answer.id === 1)?.result).toBe('0x7a69');
    expect(got.find((answer) => answer.id === 2)?.result).toMatch(/^0x/);
    expect(got.find(Array.isArray)).toHaveLength(1);
    expect(got.find((answer) => answer.id === null)?.error?.code).toBe(-32700);
    socket.close();
  });

  it('closes with 1008 for a bad key and 1009 for a frame that is too large', async () => {
    const bad = await open(`${gateway.url}/v1/pk_0000000000000000000000000000000A_000000/eth`);
    expect(await closed(bad)).toBe(1008);
    const socket = await open(urlOf());
    const code = closed(socket);
    socket.send(Buffer.alloc(2 * 1024 * 1024 + 1, ' '));
    expect(await code).toBe(1009);
  });
});

describe('receipts and figures', () => {
  it('one receipt for each answered relay reaches the queue, none for local answers and refusals', async () => {
    const own = await world.gateway({ PROBE_SHARE: '0' });
    const target = `${own.url}/v1/${endpoint.key}/eth-mainnet`;
    for (let index = 0; index < 7; index += 1) await post(target, call('eth_blockNumber'));
    await post(target, call('eth_chainId'));
    await post(target, '{');
    const metrics = await (await fetch(own.metricsUrl)).text();
    expect(metrics).toMatch(/gateway_journal_receipts_total\{app="gateway"\} 7\b/);
    expect(metrics).toMatch(/gateway_calls_total\{chain="eth-mainnet",outcome="served",app="gateway"\} 7\b/);
    expect(metrics).toMatch(/gateway_calls_total\{chain="eth-mainnet",outcome="local",app="gateway"\} 1\b/);
    expect(metrics).not.toContain(endpoint.key);
    await waitFor(
      'the chunk to be enqueued',
      async () =>
        /gateway_chunks_total\{step="enqueued",app="gateway"\} [1-9]/.test(await (await fetch(own.metricsUrl)).text()),
      10_000,
    );
  });

  it('never logs a key', () => {
    expect(world.log).toContain('"app":"gateway"');
    expect(world.log).not.toContain(endpoint.key);
    expect(world.log).not.toContain(strict.key);
    expect(world.log).not.toContain(world.clientKey.privateKeyHex);
  });
});

describe('a stop', () => {
  it('withdraws readiness, finishes what is under way, tells WebSockets to reconnect and ends within ten seconds', async () => {
    const own = await world.gateway({ SHUTDOWN_DELAY_MS: '300' });
    const target = `${own.url}/v1/${endpoint.key}/eth-mainnet`;
    world.devnet.network.faults.install({
      rules: [{ nodes: 'all', probability: 1, afterMs: 0, behaviour: { latencyMs: 1_500 } }],
    } as never);
    const socket = new WebSocket(target.replace(/^http/, 'ws'));
    await new Promise((resolve) => socket.once('open', resolve));
    const code = new Promise<number>((resolve) => socket.once('close', resolve));
    const agent = new Agent({ keepAlive: true });
    const underWay = new Promise<number>((resolve, reject) => {
      const outgoing = request(target, { method: 'POST', agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      outgoing.on('error', reject);
      outgoing.end(call('eth_blockNumber'));
    });
    await waitFor('the call to be under way', async () =>
      /gateway_calls_in_flight\{app="gateway"\} 1/.test(await (await fetch(own.metricsUrl)).text()),
    );
    const startedMs = performance.now();
    const stopped = own.stop();
    expect((await fetch(`${own.url}/readyz`)).status).toBe(503);
    expect(await underWay).toBe(200);
    expect(await code).toBe(1012);
    await stopped;
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    world.devnet.network.faults.remove();
    agent.destroy();
  });
});
