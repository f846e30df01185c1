import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { rpc } from '../support/anvil.js';
import { waitFor } from '../support/wait-for.js';
import { type BackEnd, gzipBomb, startCometBackEnd, startSolanaBackEnd } from './chain-back-ends.js';
import { GatewayWorld, type WorldEndpoint } from './gateway-world.js';

const CHAINS = ['0021', '0006', '0054'];

let world: GatewayWorld;
let gateway: RunningGateway;
let endpoint: WorldEndpoint;
let comet: BackEnd;
let solana: BackEnd;

beforeAll(async () => {
  [comet, solana] = await Promise.all([startCometBackEnd(), startSolanaBackEnd()]);
  world = await GatewayWorld.start(1_000, { DEVNET_CHAINS: `0006=${solana.url},0054=${comet.url}` });
  const application = await world.stake(25_000n, CHAINS);
  endpoint = await world.endpoint(application, { chains: CHAINS });
  gateway = await world.gateway({ BODY_BYTES_MAX: String(256 * 1024) });
}, 120_000);

afterAll(async () => {
  await world?.stop();
  await Promise.all([comet?.close(), solana?.close()]);
}, 60_000);

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly bytes: Buffer;
  readonly text: string;
}

/** One request with exactly the headers given; the answer's body is not decoded. */
function send(
  method: string,
  path: string,
  options: { body?: string | Buffer; headers?: Record<string, string>; key?: string; at?: RunningGateway } = {},
): Promise<Answer> {
  const { body, headers = {}, key = endpoint.key, at = gateway } = options;
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(at.url);
    // Named apart: as one URL, Node would resolve the path before it is sent.
    const outgoing = request({ hostname, port, path: `/v1/${key}/${path}`, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const reasonOf = (answer: Answer): unknown =>
  (JSON.parse(answer.text) as { error?: { data: { reason: unknown } } }).error?.data.reason;

async function receipts(): Promise<number> {
  const metrics = await (await fetch(gateway.metricsUrl)).text();
  return Number(/gateway_journal_receipts_total\{app="gateway"\} (\d+)/.exec(metrics)?.[1]);
}

describe('a chain that is spoken to by paths', () => {
  it('gets method, path, query and the block height, and its JSON comes back byte for byte', async () => {
    const status = await send('GET', 'osmosis-mainnet/status');
    expect(status.status).toBe(200);
    expect(status.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(status.text).toBe(
      '{"id":-1,"jsonrpc":"2.0","result":{"sync_info":{"latest_block_height":"12345678901234567890"}}}',
    );
    expect(status.headers).toMatchObject({ 'cache-control': 'no-store', 'ratelimit-limit': '1000000' });
    const query = await send('GET', 'osmosis-mainnet/abci_query?path=%22/store/bank%22&x=a%20b&y=');
    expect(query.text).toContain('"path":"\\"/store/bank\\""');
    expect(comet.asked.at(-1)?.url).toBe('/abci_query?path=%22/store/bank%22&x=a%20b&y=');
    const old = await send('GET', '0054/cosmos/bank/v1beta1/balances/osmo1xyz', {
      headers: { 'x-cosmos-block-height': '42' },
    });
    expect(old.text).toBe('{"balances":[{"amount":"7","denom":"uosmo"}],"height":"42"}');
  });

  it('gets bodies that are JSON and bodies that are not, with their type', async () => {
    for (const [type, body] of [
      ['application/json', '{"tx_bytes":"AA==","mode":"BROADCAST_MODE_SYNC"}'],
      ['text/plain', 'zürich <not json>'],
    ] as const) {
      const answer = await send('POST', 'osmosis-mainnet/cosmos/tx/v1beta1/txs', {
        body,
        headers: { 'content-type': type },
      });
      expect(JSON.parse(answer.text)).toEqual({ received: body, type });
    }
    const before = comet.asked.length;
    const binary = await send('POST', 'osmosis-mainnet/cosmos/tx/v1beta1/txs', {
      body: Buffer.from([0xff, 0x00, 0xfe]),
    });
    expect([binary.status, reasonOf(binary)]).toEqual([400, 'request']);
    expect(comet.asked).toHaveLength(before);
  });

  it('answers in text where its answer is text, and with its own errors for paths it does not know', async () => {
    const health = await send('GET', 'osmosis-mainnet/health');
    expect(health.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(health.text).toBe('grüezi, all is well\n');
    const unknown = await send('GET', 'osmosis-mainnet/no/such/path');
    expect([unknown.status, unknown.text]).toEqual([200, '{"code":12,"details":[],"message":"Not Implemented"}']);
    const put = await send('PUT', 'osmosis-mainnet/status');
    expect([put.status, reasonOf(put)]).toEqual([405, 'request']);
  });

  it.each(['page', 'empty'])(
    'never delivers a node’s HTML or nothing at all (%s), and gives the unit back',
    async (path) => {
      const answer = await send('GET', `osmosis-mainnet/${path}`);
      expect(reasonOf(answer)).toBe('upstream');
      expect(answer.text).not.toContain('login');
    },
  );

  it('takes JSON-RPC at its root like any other chain: ids, batches and one relay per call', async () => {
    const before = await receipts();
    const single = await send('POST', 'osmosis-mainnet', {
      body: '{"jsonrpc":"2.0","id":"é","method":"block","params":{"height":"5"}}',
    });
    expect(single.text).toBe('{"id":"é","jsonrpc":"2.0","result":{"method":"block","params":{"height":"5"}}}');
    const batch = await send('POST', 'osmosis-mainnet/', {
      body: '[{"jsonrpc":"2.0","id":0,"method":"status"},{"jsonrpc":"2.0","id":null,"method":"health"},{"jsonrpc":"2.0","id":3,"method":7}]',
    });
    const items = JSON.parse(batch.text) as Array<{
      id: unknown;
      result?: { method: string };
      error?: { code: number };
    }>;
    expect(items.map((item) => [item.id, item.result?.method ?? item.error?.code])).toEqual([
      [0, 'status'],
      [null, 'health'],
      [3, -32_600],
    ]);
    expect(await receipts()).toBe(before + 3);
  });

  it('makes one receipt of each answered request, and none of refusals', async () => {
    const before = await receipts();
    for (let index = 0; index < 5; index += 1) await send('GET', `osmosis-mainnet/status?x=${index}`);
    await send('POST', 'osmosis-mainnet/cosmos/tx/v1beta1/txs', { body: '{}' });
    await send('GET', 'osmosis-mainnet/cosmos/../status');
    await send('PUT', 'osmosis-mainnet/status');
    expect(await receipts()).toBe(before + 6);
    expect(comet.asked.some(({ url }) => url.includes('..'))).toBe(false);
  });
});

describe('rules on paths', () => {
  it('let pass what they name and nothing that climbs, is doubled or is spelt in another way', async () => {
    const ruled = await world.endpoint(await world.stake(100n, CHAINS), { chains: CHAINS });
    await world.dataSource.query(`UPDATE tenancy.endpoints SET rules = $1 WHERE endpoint_id = $2`, [
      JSON.stringify({ methods: ['GET /cosmos/bank/*', 'status'] }),
      ruled.endpointId,
    ]);
    const at = (method: string, path: string, body?: string) =>
      send(method, `osmosis-mainnet${path}`, { key: ruled.key, ...(body === undefined ? {} : { body }) });
    const bank = '/cosmos/bank/v1beta1/balances/osmo1xyz';
    await waitFor('the rules to be in force', async () => reasonOf(await at('GET', '/status')) === 'method-policy');
    expect((await at('GET', `${bank}?page=1`)).text).toContain('"balances"');
    const before = comet.asked.length;
    for (const path of [
      '/cosmos/bank/../../status',
      '/cosmos/bank/%2e%2e/%2e%2e/status',
      '/cosmos/bank/..%2f..%2fstatus',
      '/cosmos/bank/..\\status',
    ]) {
      expect(reasonOf(await at('GET', path))).toBe('request');
    }
    for (const path of ['//cosmos/bank/x', '/COSMOS/bank/x', '/cosmos/staking/x', '/cosmos/bank?x=/cosmos/bank/']) {
      expect(reasonOf(await at('GET', path))).toBe('method-policy');
    }
    expect(reasonOf(await at('POST', bank, '{}'))).toBe('method-policy');
    expect(comet.asked).toHaveLength(before);
    const batch = JSON.parse(
      (
        await at(
          'POST',
          '/',
          '[{"jsonrpc":"2.0","id":1,"method":"broadcast_tx_sync"},{"jsonrpc":"2.0","id":2,"method":"status"}]',
        )
      ).text,
    ) as Array<{ error?: { code: number } }>;
    expect(batch.map((item) => item.error?.code)).toEqual([-32_004, undefined]);
  });
});

describe('a JSON-RPC chain that is no EVM', () => {
  it('is served with ids and large numbers unchanged, its own errors, and nothing answered for it', async () => {
    const call = (id: string, method: string, params = '[]') =>
      send('POST', 'solana-mainnet', { body: `{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}` });
    expect((await call('"4f0-\\u00e9"', 'getSlot')).text).toBe(
      '{"id":"4f0-\\u00e9","jsonrpc":"2.0","result":18446744073709}',
    );
    expect(
      (await call('12345678901234567890', 'getBalance', '["So11111111111111111111111111111111111111112"]')).text,
    ).toContain('"id":12345678901234567890,');
    expect(JSON.parse((await call('1', 'eth_chainId')).text)).toMatchObject({
      error: { code: -32_601, message: 'Method not found' },
    });
    expect(JSON.parse(solana.asked.at(-1)?.body ?? '')).toMatchObject({ method: 'eth_chainId' });
    expect(reasonOf(await call('1', 'slotSubscribe'))).toBe('method');
  });
});

describe('compression', () => {
  const large = '{"jsonrpc":"2.0","id":"big","method":"getProgramAccounts","params":["é"]}';

  it('is used for large answers alone, in the coding asked for, and gives the same bytes', async () => {
    const plain = await send('POST', 'solana-mainnet', { body: large });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['vary']).toBe('Accept-Encoding');
    for (const [accepted, coding, decode, type] of [
      ['gzip', 'gzip', gunzipSync, {}],
      ['gzip, deflate, br', 'br', brotliDecompressSync, {}],
      // With a type, the plain edge serves it; without, the HTTP server behind it.
      ['gzip', 'gzip', gunzipSync, { 'content-type': 'application/json' }],
      ['gzip, deflate, br', 'br', brotliDecompressSync, { 'content-type': 'application/json' }],
    ] as const) {
      const coded = await send('POST', 'solana-mainnet', {
        body: large,
        headers: { 'accept-encoding': accepted, ...type },
      });
      expect(coded.headers).toMatchObject({
        'content-encoding': coding,
        vary: 'Accept-Encoding',
        'content-length': String(coded.bytes.length),
      });
      expect(coded.bytes.length).toBeLessThan(plain.bytes.length / 4);
      expect(decode(coded.bytes).equals(plain.bytes)).toBe(true);
      const path = await send('GET', 'osmosis-mainnet/genesis', { headers: { 'accept-encoding': accepted } });
      expect(path.headers['content-encoding']).toBe(coding);
      expect((JSON.parse(decode(path.bytes).toString()) as { accounts: unknown[] }).accounts).toHaveLength(500);
    }
    const small = await send('POST', 'solana-mainnet', {
      body: '{"jsonrpc":"2.0","id":1,"method":"getSlot"}',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(small.headers['content-encoding']).toBeUndefined();
    expect(small.headers['vary']).toBeUndefined();
  });

  it('of requests is understood, bounded in what they grow to, and never tried for strangers', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const coded = await send('POST', 'solana-mainnet', { body: gzipSync(large), headers });
    expect(coded.text).toBe((await send('POST', 'solana-mainnet', { body: large })).text);
    const tx = await send('POST', 'osmosis-mainnet/cosmos/tx/v1beta1/txs', { body: gzipSync('{"mode":1}'), headers });
    expect(JSON.parse(tx.text)).toEqual({ received: '{"mode":1}', type: 'application/json' });
    const bomb = await send('POST', 'solana-mainnet', { body: gzipBomb(200 * 1024 * 1024), headers });
    expect([bomb.status, reasonOf(bomb)]).toEqual([413, 'size']);
    const broken = await send('POST', 'solana-mainnet', { body: 'not gzip', headers });
    expect([broken.status, reasonOf(broken)]).toEqual([400, 'parse']);
    const stranger = await send('POST', 'solana-mainnet', { body: gzipBomb(1024 * 1024), headers, key: 'pk_nobody' });
    expect(stranger.status).toBe(401);
  });

  it('can be switched off', async () => {
    const off = await world.gateway({ COMPRESSION: 'false' });
    const plain = await send('POST', 'solana-mainnet', {
      body: large,
      headers: { 'accept-encoding': 'gzip, br' },
      at: off,
    });
    expect([plain.headers['content-encoding'], plain.headers['vary']]).toEqual([undefined, undefined]);
    const refused = await send('POST', 'solana-mainnet', {
      body: gzipSync(large),
      headers: { 'content-encoding': 'gzip' },
      at: off,
    });
    expect([refused.status, reasonOf(refused)]).toEqual([400, 'parse']);
    expect(await rpc(world.anvil.url, 'eth_chainId', [])).toBe('0x7a69');
  });
});

describe('tenants beside each other', () => {
  const account = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  const json = { 'content-type': 'application/json' };

  it('never get an answer that was made for another call: nonces and balances are asked for each time', async () => {
    const other = await world.endpoint(await world.stake(100n, CHAINS), { chains: CHAINS });
    const ask = async (key: string, method: string): Promise<string> => {
      const body = `{"jsonrpc":"2.0","id":1,"method":"${method}","params":["${account}","latest"]}`;
      return (JSON.parse((await send('POST', 'eth-mainnet', { body, key, headers: json })).text) as { result: string })
        .result;
    };
    const before = await receipts();
    for (const nonce of ['0x11', '0x12', '0x13']) {
      await rpc(world.anvil.url, 'anvil_setNonce', [account, nonce]);
      await rpc(world.anvil.url, 'anvil_setBalance', [account, nonce]);
      for (const key of [endpoint.key, other.key]) {
        expect([await ask(key, 'eth_getTransactionCount'), await ask(key, 'eth_getBalance')]).toEqual([nonce, nonce]);
      }
    }
    expect(await receipts()).toBe(before + 12);
  });

  it('make no series of metrics by what they write: methods, chains, paths, keys and origins', async () => {
    const series = async (): Promise<number> =>
      (await (await fetch(gateway.metricsUrl)).text())
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')).length;
    const strange = async (round: number): Promise<void> => {
      for (let index = 0; index < 20; index += 1) {
        const name = `x${round}y${index}`;
        const headers = { ...json, origin: `https://${name}.example`, 'user-agent': name };
        await send('POST', 'eth-mainnet', { body: `{"jsonrpc":"2.0","id":1,"method":"${name}"}`, headers });
        await send('POST', name, { body: '{"jsonrpc":"2.0","id":1,"method":"a"}', headers });
        await send('POST', 'eth-mainnet', {
          body: '{"jsonrpc":"2.0","id":1,"method":"a"}',
          headers,
          key: `pk_${name}`,
        });
        await send('GET', `osmosis-mainnet/${name}/${name}`, { headers });
      }
    };
    await strange(0);
    const before = await series();
    await strange(1);
    // Nodes that were not drawn before may add theirs.
    expect(await series()).toBeLessThan(before + 60);
    expect(await (await fetch(gateway.metricsUrl)).text()).not.toMatch(/x1y\d/);
  });

  it('are never told that credentials may travel: no answer, refusal or preflight allows them beside the open origin', async () => {
    const headers = { ...json, origin: 'https://app.example', cookie: 'a=b' };
    const asked = {
      ...headers,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const answers = [
      await send('POST', 'eth-mainnet', { body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}', headers }),
      await send('POST', 'eth-mainnet', { body: '{', headers }),
      await send('POST', 'eth-mainnet', { body: '{}', headers, key: 'pk_nobody' }),
      await send('GET', 'osmosis-mainnet/status', { headers }),
      await send('OPTIONS', 'eth-mainnet', { headers: asked }),
    ];
    for (const answer of answers) {
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });
});
