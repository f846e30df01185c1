import { createHash, randomUUID } from 'node:crypto';
import { createDataSource } from '#libs/persistence';
import { type MeteredReceipt, closeDays, sequenceEvents, storeChunk } from '#libs/usage';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

const CLOSE_AT = Date.parse('2026-11-19T00:15:00Z');
const GROUPING = 'day,hour,tenant,endpoint,application,chain,method,key';

let harness: Harness;
let dataSource: DataSource;
let tenants: string[];

beforeAll(async () => {
  harness = await startHarness();
  dataSource = await createDataSource({ url: harness.config.DATABASE_URL });
  tenants = [];
  for (const name of ['a', 'b', 'c']) {
    tenants.push((await harness.post('/v1/tenants', { name })).body['tenantId'] as string);
  }
  await store(0, 400);
  await closeDays(dataSource, { graceMs: 900_000, nowMs: CLOSE_AT });
  await store(1, 90);
  await sequenceEvents(dataSource);
});

afterAll(async () => {
  await dataSource?.destroy();
  await harness?.stop();
});

const methods = ['eth_call', '-1+2', 'eth_getLogs'];

async function store(seed: number, count: number): Promise<void> {
  const keys = Array.from({ length: 4 }, () => randomUUID());
  const receipts = Array.from({ length: count }, (_, n): MeteredReceipt => ({
    tenantId: tenants[n % 3]!,
    endpointId: keys[n % 2]!,
    keyId: keys[n % 4]!,
    applicationId: keys[3]!,
    chain: '0021',
    method: methods[n % methods.length] ?? 'other',
    day: n % 5 === 0 ? '2026-11-19' : '2026-11-18',
    answeredAtMs: Date.parse('2026-11-18T10:00:00Z') + n * 60_000,
    durationUs: n,
    bytesIn: 10,
    bytesOut: 20,
    purpose: 'client',
    billable: n % 7 !== 0,
    rpcError: false,
    session: { applicationPublicKeyHex: 'ab'.repeat(32), chain: '0021', sessionHeight: 5 },
    nodePublicKeyHex: 'cd'.repeat(32),
  }));
  const bytes = Buffer.from(`chunk ${seed}`);
  await storeChunk(dataSource, createHash('sha256').update(bytes).digest('hex'), bytes, receipts);
}

/** Billable relays by day, by each of the ways in which they can be read. */
async function booksOf(tenantId: string): Promise<Record<string, Record<string, bigint>>> {
  const add = (book: Record<string, bigint>, day: string, relays: string): void => {
    book[day] = (book[day] ?? 0n) + BigInt(relays);
  };
  const books: Record<'json' | 'ndjson' | 'csv' | 'feed' | 'tables', Record<string, bigint>> = {
    json: {},
    ndjson: {},
    csv: {},
    feed: {},
    tables: {},
  };
  const path = `/v1/tenants/${tenantId}/usage?groupBy=${GROUPING}`;
  for (let cursor = ''; ;) {
    const page = (await harness.ask(`${path}&limit=7${cursor}`)).body;
    for (const row of page['items'] as Array<Record<string, string>>) {
      add(books.json, row['day']!, row['billableRelays']!);
    }
    if (page['next'] === null) break;
    cursor = `&cursor=${encodeURIComponent(page['next'] as string)}`;
  }
  const streamed = await fetch(`${harness.admin.url.replace('[::1]', '127.0.0.1')}${path}&format=ndjson`, {
    headers: { authorization: `Bearer ${harness.config.ADMIN_TOKEN}` },
  });
  expect(streamed.headers.get('content-type')).toBe('application/x-ndjson');
  for (const line of (await streamed.text()).trim().split('\n')) {
    const row = JSON.parse(line) as Record<string, string>;
    add(books.ndjson, row['day']!, row['billableRelays']!);
  }
  const [header = '', ...lines] = (await harness.ask(path, { headers: { accept: 'text/csv' } })).text
    .trimEnd()
    .split('\r\n');
  const [dayAt, relaysAt] = [header.split(',').indexOf('day'), header.split(',').indexOf('billableRelays')];
  for (const line of lines) add(books.csv, line.split(',')[dayAt]!, line.split(',')[relaysAt]!);
  for (let after = '0'; ;) {
    const page = (await harness.ask(`/v1/tenants/${tenantId}/usage/events?after=${after}&limit=11`)).body;
    const items = page['items'] as Array<{ subject?: string; data: Record<string, string> }>;
    for (const { subject, data } of items)
      if (subject === tenantId) add(books.feed, data['day']!, data['billableRelays']!);
    after = page['next'] as string;
    if (items.length === 0) break;
  }
  for (const table of ['usage', 'usage_corrections']) {
    const rows = await dataSource.query<Array<{ day: string; relays: string }>>(
      `SELECT day::text, sum(billable_relays) AS relays FROM metering.${table} WHERE tenant_id = $1 GROUP BY day`,
      [tenantId],
    );
    for (const row of rows) add(books.tables, row.day, row.relays);
  }
  return books;
}

describe('usage', () => {
  it('is the same by pages, as NDJSON, as CSV, from the feed and in the tables, for each tenant', async () => {
    for (const tenantId of tenants) {
      const { tables, ...books } = await booksOf(tenantId);
      expect(Object.keys(tables!)).toHaveLength(2);
      for (const [way, book] of Object.entries(books)) expect(book, way).toEqual(tables);
    }
  });

  it('says of when it is and what is final, and shows corrections behind what they correct', async () => {
    const closed = await harness.ask('/v1/usage?groupBy=day&to=2026-11-18');
    expect(closed.body).toMatchObject({
      final: true,
      items: [
        { id: 'usage/2026-11-18', final: true, corrects: null, recordedOn: null },
        { final: false, corrects: 'usage/2026-11-18', recordedOn: expect.any(String) as string },
      ],
    });
    expect((await harness.ask('/v1/usage?groupBy=day')).body['final']).toBe(false);
    const csv = await harness.ask('/v1/usage?groupBy=method&to=2026-11-18&format=csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('usage-final')).toBe('true');
    expect(Date.parse(csv.headers.get('usage-as-of') ?? '')).not.toBeNaN();
    expect(csv.text.split('\r\n')[0]).toMatch(/^method,billableRelays,/);
  });

  it('shows a tenant’s token its own only, and refuses cursors and lengths that do not fit', async () => {
    const [mine, theirs] = tenants;
    const body = { name: 'billing', scopes: ['usage:read'], tenantId: mine };
    const token = (await harness.post('/v1/tokens', body)).body['token'] as string;
    expect((await harness.ask(`/v1/tenants/${mine}/usage`, { token })).status).toBe(200);
    expect((await harness.ask(`/v1/tenants/${theirs}/usage/events`, { token })).status).toBe(404);
    expect((await harness.ask('/v1/usage/events', { token })).status).toBe(403);
    for (const query of ['cursor=x', 'cursor=usage/2026-11-18/x', 'limit=1001', 'format=xml', 'groupBy=']) {
      expect({ query, status: (await harness.ask(`/v1/usage?${query}`)).status }).toEqual({ query, status: 400 });
    }
    expect((await harness.ask('/v1/usage/events?after=9999999999999999999')).status).toBe(400);
  });

  it('of a day is reconciled: receipts = usage, and relays without a proof have reasons that add up', async () => {
    await dataSource.query(
      `INSERT INTO metering.settlements (application_public_key, chain, session_height, node_public_key, application_id, state,
         receipts, claim_proofs, invalid_receipts, late_receipts)
       SELECT application_public_key, chain, session_height, $1, application_id, 'settled', receipts, receipts - 9, 4, 5
         FROM metering.sessions`,
      ['cd'.repeat(32)],
    );
    const [first, second] = await Promise.all(
      ['2026-11-18', '2026-11-19'].map(async (of) => (await harness.ask(`/v1/usage/reconciliation?day=${of}`)).body),
    );
    // 490 receipts of one session, a fifth of them on the second day; the nine without a proof count on the first.
    expect(first).toMatchObject({
      final: true,
      receipts: '392',
      usage: '392',
      usageDifference: '0',
      provenRelays: '383',
      unprovenRelays: '9',
      differences: [{ unproven: '9', spansDays: true, reasons: { invalid: '4', late: '5' } }],
    });
    expect(second).toMatchObject({
      final: false,
      receipts: '98',
      usage: '98',
      provenRelays: '98',
      differences: [],
    });
    expect((await harness.ask('/v1/usage/reconciliation')).status).toBe(400);
  });
});
