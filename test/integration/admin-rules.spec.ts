import { SnapshotStore } from '#libs/tenancy';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

let harness: Harness;
let store: SnapshotStore;
let sql: pg.Client;
let path: string;

const text = (body: Readonly<Record<string, unknown>>, field: string): string => String(body[field]);

beforeAll(async () => {
  harness = await startHarness();
  sql = new pg.Client({ connectionString: harness.config.DATABASE_URL });
  await sql.connect();
  store = new SnapshotStore({ url: harness.config.DATABASE_URL, pepper: harness.config.API_KEY_PEPPER });
  await store.start();
  const tenantId = text((await harness.post('/v1/tenants', { name: 'Tenant' })).body, 'tenantId');
  const application = { source: 'managed', name: 'app', chains: ['eth-mainnet'], stakePokt: '1000' };
  const created = await harness.post(`/v1/tenants/${tenantId}/applications`, application);
  const endpoint = { name: 'endpoint', applicationIds: [text(created.body, 'applicationId')] };
  const { body } = await harness.post(`/v1/tenants/${tenantId}/endpoints`, endpoint);
  path = `/v1/tenants/${tenantId}/endpoints/${text(body, 'endpointId')}`;
});

afterAll(async () => {
  await store?.stop();
  await sql?.end();
  await harness?.stop();
});

const patch = (body: object) => harness.ask(path, { method: 'PATCH', body });
const newKey = async (body: object = {}) => (await harness.post(`${path}/keys`, body)).body;

describe('rules', () => {
  it('are stored in one spelling, reach gateways within a second, and leave them again', async () => {
    const key = text(await newKey(), 'key');
    expect((await store.resolve(key))?.policy).toBeNull();
    const rules = { origins: ['HTTPS://App.Example.com:443', '*.bücher.example'], contracts: [`0x${'AB'.repeat(20)}`] };
    expect((await patch({ rules })).body['rules']).toEqual({
      origins: ['https://app.example.com', '*.xn--bcher-kva.example'],
      contracts: [`0x${'ab'.repeat(20)}`],
    });
    const head = { origin: 'https://evil.example', userAgent: undefined, address: '', secret: undefined };
    await vi.waitFor(
      async () => expect((await store.resolve(key))?.policy?.request(head, '0021')).toMatchObject({ rule: 'origins' }),
      { timeout: 1_000, interval: 10 },
    );
    await patch({ rules: null });
    await vi.waitFor(async () => expect((await store.resolve(key))?.policy).toBeNull(), {
      timeout: 1_000,
      interval: 10,
    });
  });

  it('that mean nothing are refused with the entry and what is expected', async () => {
    for (const rules of [
      { origins: ['*.com'] },
      { addresses: ['10.0.0.0/33'] },
      { methods: ['*'] },
      { contracts: ['0x1'] },
    ]) {
      expect(await patch({ rules })).toMatchObject({ status: 400, body: { code: 'invalid' } });
    }
    expect((await patch({ rules: { secretHash: 'a'.repeat(64) } })).status).toBe(400);
  });

  it('demand a secret that is shown once and stored as its hash', async () => {
    const key = text(await newKey(), 'key');
    const demanded = (await harness.post(`${path}/secret`)).body;
    const secret = text(demanded, 'secret');
    expect(demanded['secretRequired']).toBe(true);
    const head = { origin: undefined, userAgent: undefined, address: '' };
    const policy = (await store.resolve(key))?.policy;
    expect(policy?.request({ ...head, secret: undefined }, '0021')).toMatchObject({ rule: 'secret' });
    expect(policy?.request({ ...head, secret }, '0021')).toBeNull();
    const { rows } = await sql.query<{ text: string }>(
      `SELECT to_jsonb(e)::text AS text FROM tenancy.endpoints e UNION ALL SELECT to_jsonb(a)::text FROM tenancy.audit_entries a`,
    );
    expect(rows.filter((row) => row.text.includes(secret))).toEqual([]);
    expect((await harness.post(`${path}/secret/drop`)).body['secretRequired']).toBe(false);
  });
});

describe('a key', () => {
  it('has scopes and an end, and opens nothing after it', async () => {
    const created = await newKey({
      rules: { chains: ['eth'], methods: ['eth_call'] },
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(created).toMatchObject({ rules: { chains: ['0021'], methods: ['eth_call'] } });
    const key = text(created, 'key');
    const policy = (await store.resolve(key))?.policy;
    expect(policy?.call({ method: 'eth_gasPrice', isEvm: true, paramsText: '' })).toMatchObject({
      rule: 'key-methods',
    });
    let now = Date.now();
    const other = new SnapshotStore({
      url: harness.config.DATABASE_URL,
      pepper: harness.config.API_KEY_PEPPER,
      clock: () => now,
    });
    await other.start();
    try {
      expect(await other.resolve(key)).not.toBeNull();
      now += 61_000;
      expect(await other.resolve(key)).toBeNull();
    } finally {
      await other.stop();
    }
    const past = await harness.ask(`${path}/keys`, { method: 'POST', body: { expiresAt: '2020-01-01T00:00:00Z' } });
    expect(past).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  it.each([
    ['0', 0],
    ['1h', 3_600],
    ['24h', 86_400],
    ['7d', 604_800],
    ['30d', 2_592_000],
  ])('is rotated with an overlap of %s', async (overlap, seconds) => {
    const old = await newKey({ name: 'web', rules: { methods: ['eth_call'] } });
    expect(await store.resolve(text(old, 'key'))).not.toBeNull();
    const fresh = (await harness.post(`${path}/keys/${text(old, 'keyId')}/rotate`, { overlap })).body;
    expect(fresh).toMatchObject({
      name: 'web',
      rules: { methods: ['eth_call'] },
      replacesKeyId: old['keyId'],
      expiresAt: null,
    });
    expect(await store.resolve(text(fresh, 'key'))).not.toBeNull();
    const { rows } = await sql.query<{ revoked: boolean; left: string | null }>(
      `SELECT revoked_at IS NOT NULL AS revoked, extract(epoch FROM expires_at - now()) AS left FROM tenancy.api_keys WHERE key_id = $1`,
      [old['keyId']],
    );
    expect(rows[0]?.revoked).toBe(seconds === 0);
    // Without an overlap the key has no end: it is revoked.
    const left = rows[0]?.left === null ? 0 : Number(rows[0]?.left);
    expect(Math.abs(left - seconds)).toBeLessThan(30);
    const worksOn = async (): Promise<boolean> => (await store.resolve(text(old, 'key'))) !== null;
    await vi.waitFor(async () => expect(await worksOn()).toBe(seconds > 0), { timeout: 1_000 });
  });
});

describe('the dry run', () => {
  const ask = async (body: object) =>
    (await harness.post(`${path}/dry-run`, { chain: 'eth', method: 'eth_call', ...body })).body;

  it('tells which rule decides', async () => {
    expect(await ask({})).toMatchObject({ passes: true, rule: null });
    const created = await newKey({ rules: { methods: ['eth_call'] } });
    const keyId = text(created, 'keyId');
    await patch({ rules: { origins: ['https://app.example.com'] } });
    expect(await ask({ keyId, origin: 'https://evil-example.com' })).toMatchObject({
      passes: false,
      reason: 'policy',
      rule: 'origins',
      seen: 'https://evil-example.com',
    });
    const origin = 'https://app.example.com';
    expect(await ask({ keyId, origin, method: 'eth_gasPrice' })).toMatchObject({
      reason: 'method-policy',
      rule: 'key-methods',
    });
    expect(await ask({ keyId, origin, method: 'eth_chainId' })).toMatchObject({ passes: true });
    expect(await ask({ origin, chain: 'polygon' })).toMatchObject({ passes: false, rule: 'staked-chains' });
    await harness.post(`${path}/keys/${keyId}/revoke`);
    expect(await ask({ keyId, origin })).toMatchObject({ reason: 'auth', rule: 'key-revoked' });
    await patch({ rules: null });
  });

  it('asks the tenant’s plan: methods, blocks of a filter, calls of a batch', async () => {
    const limits = { methods: ['eth_*'], logBlocksMax: 10, batchCallsMax: 5 };
    const plan = (await harness.post('/v1/plans', { name: 'narrow', limits })).body;
    const reply = await harness.ask(`/v1/tenants/${path.split('/')[3]}/plan`, {
      method: 'PUT',
      body: { planId: plan['planId'] },
    });
    expect(reply.status, reply.text).toBe(200);
    expect(await ask({})).toMatchObject({ passes: true });
    expect(await ask({ method: 'trace_block' })).toMatchObject({ reason: 'method-policy', rule: 'plan-methods' });
    const logs = (toBlock: string) => ask({ method: 'eth_getLogs', params: [{ fromBlock: '0x1', toBlock }] });
    expect(await logs('0xa')).toMatchObject({ passes: true });
    expect(await logs('0xb')).toMatchObject({ reason: 'params', rule: 'plan-log-blocks', seen: '11' });
    expect(await ask({ batchCalls: 6 })).toMatchObject({ reason: 'size', rule: 'plan-batch', seen: '6' });
    expect(await ask({ batchCalls: 5 })).toMatchObject({ passes: true });
  });
});
