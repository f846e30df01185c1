import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobName, QueueName, createQueue, queueConnection } from '#libs/queues';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { type TcpSwitch, startTcpSwitch } from '../support/tcp-switch.js';
import { waitFor } from '../support/wait-for.js';
import { type Harness, startHarness } from './admin-harness.js';
import { GatewayWorld, type WorldEndpoint } from './gateway-world.js';

/** Changes measured for the propagation figures; 200 for the campaign. */
const CHANGES = Number(process.env['PROPAGATION_CHANGES'] ?? 24);

let world: GatewayWorld;
let harness: Harness;
let gateways: RunningGateway[] = [];
let switches: TcpSwitch[] = [];
let endpoint: WorldEndpoint;
let other: WorldEndpoint;

beforeAll(async () => {
  world = await GatewayWorld.start();
  const application = await world.stake(25_000n);
  endpoint = await world.endpoint(application);
  other = await world.endpoint(await world.stake(1_000n));
  harness = await startHarness({
    DATABASE_URL: world.databaseUrl,
    REDIS_URL: world.redisUrl,
    API_KEY_PEPPER: world.pepper,
  });
  for (let one = 0; one < 3; one += 1) {
    const url = new URL(world.databaseUrl);
    const way = await startTcpSwitch(Number(url.port));
    switches.push(way);
    url.port = String(way.port);
    gateways.push(await world.gateway({ DATABASE_URL: url.toString() }));
  }
}, 120_000);

afterAll(async () => {
  await harness?.stop();
  await world?.stop();
  for (const way of switches) await way.close();
}, 60_000);

const call = (method: string, params: unknown[] = []): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

async function ask(gateway: RunningGateway, key: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.url}/v1/${key}/eth-mainnet`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Answer) };
}

interface Answer {
  result?: unknown;
  error?: { data: { reason: string } };
}

async function reasonAt(gateway: RunningGateway, key: string, body: string): Promise<string> {
  const answer = await ask(gateway, key, body);
  const one = (Array.isArray(answer.body) ? answer.body[0] : answer.body) as Answer;
  return one.error?.data.reason ?? 'served';
}

const settings = (name: string, value: unknown) =>
  harness.ask(`/v1/operations/settings/${name}`, { method: 'PATCH', body: { value } });

describe('a change by the admin API', () => {
  /** Each kind of change: how it is made, and what every gateway must answer since; free methods are asked, so no node is. */
  const tenantPath = () => `/v1/tenants/${endpoint.tenantId}`;
  const endpointPath = () => `${tenantPath()}/endpoints/${endpoint.endpointId}`;
  /** Keys are revoked at another tenant, because this one is suspended in between. */
  const keysPath = () => `/v1/tenants/${other.tenantId}/endpoints/${other.endpointId}/keys`;
  const free = call('eth_chainId');
  const pair = `[${free},${free}]`;
  const cycle = [
    { make: () => settings('batch.callsMax', 1), body: pair, seen: 'size' },
    { make: () => settings('batch.callsMax', null), body: pair, seen: 'served' },
    { make: () => harness.post(`${tenantPath()}/suspend`, { reason: 'test' }), body: free, seen: 'suspended' },
    { make: () => harness.post(`${tenantPath()}/resume`), body: free, seen: 'served' },
    {
      make: () => harness.ask(endpointPath(), { method: 'PATCH', body: { rules: { origins: ['app.example'] } } }),
      body: free,
      seen: 'policy',
    },
    { make: () => harness.ask(endpointPath(), { method: 'PATCH', body: { rules: null } }), body: free, seen: 'served' },
  ];

  async function effective(key: string, body: string, seen: string): Promise<number> {
    const startedMs = performance.now();
    await Promise.all(
      gateways.map((gateway) =>
        waitFor(`${seen} everywhere`, async () => (await reasonAt(gateway, key, body)) === seen, 5_000, 3),
      ),
    );
    return performance.now() - startedMs;
  }

  async function change(index: number): Promise<number> {
    if (index % 4 === 3) {
      const made = await harness.post(keysPath(), { name: 'short-lived' });
      const key = String(made.body['key']);
      await effective(key, free, 'served');
      await harness.post(`${keysPath()}/${String(made.body['keyId'])}/revoke`);
      return effective(key, free, 'auth');
    }
    const { make, body, seen } = cycle[(index - Math.floor(index / 4)) % cycle.length]!;
    expect((await make()).status).toBeLessThan(300);
    return effective(endpoint.key, body, seen);
  }

  it('is in force on three gateways within a second, at the 99th percentile', async () => {
    const delays: number[] = [];
    // A whole cycle leaves everything as it was.
    const count = Math.ceil(CHANGES / 8) * 8;
    for (let index = 0; index < count; index += 1) delays.push(await change(index));
    delays.sort((a, b) => a - b);
    const at = (share: number) => Math.round(delays[Math.min(delays.length - 1, Math.floor(share * delays.length))]!);
    console.log(`propagation of ${count} changes: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
    expect(at(0.99)).toBeLessThan(1_000);
  }, 300_000);

  it('made while gateways could not hear it is in force within a second after they can again', async () => {
    const delays: number[] = [];
    for (let round = 0; round < Math.max(2, Math.round(CHANGES / 10)); round += 1) {
      const made = await harness.post(keysPath(), { name: 'cut off' });
      const key = String(made.body['key']);
      await effective(key, free, 'served');
      for (const way of switches) way.cut();
      await harness.post(`${keysPath()}/${String(made.body['keyId'])}/revoke`);
      await settings('batch.callsMax', 1);
      // Cut off, a gateway serves what it knows: that is the stated bound, not a fault.
      for (const gateway of gateways) expect(await reasonAt(gateway, key, free)).toBe('served');
      for (const way of switches) way.restore();
      const [revoked, set] = await Promise.all([effective(key, free, 'auth'), effective(endpoint.key, pair, 'size')]);
      delays.push(revoked, set);
      await settings('batch.callsMax', null);
      await effective(endpoint.key, pair, 'served');
    }
    console.log(`after a cut: ${delays.length} changes, max ${Math.round(Math.max(...delays))} ms`);
    expect(Math.max(...delays)).toBeLessThan(1_000);
  }, 300_000);
});

describe('a runtime setting', () => {
  it('has bounds, a version that If-Match asks for, and an audit entry', async () => {
    expect((await settings('batch.callsMax', 0)).status).toBe(400);
    expect((await settings('no.such', 1)).status).toBe(400);
    const before = await harness.ask('/v1/operations/settings/log.callsShare');
    const patch = (etag: string) =>
      harness.ask('/v1/operations/settings/log.callsShare', {
        method: 'PATCH',
        body: { value: 0.5 },
        headers: { 'if-match': etag },
      });
    expect((await patch('"77"')).status).toBe(412);
    expect((await patch(before.headers.get('etag') ?? '')).body).toMatchObject({ value: 0.5, unit: 'lines per call' });
    const audit = (await harness.ask('/v1/audit-entries?limit=1')).body['items'] as Array<Record<string, unknown>>;
    expect(audit[0]).toMatchObject({ action: 'setting.change', before: { value: null }, after: { value: 0.5 } });
    await settings('log.callsShare', null);
  });
});

describe('a notice', () => {
  it('stands at GET /v1/status of every gateway, on the endpoint’s page and in a header, until it ends', async () => {
    const made = await harness.post('/v1/operations/notices', { chain: 'eth', message: 'Nodes are upgraded.' });
    await settings('notices.header', true);
    const statusOf = async (gateway: RunningGateway) =>
      (await (await fetch(`${gateway.url}/v1/status`)).json()) as { chains: unknown[]; notices: unknown[] };
    for (const gateway of gateways) {
      await waitFor('the notice', async () => (await statusOf(gateway)).notices.length === 1, 2_000, 10);
      expect((await statusOf(gateway)).chains).toContainEqual({ chain: 'eth-mainnet', status: 'maintenance' });
    }
    const page = await fetch(`${gateways[0]!.url}/v1/${endpoint.key}/eth-mainnet`, {
      headers: { accept: 'text/html' },
    });
    expect(await page.text()).toContain('Nodes are upgraded.');
    await waitFor('the header', async () => {
      const { headers } = await ask(gateways[0]!, endpoint.key, call('eth_chainId'));
      return headers.get('x-portal-notice') === made.body['noticeId'];
    });
    await harness.post(`/v1/operations/notices/${String(made.body['noticeId'])}/end`);
    await settings('notices.header', null);
    await waitFor('its end', async () => (await statusOf(gateways[1]!)).notices.length === 0, 2_000, 10);
  });
});

describe('the story of a request', () => {
  const story = async (requestId: string | null, path = `/v1/tenants/${endpoint.tenantId}`, token?: string) => {
    const reply = await waitFor(
      'the story',
      async () => {
        const found = await harness.ask(`${path}/requests/${requestId}`, token === undefined ? {} : { token });
        return found.status === 200 && found;
      },
      5_000,
      50,
    );
    return (reply.body['calls'] as Array<Record<string, unknown>>)[0]!;
  };

  it('tells an authorised caller candidates, attempts, times and cost, also in a header, and no parameter', async () => {
    await harness.ask(`/v1/tenants/${endpoint.tenantId}/endpoints/${endpoint.endpointId}/explain`, {
      method: 'PUT',
      body: { allowed: true },
    });
    const secret = '0x00000000000000000000000000000000deadbeef';
    const answer = await waitFor(
      'the permission',
      async () => {
        const one = await ask(gateways[0]!, endpoint.key, call('eth_getBalance', [secret, 'latest']), {
          'x-portal-explain': '1',
        });
        return one.headers.get('x-portal-explain') !== null && one;
      },
      2_000,
      20,
    );
    expect(answer.headers.get('x-portal-explain')).toMatch(
      /outcome=served; attempts=1; node=[0-9a-f]{12}; .*relays=1; billed=1/,
    );
    const told = await story(answer.headers.get('x-request-id'));
    expect(told).toMatchObject({
      outcome: 'served',
      cause: 'explained',
      method: 'eth_getBalance',
      relays: 1,
      billedUnits: 1,
    });
    expect((told['candidates'] as unknown[]).length).toBeGreaterThan(1);
    expect(told['attempts']).toMatchObject([{ outcome: 'ok' }]);
    expect(JSON.stringify(told)).not.toContain('deadbeef');
    expect(JSON.stringify(told)).not.toContain(endpoint.key);
  });

  it('is not told to a caller that may not ask, and not to another tenant', async () => {
    const answer = await ask(gateways[0]!, other.key, call('eth_noSuchThing'), { 'x-portal-explain': '1' });
    expect(answer.headers.get('x-portal-explain')).toBeNull();
    const refused = await ask(gateways[0]!, endpoint.key, call('eth_subscribe', ['newHeads']));
    const id = refused.headers.get('x-request-id');
    await story(id);
    const token = String(
      (await harness.post('/v1/tokens', { name: 'job', tenantId: other.tenantId, scopes: ['tenants:read'] })).body[
        'token'
      ],
    );
    for (const path of [`/v1/tenants/${endpoint.tenantId}`, `/v1/tenants/${other.tenantId}`]) {
      expect((await harness.ask(`${path}/requests/${id}`, { token })).status).toBe(404);
    }
    expect((await harness.ask(`/v1/operations/requests/${id}`, { token })).status).toBe(403);
  });

  it.each([
    ['auth', () => ask(gateways[0]!, 'pk_unknown', call('eth_chainId'))],
    ['parse', () => ask(gateways[0]!, endpoint.key, '{')],
    ['request', () => ask(gateways[0]!, endpoint.key, '{"jsonrpc":"2.0","id":1,"method":5}')],
    ['method', () => ask(gateways[0]!, endpoint.key, call('eth_subscribe', ['newHeads']))],
    [
      'size',
      () => ask(gateways[0]!, endpoint.key, `[${Array.from({ length: 101 }, () => call('eth_chainId')).join(',')}]`),
    ],
  ] as const)('says which rule decided: %s', async (reason, refused) => {
    const answer = await refused();
    const told = await story(answer.headers.get('x-request-id'), '/v1/operations');
    expect(told).toMatchObject({ outcome: reason, cause: 'refused', decision: { reason }, billedUnits: 0 });
  });
});

describe('a closed node', () => {
  interface Node {
    node: string;
    state: string;
  }
  const nodes = async () =>
    (await harness.ask('/v1/operations/nodes?chain=eth&limit=200')).body['items'] as unknown as Node[];
  const explained = () => ask(gateways[0]!, endpoint.key, call('eth_blockNumber'), { 'x-portal-explain': '1' });

  it('shows in what gateways see, and serves as degraded when all nodes are closed', async () => {
    const closed = new Set<string>();
    // Sessions last four seconds here and draw other nodes each: whatever shows up is closed, until nothing else is left.
    const answer = await waitFor(
      'a degraded answer',
      async () => {
        const one = await explained();
        for (const { node } of await nodes()) {
          if (closed.has(node)) continue;
          closed.add(node);
          await harness.post(`/v1/operations/nodes/${node}/cordon`, { chain: 'eth', reason: 'test' });
        }
        return one.headers.get('x-portal-explain')?.includes('degraded') === true && one;
      },
      60_000,
    );
    expect(answer.body.result).toMatch(/^0x/);
    await waitFor('the cordon in the view', async () => {
      await explained();
      return (await nodes()).some(({ state }) => state === 'cordoned');
    });
    const { body } = await harness.ask('/v1/operations/closures?limit=200');
    const closures = body['items'] as unknown as Array<{ closureId: string }>;
    expect(closures).toHaveLength(closed.size);
    for (const { closureId } of closures) await harness.post(`/v1/operations/closures/${closureId}/open`);
    await waitFor('an answer in good standing', async () => {
      const brief = (await explained()).headers.get('x-portal-explain');
      return brief !== null && !brief.includes('degraded');
    });
    expect((await harness.ask('/v1/operations/gateways')).body['items']).toHaveLength(3);
    expect(((await harness.ask('/v1/operations/sessions')).body['items'] as unknown[]).length).toBeGreaterThan(0);
  }, 90_000);
});

describe('a failed job', () => {
  it('is shown without what it carries, retried, removed only with its content kept, and put back', async () => {
    const redis = queueConnection(world.redisUrl, 'worker');
    const queue = createQueue(QueueName.usage, redis);
    const { Worker } = await import('bullmq');
    const worker = new Worker(QueueName.usage, () => Promise.reject(new Error('broken')), {
      connection: queueConnection(world.redisUrl, 'worker'),
      prefix: '{pokt}',
    });
    const data = { version: 1, bytesBase64: 'canary-content' };
    for (const jobId of ['job-a', 'job-b']) await queue.add(JobName.closeDays, data, { jobId, attempts: 1 });
    const failed = () => harness.ask('/v1/operations/queues/usage/failed');
    await waitFor('both to fail', async () => ((await failed()).body['items'] as unknown[]).length === 2);
    await worker.close();
    const listed = await failed();
    expect(listed.text).not.toContain('canary-content');
    expect(listed.body['items']).toContainEqual(
      expect.objectContaining({
        jobId: 'job-a',
        failedReason: 'broken',
        payload: { version: 1, bytesBase64Bytes: 16 },
      }),
    );
    await harness.post('/v1/operations/queues/usage/jobs/job-a/retry');
    expect(
      (await harness.ask('/v1/operations/queues/usage/jobs/job-a/retry', { method: 'POST', body: {} })).status,
    ).toBe(409);
    const removed = await harness.post('/v1/operations/queues/usage/jobs/job-b/remove');
    expect(await queue.getJob('job-b')).toBeUndefined();
    await harness.post(`/v1/operations/removed-jobs/${String(removed.body['removalId'])}/restore`);
    expect((await queue.getJob('job-b'))?.data).toEqual(data);
    const usage = (
      (await harness.ask('/v1/operations/queues')).body['items'] as unknown as Array<Record<string, unknown>>
    ).find(({ name }) => name === 'usage');
    expect(usage).toMatchObject({ counts: { waiting: 2, failed: 0 } });
    expect(Number(usage?.['oldestWaitingMs'])).toBeGreaterThanOrEqual(0);
    await queue.obliterate({ force: true });
    await queue.close();
    redis.disconnect();
  });
});
