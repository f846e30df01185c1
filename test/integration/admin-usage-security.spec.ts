import { createHash, randomUUID } from 'node:crypto';
import { AccessGuard } from '#libs/auth';
import { createDataSource } from '#libs/persistence';
import { type MeteredReceipt, closeDays, sequenceEvents, storeChunk } from '#libs/usage';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

const DAY = '2026-11-18';

let harness: Harness;
let dataSource: DataSource;
let [mine, theirs]: [string, string] = ['', ''];
let token: string;

function receipts(tenantId: string, count: number, day: string): MeteredReceipt[] {
  const ids = { endpointId: randomUUID(), keyId: randomUUID(), applicationId: randomUUID() };
  return Array.from({ length: count }, (_, n) => ({
    tenantId,
    ...ids,
    chain: '0021',
    method: tenantId === theirs ? 'canary' : 'eth_call',
    day,
    answeredAtMs: Date.parse(`${day}T10:00:00Z`) + n,
    durationUs: 1,
    bytesIn: 1,
    bytesOut: 1,
    purpose: 'client' as const,
    billable: true,
    rpcError: false,
    session: { applicationPublicKeyHex: 'ab'.repeat(32), chain: '0021', sessionHeight: 5 },
    nodePublicKeyHex: 'cd'.repeat(32),
  }));
}

async function store(label: string, of: MeteredReceipt[]): Promise<void> {
  const bytes = Buffer.from(label);
  await storeChunk(dataSource, createHash('sha256').update(bytes).digest('hex'), bytes, of);
}

beforeAll(async () => {
  harness = await startHarness();
  dataSource = await createDataSource({ url: harness.config.DATABASE_URL });
  const tenant = async (name: string) => String((await harness.post('/v1/tenants', { name })).body['tenantId']);
  [mine, theirs] = [await tenant('mine'), await tenant('theirs')];
  const body = { name: 'billing', scopes: ['usage:read'], tenantId: mine };
  token = String((await harness.post('/v1/tokens', body)).body['token']);
  await store('in time', [...receipts(mine, 7, DAY), ...receipts(theirs, 11, DAY)]);
  await closeDays(dataSource, { graceMs: 900_000, nowMs: Date.parse('2026-11-19T00:15:00Z') });
  await store('late', [...receipts(mine, 2, DAY), ...receipts(theirs, 3, DAY)]);
  await store('today', [...receipts(mine, 1, '2026-11-19'), ...receipts(theirs, 1, '2026-11-19')]);
  await sequenceEvents(dataSource);
});

afterAll(async () => {
  await dataSource?.destroy();
  await harness?.stop();
});

/** Removes the first wall: whoever has a credential may call every route with every tenant's id. */
beforeEach(() => {
  vi.spyOn(AccessGuard.prototype as unknown as { apply(rule: unknown): void }, 'apply').mockReturnValue();
  return () => vi.restoreAllMocks();
});

const FORMATS = ['json', 'ndjson', 'csv'];

/** The answer to the tenant's token as text, whatever its format. */
async function read(path: string): Promise<string> {
  const response = await fetch(`${harness.admin.url.replace('[::1]', '127.0.0.1')}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  return response.text();
}

it('shows no row of another tenant when the service forgets to check: pages, streams, hours and feed', async () => {
  for (const grouping of [
    'day',
    'tenant,method',
    'hour,key',
    'day,hour,tenant,endpoint,application,chain,method,key',
  ]) {
    for (const format of FORMATS) {
      const path = `/v1/tenants/${theirs}/usage?groupBy=${grouping}&format=${format}`;
      const text = await read(path);
      const rows =
        format === 'json' ? (JSON.parse(text) as { items: unknown[] }).items : text.split('\n').filter(Boolean);
      // A CSV file has its line of names.
      expect(rows).toHaveLength(format === 'csv' ? 1 : 0);
    }
  }
  const feed = (await harness.ask(`/v1/tenants/${theirs}/usage/events`, { token })).body;
  expect((feed['items'] as Array<{ type: string }>).map(({ type }) => type)).toEqual([
    'network.pokt.usage.day-closed.v1',
  ]);
});

it('shows a tenant only its own where the service forgets to say whose', async () => {
  for (const format of FORMATS) {
    const text = await read(`/v1/usage?groupBy=tenant,method&format=${format}`);
    expect(text).toContain(mine);
    expect(text).not.toContain(theirs);
    expect(text).not.toContain('canary');
  }
  const feed = await harness.ask('/v1/usage/events?limit=1000', { token });
  expect(feed.text).toContain(mine);
  expect(feed.text).not.toContain(theirs);
});

it('shows no cost of another tenant when the service forgets to check', async () => {
  expect(JSON.parse(await read(`/v1/tenants/${theirs}/costs`))).toEqual({ items: [], next: null });
  expect(JSON.parse(await read(`/v1/tenants/${mine}/costs?groupBy=tenant`))).toMatchObject({
    items: [{ tenantId: mine, sentRelays: '10', unpricedRelays: '10', costUpokt: '0' }],
  });
  const all = await read('/v1/costs?groupBy=tenant');
  expect(all).toContain(mine);
  expect(all).not.toContain(theirs);
});

it('keeps what tells of all tenants at once, a day’s sessions and reconciliation, to operators', async () => {
  const asTenant = (await harness.ask(`/v1/usage/reconciliation?day=${DAY}`, { token })).body;
  expect(asTenant).toMatchObject({ receipts: '0', usage: '9', differences: [] });
  const asOperator = (await harness.ask(`/v1/usage/reconciliation?day=${DAY}`)).body;
  expect(asOperator).toMatchObject({ receipts: '23', usage: '23', final: true });
});

it('tells a reader of the feed who is behind what is kept, and where to go on', async () => {
  expect((await harness.ask('/v1/usage/events')).body).toMatchObject({ oldest: '0000000000000000001' });
  await dataSource.query('UPDATE metering.event_head SET oldest_sequence = 3');
  const behind = await harness.ask(`/v1/tenants/${mine}/usage/events?after=1`, { token });
  expect(behind).toMatchObject({ status: 410, body: { code: 'events-gone', oldest: '0000000000000000003' } });
  expect((await harness.ask('/v1/usage/events?after=2')).status).toBe(200);
});
