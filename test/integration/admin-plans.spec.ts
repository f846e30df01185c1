import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { draftInvoice, usageOfFeed } from '#libs/billing';
import { type MeteredReceipt, closeDays, sequenceEvents, storeChunk } from '#libs/usage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { type Harness, startHarness } from './admin-harness.js';
import { createKeyResolver } from './admin-key-resolver.js';

let harness: Harness;
let database: DataSource;
let keys: Awaited<ReturnType<typeof createKeyResolver>>;
let tenant: string;
let key: string;
const applicationIds: string[] = [];

const prices = {
  currency: 'USD',
  minorUnitExponent: 2,
  perRelays: 1_000,
  includedRelays: '10',
  tiers: [
    { upToRelays: '100', price: '3.333' },
    { upToRelays: null, price: '1.1111' },
  ],
  overagePrice: '7.77',
};

beforeAll(async () => {
  harness = await startHarness();
  database = await new DataSource({ type: 'postgres', url: harness.config.DATABASE_URL }).initialize();
  keys = await createKeyResolver(harness.config);
  const made = async (path: string, body: object) => (await harness.post(path, body)).body;
  tenant = `/v1/tenants/${String((await made('/v1/tenants', { name: 'Planned' }))['tenantId'])}`;
  for (const stakePokt of ['1000', '3000']) {
    const body = { source: 'managed', name: 'a', chains: ['eth-mainnet'], stakePokt };
    applicationIds.push(String((await made(`${tenant}/applications`, body))['applicationId']));
  }
  const endpoint = await made(`${tenant}/endpoints`, { name: 'e', applicationIds });
  key = String((await made(`${tenant}/endpoints/${String(endpoint['endpointId'])}/keys`, { name: 'k' }))['key']);
});

afterAll(async () => {
  await keys?.stop();
  await database?.destroy();
  await harness?.stop();
});

const plan = async (limits: object, more: object = {}) =>
  (await harness.post('/v1/plans', { name: `plan-${randomUUID().slice(0, 8)}`, limits, ...more })).body;
const assign = (planId: unknown) => harness.ask(`${tenant}/plan`, { method: 'PUT', body: { planId } });
const limitsNow = async () => (await keys.resolve(key))?.applications.map((one) => one.dailyRelaysMax) ?? [];
const known = (what: string, is: () => Promise<boolean>) => waitFor(what, is, 1_000, 10);

describe('plans', () => {
  it('start as one that limits nothing', async () => {
    expect((await harness.ask(`${tenant}/plan`)).body).toMatchObject({ name: 'standard', prices: null });
    expect(await limitsNow()).toEqual([40_000, 120_000]);
    expect((await keys.resolve(key))?.plan).toBeNull();
  });

  it('are shared by applications as their stakes, and reach gateways within a second', async () => {
    const { planId } = await plan({ dailyRelaysMax: 1_001 });
    expect((await assign(planId)).body).toMatchObject({ planId });
    await known('the assigned plan', async () => String(await limitsNow()) === '250,750');

    const change = (limits: object) =>
      harness.ask(`/v1/plans/${String(planId)}`, { method: 'PATCH', body: { limits } });
    await change({ dailyRelaysMax: 1_000, overage: { mode: 'allow-percent', percent: 10 }, methods: ['eth_*'] });
    await known('the changed plan', async () => String(await limitsNow()) === '275,825');
    expect((await keys.resolve(key))?.plan?.call('debug_traceCall', '')).toMatchObject({ reason: 'method-policy' });
    const shown = await harness.ask(`${tenant}/applications/${applicationIds[0]}`);
    expect(shown.body).toMatchObject({ dailyRelaysMax: 275 });

    await change({ dailyRelaysMax: 1_000, overage: { mode: 'allow-and-bill' } });
    await known('the open plan', async () => (await limitsNow())[0] === 1_000_000_000_000);
    const versions = await harness.ask(`/v1/plans/${String(planId)}/versions`);
    expect((versions.body['items'] as Array<{ version: number }>).map((one) => one.version)).toEqual([1, 2, 3]);
  });

  it('when one application’s stake is raised, all of the tenant’s shares follow', async () => {
    const { planId } = await plan({ dailyRelaysMax: 800 });
    await assign(planId);
    await known('the plan', async () => String(await limitsNow()) === '200,600');
    await harness.post(`${tenant}/applications/${applicationIds[0]}/stake`, { stakePokt: '3000' });
    await known('the raised stake', async () => (await limitsNow())[0] === 400);
    expect(await limitsNow()).toEqual([400, 400]);
  });

  it('are changed at a version, named once, and refused when retired', async () => {
    const made = await plan({});
    const path = `/v1/plans/${String(made['planId'])}`;
    const change = (version: string) =>
      harness.ask(path, { method: 'PATCH', body: { limits: { batchCallsMax: 5 } }, headers: { 'if-match': version } });
    expect((await change('"1"')).headers.get('etag')).toBe('"2"');
    expect((await change('"1"')).status).toBe(412);
    const again = await harness.ask('/v1/plans', { method: 'POST', body: { name: made['name'], limits: {} } });
    expect(again).toMatchObject({ status: 409, body: { code: 'plan-exists' } });
    await harness.post(`${path}/retire`);
    expect(await assign(made['planId'])).toMatchObject({ status: 409, body: { code: 'plan-retired' } });
    expect((await assign(randomUUID())).status).toBe(404);
  });

  it('are the operators’: a tenant’s token sees its own and changes none, also where the guard forgets', async () => {
    const tenantId = tenant.split('/').at(-1);
    const scopes = ['tenants:read', 'tenants:write', 'usage:read'];
    const token = String((await harness.post('/v1/tokens', { name: 't', tenantId, scopes })).body['token']);
    expect((await harness.ask(`${tenant}/plan`, { token })).status).toBe(200);
    expect((await harness.ask(`${tenant}/plan`, { token, method: 'PUT', body: { planId: randomUUID() } })).status).toBe(
      403,
    );
    expect((await harness.ask('/v1/plans', { token, method: 'POST', body: { name: 'mine', limits: {} } })).status).toBe(
      403,
    );
    await database.transaction(async (manager) => {
      await manager.query(`SELECT set_config('role', 'portal_app', true), set_config('portal.tenant', $1, true)`, [
        tenantId,
      ]);
      const [, changed] = await manager.query<[unknown, number]>(`UPDATE tenancy.plans SET limits = '{}'`);
      expect(changed).toBe(0);
    });
  });
});

describe('an invoice draft', () => {
  const tenantId = () => tenant.split('/').at(-1) ?? '';
  const endpointId = randomUUID();

  it('refuses a sheet that cannot mean anything, naming the field', async () => {
    const body = { name: 'broken', limits: {}, prices: { ...prices, tiers: [{ upToRelays: '5', price: '1' }] } };
    const reply = await harness.ask('/v1/plans', { method: 'POST', body });
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(reply.text).toContain('tiers.0.upToRelays');
  });

  it('is the one that the feed alone gives, open and closed, with corrections on lines that name their day', async () => {
    const now = new Date();
    const today = now.toISOString().slice(0, 10);
    const { planId } = await plan({ dailyRelaysMax: 150, overage: { mode: 'allow-and-bill' } }, { prices });
    await assign(planId);
    const store = (day: string, relays: number) =>
      storeReceipts(database, { day, tenantId: tenantId(), endpointId, relays });
    await store(today, 170);
    const draft = async () => (await harness.ask(`${tenant}/invoice-draft?from=${today}&to=${today}`)).body;
    const open = await draft();
    expect(open).toMatchObject({ state: 'provisional', relays: '170' });
    expect((open['lines'] as Array<{ kind: string; relays: string }>).map((one) => [one.kind, one.relays])).toEqual([
      ['included', '10'],
      ['relays', '100'],
      ['relays', '40'],
      ['overage', '20'],
    ]);
    expect(open['totals']).toMatchObject([{ currency: 'USD', amount: '0.53', amountMinor: '53' }]);

    await closeDays(database, { graceMs: 0, nowMs: Date.parse(`${today}T00:00:00Z`) + 86_400_000 });
    const closed = await draft();
    expect(closed).toMatchObject({ state: 'final', totals: open['totals'] });
    await store(today, 7);
    const corrected = await draft();
    const lines = corrected['lines'] as Array<Record<string, unknown>>;
    expect(lines.at(-1)).toMatchObject({ kind: 'correction', corrects: today, recordedOn: today, relays: '7' });
    expect(lines.slice(0, -1)).toMatchObject(open['lines'] as object[]);

    await sequenceEvents(database);
    const events = await harness.ask('/v1/usage/events?limit=1000');
    const feed = usageOfFeed(events.body['items'] as never, tenantId());
    const again = draftInvoice({
      from: today,
      to: today,
      ...feed,
      plans: [{ day: today, planId: String(planId), version: 1, dailyRelaysMax: 150, prices: prices as never }],
    });
    expect(corrected).toMatchObject(JSON.parse(JSON.stringify(again)) as object);
  });
});

/** A chunk of `relays` answered relays of that day. */
async function storeReceipts(
  source: DataSource,
  { day, tenantId, endpointId, relays }: { day: string; tenantId: string; endpointId: string; relays: number },
): Promise<void> {
  const bytes = randomBytes(16);
  const receipts = Array.from({ length: relays }, (): MeteredReceipt => ({
    tenantId,
    endpointId,
    keyId: endpointId,
    applicationId: applicationIds[0] ?? '',
    chain: '0021',
    method: 'eth_call',
    day,
    answeredAtMs: Date.parse(`${day}T00:00:01Z`),
    durationUs: 100,
    bytesIn: 10,
    bytesOut: 20,
    purpose: 'client',
    billable: true,
    rpcError: false,
    session: { applicationPublicKeyHex: 'a'.repeat(64), chain: '0021', sessionHeight: 5 },
    nodePublicKeyHex: 'b'.repeat(64),
  }));
  await storeChunk(source, createHash('sha256').update(bytes).digest('hex'), bytes, receipts);
}
