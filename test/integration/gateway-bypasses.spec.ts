import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type EndpointRules, type KeyRules, hashEndpointSecret } from '#libs/policy';
import { hashSecret, issueKey } from '#libs/tenancy';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { GatewayWorld, type WorldEndpoint } from './gateway-world.js';

type Headers = Readonly<Record<string, string | string[]>>;

const ALLOWED = `0x${'ab'.repeat(20)}`;
const OTHER = `0x${'cd'.repeat(20)}`;
const SECRET = 'es_7fJq2LwXv9bRk4TnZc1YdH6mPs8GeA3u';
const GAS = '{"jsonrpc":"2.0","id":1,"method":"eth_gasPrice","params":[]}';
const BALANCE = `{"jsonrpc":"2.0","id":2,"method":"eth_getBalance","params":["${OTHER}","latest"]}`;

let world: GatewayWorld;
let gateway: RunningGateway;
/** Whose application all endpoints share. */
let base: WorldEndpoint;

beforeAll(async () => {
  world = await GatewayWorld.start();
  base = await world.endpoint(await world.stake(1_000n));
  gateway = await world.gateway();
}, 60_000);
afterAll(() => world?.stop(), 30_000);

/** A key of an endpoint that has these rules from the beginning. */
async function ruled(rules: EndpointRules, more: { secret?: string; key?: KeyRules; chains?: string[] } = {}) {
  const { tenantId, applicationId } = base;
  const endpointId = randomUUID();
  const secretHash = more.secret === undefined ? null : hashEndpointSecret(more.secret);
  const stored = Object.keys(rules).length === 0 ? null : rules;
  const query = (sql: string, parameters: unknown[]): Promise<unknown> => world.dataSource.query(sql, parameters);
  await query(
    `INSERT INTO tenancy.endpoints (endpoint_id, tenant_id, name, rules, secret_hash, chains) VALUES ($1, $2, 'e', $3, $4, $5)`,
    [endpointId, tenantId, stored, secretHash, more.chains ?? null],
  );
  await query(
    `INSERT INTO tenancy.endpoint_applications (tenant_id, endpoint_id, application_id) VALUES ($1, $2, $3)`,
    [tenantId, endpointId, applicationId],
  );
  const { key, prefix } = issueKey();
  await query(
    `INSERT INTO tenancy.api_keys (key_id, tenant_id, endpoint_id, name, prefix, hash, rules) VALUES ($1, $2, $3, 'key', $4, $5, $6)`,
    [randomUUID(), tenantId, endpointId, prefix, hashSecret(key, world.pepper), more.key ?? null],
  );
  return { key };
}

const pathOf = ({ key }: { readonly key: string }, chain = 'eth'): string => `/v1/${key}/${chain}`;

/** The answer over HTTP; the path goes out as it is written, which no URL parser would do. */
function overHttp(path: string, body: string, headers: Headers = {}): Promise<string> {
  const { hostname, port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    const asking = request(
      { hostname, port, path, method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
      },
    );
    asking.on('error', reject).end(body);
  });
}

/** The answer to one frame, or what the gateway said when it did not take the connection. */
function overWebSocket(path: string, body: string, headers: Headers = {}): Promise<string> {
  const { host, hostname, port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${host}/`, {
      headers: headers as Record<string, string>,
      // The URL class would resolve dots and escapes.
      finishRequest: (asking) => {
        asking.path = path;
        asking.end();
      },
      hostname,
      port,
    });
    socket.on('error', reject);
    socket.once('open', () => socket.send(body));
    socket.once('message', (data: Buffer) => {
      resolve(data.toString());
      socket.terminate();
    });
  });
}

const TRANSPORTS = [
  ['HTTP', overHttp],
  ['WebSocket', overWebSocket],
] as const;

/** Answers with a result that these forms drew from a chain: those that got through. */
async function through(forms: ReadonlyArray<readonly [path: string, body: string, headers?: Headers]>) {
  const found: string[] = [];
  for (const [transport, ask] of TRANSPORTS) {
    for (const [path, body, headers] of forms) {
      const text = await ask(path, body, headers);
      const answers = [JSON.parse(text)].flat() as Array<{ id: unknown; error?: object }>;
      // In a batch the first call alone is allowed, and says so by its id.
      const passed = answers.filter((answer) => answer.error === undefined && answer.id !== 'allowed');
      if (passed.length > 0) found.push(`${transport} ${path} ${body} ${JSON.stringify(headers)} → ${text}`);
    }
  }
  return found;
}

/** Holds rules to what they allow, so that the refusals mean something. */
async function passes(path: string, body: string, headers?: Headers): Promise<void> {
  for (const [transport, ask] of TRANSPORTS) {
    expect(JSON.parse(await ask(path, body, headers)), transport).toHaveProperty('result');
  }
}

describe('nobody gets past an allowlist', () => {
  it('of origins by a name that resembles one', async () => {
    const path = pathOf(
      await ruled({ origins: ['https://app.example.com', '*.shop.example', 'https://xn--bcher-kva.example'] }),
    );
    await passes(path, GAS, { origin: 'https://app.example.com' });
    await passes(path, GAS, { origin: 'https://a.shop.example' });
    const origins = [
      'https://evilapp.example.com',
      'https://app.example.com.evil.com',
      'https://app.example.community',
      'https://evil.com/app.example.com',
      'https://app.example.com@evil.com',
      'https://app.example.com:443@evil.com',
      'https://evil.com#https://app.example.com',
      'https://evil.com?https://app.example.com',
      'https://evil.com\\.app.example.com',
      'https://app.example.com:8443',
      'http://app.example.com',
      'https://app.example.com.',
      'https://shop.example',
      'https://evilshop.example',
      'https://.shop.example',
      'https://a.shop.example.evil.com',
      'https://shop.example.evil.com',
      'https://xn--pp-6kc.example.com',
      'https://bucher.example',
      'https://xn--bcher-kva.example.evil.com',
      'https://*.shop.example',
      'https://evil.com, https://app.example.com',
      'blob:https://app.example.com',
      'file://app.example.com',
      'app.example.com',
      '//app.example.com',
      'null',
      '',
    ];
    const forms = origins.map((origin) => [path, GAS, { origin }] as const);
    const elsewhere = [
      {},
      { referer: 'https://app.example.com/' },
      { origin: 'null', 'x-forwarded-origin': 'https://app.example.com' },
      { origin: ['https://evil.com', 'https://app.example.com'] },
      { origin: 'https://evil.com', host: 'app.example.com', 'x-forwarded-host': 'app.example.com' },
    ].map((headers) => [path, GAS, headers as Headers] as const);
    expect(await through([...forms, ...elsewhere])).toEqual([]);
  });

  it('of addresses by headers that only a trusted proxy may set, nor by the other family', async () => {
    await passes(pathOf(await ruled({ addresses: ['127.0.0.0/8'] })), GAS);
    const path = pathOf(await ruled({ addresses: ['203.0.113.7', '2001:db8::/32'] }));
    const other = pathOf(await ruled({ addresses: ['::1', '::/96', '128.0.0.0/1'] }));
    const names = [
      'x-forwarded-for',
      'x-real-ip',
      'x-client-ip',
      'cf-connecting-ip',
      'true-client-ip',
      'x-original-forwarded-for',
      'x-cluster-client-ip',
    ];
    const values = [
      '203.0.113.7',
      '::ffff:203.0.113.7',
      '2001:db8::1',
      '203.0.113.7, 127.0.0.1',
      '127.0.0.1, 203.0.113.7',
    ];
    const forms = names.flatMap((name) => values.map((value) => [path, GAS, { [name]: value }] as const));
    const chained: Headers = { 'x-forwarded-for': ['203.0.113.7', '203.0.113.7'] };
    const standard: Headers = { forwarded: 'for=203.0.113.7;proto=https' };
    expect(await through([...forms, [path, GAS, chained], [path, GAS, standard], [path, GAS], [other, GAS]])).toEqual(
      [],
    );
  });

  it('of user agents, or past a secret, by half of what is asked', async () => {
    const agents = pathOf(await ruled({ userAgents: ['acme-backend/*'] }));
    const path = pathOf(await ruled({}, { secret: SECRET }));
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    await passes(agents, GAS, { 'user-agent': 'Acme-Backend/2' });
    await passes(path, GAS, { 'x-api-secret': SECRET });
    await passes(path, GAS, { authorization: basic(`anybody:${SECRET}`) });
    const userAgents = [
      'evil acme-backend/1',
      'acme-backend',
      'acme-backend\\/1',
      'acme-backend*',
      'acme_backend/1',
      '',
    ];
    const secrets: Headers[] = [
      {},
      ...['', 'undefined', SECRET.slice(0, -1), `${SECRET}0`, SECRET.toLowerCase(), `"${SECRET}"`].map((secret) => ({
        'x-api-secret': secret,
      })),
      { 'x-api-secret': hashEndpointSecret(SECRET) },
      { 'x-api-secret': ['wrong', SECRET] },
      { 'x-api-secret': 'wrong', authorization: basic(`x:${SECRET}`) },
      ...[`${SECRET}:`, `${SECRET}:x`, `x:${SECRET}:`, `x::${SECRET}`, `x:${SECRET}\0`, `x:${SECRET} `, ':'].map(
        (text) => ({ authorization: basic(text) }),
      ),
      { authorization: basic(`x:${hashEndpointSecret(SECRET)}`) },
      { authorization: `Bearer ${SECRET}` },
      { 'x-portal-secret': SECRET, cookie: `x-api-secret=${SECRET}` },
    ];
    expect(
      await through([
        ...userAgents.map((agent) => [agents, GAS, { 'user-agent': agent }] as const),
        ...secrets.map((headers) => [path, GAS, headers] as const),
        [`${path}?secret=${SECRET}&x-api-secret=${SECRET}`, GAS],
      ]),
    ).toEqual([]);
  });

  it('of chains by another name of the chain, another spelling of the path, or headers of ours', async () => {
    // The application is staked on 0021 alone, so that any result is one of the chain that is not allowed.
    const [byKey, byEndpoint] = [await ruled({}, { key: { chains: ['0006'] } }), await ruled({}, { chains: ['0006'] })];
    await passes(pathOf(await ruled({}, { key: { chains: ['0021'] }, chains: ['0021'] })), GAS);
    const names = ['eth', 'ETH', 'Ethereum', 'eth-mainnet', '0021', '1', '31337', '0x1', '21', ' eth', '%30%30%32%31'];
    const spellings = [
      'eth%2Dmainnet',
      '%65th',
      '0021/',
      '0021//',
      'eth?chain=0006',
      '0006/../0021',
      '0006%2f..%2f0021',
    ];
    const odd = ['./eth', '/eth', 'eth%00', 'eth%20', '0006;/0021', '0006,0021', '0006%2C0021', 'eth#0006'];
    const own = ['chain', 'chain-id', 'rule', 'policy', 'explain', 'quorum', 'tenant', 'endpoint', 'key', 'bypass'];
    const forms = [byKey, byEndpoint].flatMap((endpoint) => [
      ...[...names, ...spellings, ...odd].map((chain) => [pathOf(endpoint, chain.replace(' ', '%20')), GAS] as const),
      ...own.map((name) => [pathOf(endpoint), GAS, { [`x-portal-${name}`]: '0006' }] as const),
      ['/v1/eth', GAS, { authorization: `Bearer ${endpoint.key}` }] as const,
      ['/v1/eth?chain=0006', GAS, { 'x-api-key': endpoint.key }] as const,
      [`/v1/0021/${endpoint.key}`, GAS, { 'x-api-key': endpoint.key }] as const,
    ]);
    expect(await through(forms)).toEqual([]);
  });

  it('of methods by case, escapes, spaces, members named twice, or the company of an allowed call', async () => {
    const byEndpoint = await ruled({ methods: ['eth_gasPrice', 'net_*'] });
    const byKey = await ruled({}, { key: { methods: ['eth_gasPrice', 'net_*'] } });
    const named = (name: string): string => BALANCE.replace('"eth_getBalance"', name);
    const members = (text: string): string => `{"jsonrpc":"2.0","id":2,"params":["${OTHER}","latest"],${text}}`;
    const allowed = GAS.replace('"id":1', '"id":"allowed"');
    const bodies = [
      BALANCE,
      String.raw`"eth_get\u0042alance"`,
      '"ETH_GETBALANCE"',
      '"Eth_gasPrice"',
      '" eth_gasPrice"',
      '"eth_gasPrice "',
      String.raw`"eth_gasPrice\n"`,
      String.raw`"eth_gasPrice\u0000"`,
      '"eth_gasPrice,eth_getBalance"',
      '"net_"',
      '"NET_version"',
      '["eth_gasPrice"]',
    ].map((text) => (text === BALANCE ? text : named(text)));
    bodies.push(
      members('"method":"eth_gasPrice","method":"eth_getBalance"'),
      members('"method":"eth_getBalance","method":"eth_gasPrice"'),
      members('"method":"eth_gasPrice","Method":"eth_getBalance"'),
      members(String.raw`"method":"eth_gasPrice","\u006dethod":"eth_getBalance"`),
      members('"METHOD":"eth_getBalance"'),
      `[${allowed},${BALANCE}]`,
      `[${BALANCE},${allowed}]`,
      `[[${BALANCE}]]`,
      `[${allowed},[${BALANCE}]]`,
      ` \n\t[${allowed},${members('"method":"eth_gasPrice","method":"eth_getBalance"')}]`,
      `\ufeff${BALANCE}`,
    );
    for (const endpoint of [byEndpoint, byKey]) {
      await passes(pathOf(endpoint), GAS);
      const headers: Headers = { 'x-http-method-override': 'eth_gasPrice', 'x-portal-method': 'eth_gasPrice' };
      expect(
        await through(
          bodies.flatMap((body) => [
            [pathOf(endpoint), body],
            [pathOf(endpoint), body, headers],
          ]),
        ),
      ).toEqual([]);
    }
  });

  it('of contracts by case, members named twice, lists, overrides, or methods that hide what they touch', async () => {
    const path = pathOf(await ruled({ contracts: [ALLOWED] }));
    const call = (method: string, params: string): string =>
      `{"jsonrpc":"2.0","id":2,"method":"${method}","params":${params}}`;
    await passes(path, call('eth_call', `[{"to":"${ALLOWED}"},"latest"]`));
    await passes(path, call('eth_getCode', `["${ALLOWED.toUpperCase().replace('X', 'x')}","latest"]`));
    const allowed = call('eth_call', `[{"to":"${ALLOWED}"},"latest"]`).replace('"id":2', '"id":"allowed"');
    const forbidden = call('eth_call', `[{"to":"${OTHER}"},"latest"]`);
    const objects = [
      `{"to":"${OTHER}"}`,
      `{"to":"0x${'CD'.repeat(20)}"}`,
      `{"to":"0x${'cD'.repeat(20)}"}`,
      `{"to":"${ALLOWED}","to":"${OTHER}"}`,
      `{"to":"${OTHER}","to":"${ALLOWED}"}`,
      `{"to":"${ALLOWED}","To":"${OTHER}"}`,
      `{"to":"${ALLOWED}","\\u0074o":"${OTHER}"}`,
      `{"\\u0074\\u006f":"${OTHER}"}`,
      `{"to":["${ALLOWED}","${OTHER}"]}`,
      `{"to":null,"data":"0x00"}`,
      `{"data":"0x00"}`,
    ];
    const filters = [
      `{"address":"${OTHER}"}`,
      `{"address":["${ALLOWED}","${OTHER}"]}`,
      `{"address":["${OTHER}","${ALLOWED}"]}`,
      `{"address":"${ALLOWED}","address":"${OTHER}"}`,
      `{"address":"${ALLOWED}","addreſſ":"${OTHER}"}`,
      `{"address":[]}`,
      `{"address":null}`,
      `{"topics":[]}`,
    ];
    const override = `{"${ALLOWED}":{"code":"0x60006000f3"}}`;
    const bodies = [
      ...objects.flatMap((to) => [call('eth_call', `[${to},"latest"]`), call('eth_estimateGas', `[${to}]`)]),
      ...filters.flatMap((filter) => [call('eth_getLogs', `[${filter}]`), call('eth_newFilter', `[${filter}]`)]),
      call('eth_call', `[{"to":"${ALLOWED}"},"latest",${override}]`),
      call('eth_call', `{"to":"${ALLOWED}"}`),
      `{"jsonrpc":"2.0","id":2,"method":"eth_call","params":[{"to":"${ALLOWED}"},"latest"],"params":[{"to":"${OTHER}"},"latest"]}`,
      `{"jsonrpc":"2.0","id":2,"method":"eth_call","params":[{"to":"${ALLOWED}"},"latest"],"Params":[{"to":"${OTHER}"},"latest"]}`,
      call('eth_getCode', `["${OTHER}","latest"]`),
      call('eth_getStorageAt', `["${OTHER}","0x0","latest"]`),
      call('eth_sendTransaction', `[{"from":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","to":"${OTHER}"}]`),
      call('eth_sendRawTransaction', '["0x00"]'),
      call('eth_simulateV1', `[{"blockStateCalls":[{"calls":[{"to":"${OTHER}"}]}]},"latest"]`),
      call('trace_callMany', `[[[{"to":"${OTHER}"},["trace"]]],"latest"]`),
      call('anvil_setCode', `["${ALLOWED}","0x00"]`),
      `[${allowed},${forbidden}]`,
      `[${forbidden},${allowed}]`,
    ];
    expect(await through(bodies.map((body) => [path, body] as const))).toEqual([]);
  });

  it('after an upgrade that was allowed: each frame is asked again, and headers do not last beyond their connection', async () => {
    const endpoint = await ruled({ methods: ['eth_gasPrice'], origins: ['https://app.example.com'] });
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}${pathOf(endpoint)}`, {
      origin: 'https://app.example.com',
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const ask = (body: string) =>
      new Promise<string>((resolve) => {
        socket.once('message', (data: Buffer) => resolve(data.toString()));
        socket.send(body);
      });
    expect(JSON.parse(await ask(GAS))).toHaveProperty('result');
    for (const body of [BALANCE, `[${BALANCE}]`, BALANCE.replace('B', String.raw`\u0042`)]) {
      expect(await ask(body)).toContain('"reason":"method-policy"');
      expect(JSON.parse(await ask(GAS))).toHaveProperty('result');
    }
    const subscription = '{"jsonrpc":"2.0","id":3,"method":"eth_subscribe","params":["newHeads"]}';
    expect(await ask(subscription)).toContain('"reason":"method-policy"');
    socket.terminate();
    expect(await overWebSocket(pathOf(endpoint), GAS)).toContain('"rule":"origins"');
  });
});
