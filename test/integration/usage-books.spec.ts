import { createHash, randomBytes } from 'node:crypto';
import { createDataSource } from '#libs/persistence';
import { type MeteredReceipt, closeDays, reconcileDay, sequenceEvents, storeChunk } from '#libs/usage';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

/** Late receipts, and as many deliveries that repeat known chunks; a campaign sets more. */
const LATE_RECEIPTS = Number(process.env['USAGE_LATE_EVENTS'] ?? 300);

/** Names the run's receipts: a failure is repeated with it. */
const SEED = process.env['USAGE_BOOKS_SEED'] ?? randomBytes(8).toString('hex');

const DAYS = ['2026-11-16', '2026-11-17', '2026-11-18'];
const CLOSE_AT = Date.parse('2026-11-19T00:15:00Z');
const CHUNK_RECEIPTS = 150;
const FIELDS = ['day', 'tenantId', 'endpointId', 'applicationId', 'chain', 'method', 'keyId'] as const;
const GROUPING = 'day,tenant,endpoint,application,chain,method,key';

/** Billable and sent relays by all dimensions. */
type Book = Map<string, { billable: bigint; sent: bigint }>;
interface Chunk {
  readonly id: string;
  readonly bytes: Buffer;
  readonly receipts: MeteredReceipt[];
}

let harness: Harness;
let dataSource: DataSource;
let tenants: string[];
let draws = 0;

/** 0 … count - 1, from the seed and how many draws were made before. */
function draw(count: number): number {
  draws += 1;
  return createHash('sha256').update(`${SEED} ${draws}`).digest().readUInt32LE() % count;
}

const idOf = (kind: number, tenant: number, number: number): string =>
  `00000000-0000-4000-8000-0${kind}${String(tenant).padStart(2, '0')}${String(number).padStart(8, '0')}`;

function receipt(): MeteredReceipt {
  const tenant = draw(3);
  const day = DAYS[draw(DAYS.length)]!;
  const application = draw(2);
  const chain = ['0021', '0009', '0003'][draw(3)]!;
  const purpose = (['client', 'client', 'client', 'retry', 'hedge', 'quorum', 'probe'] as const)[draw(7)]!;
  return {
    tenantId: tenants[tenant]!,
    endpointId: idOf(1, tenant, draw(3)),
    keyId: idOf(2, tenant, draw(4)),
    applicationId: idOf(3, tenant, application),
    chain,
    method: ['eth_call', 'eth_getLogs', '=cmd()', 'eth_blockNumber'][draw(4)]!,
    day,
    answeredAtMs: Date.parse(`${day}T00:00:00Z`) + draw(86_400_000),
    durationUs: draw(90_000),
    bytesIn: draw(500),
    bytesOut: draw(9_000),
    purpose,
    billable: purpose === 'client',
    rpcError: draw(9) === 0,
    session: {
      applicationPublicKeyHex: `${tenant}${application}`.repeat(32),
      chain,
      sessionHeight: 1 + 4 * DAYS.indexOf(day),
    },
    nodePublicKeyHex: `a${draw(5)}`.repeat(32),
  };
}

function chunks(receipts: number): Chunk[] {
  return Array.from({ length: Math.ceil(receipts / CHUNK_RECEIPTS) }, (_, n) => {
    const bytes = Buffer.from(`${SEED} chunk ${draws} ${n}`);
    const count = Math.min(CHUNK_RECEIPTS, receipts - n * CHUNK_RECEIPTS);
    const id = createHash('sha256').update(bytes).digest('hex');
    return { id, bytes, receipts: Array.from({ length: count }, receipt) };
  });
}

async function store(all: readonly Chunk[]): Promise<void> {
  for (const one of all) await storeChunk(dataSource, one.id, one.bytes, one.receipts);
}

function add(book: Book, row: Record<string, string>, sent: bigint): void {
  const key = FIELDS.map((field) => row[field]).join('|');
  const before = book.get(key) ?? { billable: 0n, sent: 0n };
  book.set(key, { billable: before.billable + BigInt(row['billableRelays']!), sent: before.sent + sent });
}

const sorted = (book: Book): unknown[] => [...book].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Every row of a tenant by pages, as the API gives it. */
async function pages(tenantId: string): Promise<Array<Record<string, string>>> {
  const rows: Array<Record<string, string>> = [];
  for (let cursor = ''; ;) {
    const { body } = await harness.ask(`/v1/tenants/${tenantId}/usage?groupBy=${GROUPING}&limit=97${cursor}`);
    rows.push(...(body['items'] as Array<Record<string, string>>));
    if (body['next'] === null) return rows;
    cursor = `&cursor=${encodeURIComponent(body['next'] as string)}`;
  }
}

async function streamed(tenantId: string, format: 'csv' | 'ndjson'): Promise<Array<Record<string, string>>> {
  const { text } = await harness.ask(`/v1/tenants/${tenantId}/usage?groupBy=${GROUPING}&format=${format}`);
  if (format === 'ndjson') {
    const lines = text.trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Record<string, string>);
  }
  const [header = '', ...lines] = text.trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell])));
}

async function feed(tenantId: string): Promise<Book> {
  const book: Book = new Map();
  for (let after = '0'; ;) {
    const { body } = await harness.ask(`/v1/tenants/${tenantId}/usage/events?after=${after}&limit=500`);
    const items = body['items'] as Array<{ subject?: string; data: Record<string, string> }>;
    for (const { subject, data } of items) {
      if (subject !== tenantId) continue;
      const sent = ['client', 'retry', 'hedge', 'quorum', 'probe'].map((purpose) => BigInt(data[`${purpose}Relays`]!));
      add(
        book,
        data,
        sent.reduce((sum, one) => sum + one, 0n),
      );
    }
    if (items.length === 0) return book;
    after = body['next'] as string;
  }
}

const bookOf = (rows: ReadonlyArray<Record<string, string>>): Book => {
  const book: Book = new Map();
  for (const row of rows) add(book, row, BigInt(row['sentRelays']!));
  return book;
};

/** What the receipts themselves add up to. */
function expectedOf(all: readonly Chunk[], tenantId: string): Book {
  const book: Book = new Map();
  for (const one of all.flatMap(({ receipts }) => receipts)) {
    if (one.tenantId !== tenantId) continue;
    const method = /^[\w.\-/]+$/.test(one.method) ? one.method : 'other';
    add(book, { ...(one as unknown as Record<string, string>), method, billableRelays: one.billable ? '1' : '0' }, 1n);
  }
  return book;
}

/** The ledger's side: what settlement claims from, by tenant through its applications' sessions. */
async function tallies(tenant: number): Promise<{ billable: bigint; sent: bigint }> {
  const [row] = await dataSource.query<[{ billable: string; sent: string }]>(
    `SELECT sum(billable) AS billable, sum(receipts) AS sent FROM metering.session_tallies WHERE application_public_key LIKE $1`,
    [`${tenant}%`],
  );
  return { billable: BigInt(row.billable), sent: BigInt(row.sent) };
}

async function expectBooksAgree(all: readonly Chunk[]): Promise<void> {
  await sequenceEvents(dataSource);
  for (const [tenant, tenantId] of tenants.entries()) {
    const expected = sorted(expectedOf(all, tenantId));
    const books = {
      pages: bookOf(await pages(tenantId)),
      csv: bookOf(await streamed(tenantId, 'csv')),
      ndjson: bookOf(await streamed(tenantId, 'ndjson')),
      feed: await feed(tenantId),
    };
    for (const [way, book] of Object.entries(books)) expect(sorted(book), `${way}, seed ${SEED}`).toEqual(expected);
    const sums = [...books.feed.values()];
    expect(await tallies(tenant)).toEqual({
      billable: sums.reduce((sum, { billable }) => sum + billable, 0n),
      sent: sums.reduce((sum, { sent }) => sum + sent, 0n),
    });
  }
  for (const day of DAYS) expect(await reconcileDay(dataSource, day)).toMatchObject({ usageDifference: 0n });
}

beforeAll(async () => {
  harness = await startHarness();
  dataSource = await createDataSource({ url: harness.config.DATABASE_URL });
  tenants = [];
  for (const name of ['a', 'b', 'c']) {
    tenants.push((await harness.post('/v1/tenants', { name })).body['tenantId'] as string);
  }
});

afterAll(async () => {
  await dataSource?.destroy();
  await harness?.stop();
});

describe('the books of three tenants', () => {
  it('agree by pages, CSV, NDJSON, feed and session tallies, and a closed day changes by named corrections only', async () => {
    const early = chunks(900);
    await store(early);
    await closeDays(dataSource, { graceMs: 900_000, nowMs: CLOSE_AT });
    await expectBooksAgree(early);
    const before = await Promise.all(tenants.map(pages));
    const late = chunks(LATE_RECEIPTS);
    await store([...late, ...early, ...late.toReversed(), ...early.toReversed()]);
    await expectBooksAgree([...early, ...late]);
    for (const [tenant, tenantId] of tenants.entries()) {
      const after = await pages(tenantId);
      expect(after.filter(({ corrects }) => corrects === null)).toEqual(before[tenant]);
      expect(before[tenant]!.every(({ final }) => Boolean(final))).toBe(true);
      for (const row of after.filter(({ corrects }) => corrects !== null)) {
        const name = FIELDS.map((field) => encodeURIComponent(row[field]!)).join('/');
        expect(row['corrects']).toBe(`usage/${name}`);
        expect(row['id']).toBe(`correction/${row['recordedOn']}/${name}`);
      }
    }
  }, 120_000);
});
