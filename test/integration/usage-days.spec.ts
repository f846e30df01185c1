import { createHash, randomInt } from 'node:crypto';
import { createDataSource } from '#libs/persistence';
import { ScopedDatabase } from '#libs/tenancy';
import {
  type MeteredReceipt,
  USAGE_EVENT_TYPE,
  type UsageEvent,
  type UsageRow,
  closeDays,
  openUsageExport,
  queryUsage,
  readEvents,
  sequenceEvents,
  storeChunk,
  usageTotals,
} from '#libs/usage';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase } from '../support/database.js';

const GRACE_MS = 15 * 60_000;
const MIDNIGHT_MS = Date.parse('2026-11-21T00:00:00Z');
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const publicKey = (n: number): string => n.toString(16).padStart(64, '0');

function receipt(n: number, over: Partial<MeteredReceipt> = {}): MeteredReceipt {
  return {
    tenantId: uuid(n % 3),
    endpointId: uuid(100 + (n % 3)),
    keyId: uuid(200 + (n % 7)),
    applicationId: uuid(300 + (n % 2)),
    chain: '0021',
    method: ['eth_call', 'eth_blockNumber', '-dash'][n % 3]!,
    day: '2026-11-20',
    answeredAtMs: Date.parse('2026-11-20T00:30:00Z') + (n % 24) * 3_600_000,
    durationUs: 100,
    bytesIn: 10,
    bytesOut: 20,
    purpose: 'client',
    billable: true,
    rpcError: false,
    session: { applicationPublicKeyHex: publicKey(n % 2), chain: '0021', sessionHeight: 5 },
    nodePublicKeyHex: publicKey(50 + (n % 5)),
    ...over,
  };
}

let seed = 0;

function chunk(count: number, over: Partial<MeteredReceipt> = {}) {
  seed += 1;
  const bytes = Buffer.from(`chunk ${seed}`);
  const receipts = Array.from({ length: count }, (_, index) => receipt(seed * 31 + index, over));
  return { id: createHash('sha256').update(bytes).digest('hex'), bytes, receipts };
}

let dataSource: DataSource;
let other: DataSource;

beforeAll(async () => {
  const url = await createDatabase();
  [dataSource, other] = await Promise.all([createDataSource({ url }), createDataSource({ url })]);
});

afterAll(async () => {
  await Promise.all([dataSource.destroy(), other.destroy()]);
});

beforeEach(async () => {
  await dataSource.query(
    `TRUNCATE metering.chunks, metering.usage, metering.usage_hours, metering.sessions, metering.closed_days,
       metering.event_outbox, metering.events CASCADE`,
  );
  await dataSource.query('UPDATE metering.event_head SET sequence = 0');
});

async function store(...chunks: Array<ReturnType<typeof chunk>>): Promise<void> {
  await Promise.all(
    chunks.map((one, index) => storeChunk(index % 2 === 0 ? dataSource : other, one.id, one.bytes, one.receipts)),
  );
}

async function events(): Promise<UsageEvent[]> {
  await sequenceEvents(dataSource);
  return readEvents(dataSource, { after: 0n, limit: 5_000 });
}

const sum = (rows: readonly UsageRow[]): bigint => rows.reduce((total, row) => total + row.billableRelays, 0n);
const close = (on: DataSource, nowMs = MIDNIGHT_MS + GRACE_MS) => closeDays(on, { graceMs: GRACE_MS, nowMs });

describe('a day', () => {
  it('is closed once its grace is over, not before, once under many workers, and without gaps afterwards', async () => {
    await store(chunk(50));
    expect(await close(dataSource, MIDNIGHT_MS + GRACE_MS - 1)).toEqual({ outcome: 'done', days: [] });
    const closings = await Promise.all(Array.from({ length: 6 }, (_, n) => close(n % 2 ? dataSource : other)));
    const days = closings.flatMap((closing) => (closing.outcome === 'done' ? closing.days : []));
    expect(days).toMatchObject([{ day: '2026-11-20', billableRelays: 50n, sentRelays: 50n }]);
    await close(dataSource, MIDNIGHT_MS + 3 * 86_400_000 + GRACE_MS);
    expect((await events()).filter((event) => event.type === USAGE_EVENT_TYPE.dayClosed).map(({ id }) => id)).toEqual([
      'day.2026-11-20',
      'day.2026-11-21',
      'day.2026-11-22',
      'day.2026-11-23',
    ]);
  });

  it('waits for a store under way, and gives way to it when it takes long', async () => {
    const first = chunk(10);
    await store(first);
    const blocker = dataSource.createQueryRunner();
    await blocker.connect();
    await blocker.startTransaction();
    let storing: Promise<unknown> = Promise.resolve();
    try {
      await blocker.query('SELECT 1 FROM metering.usage FOR UPDATE');
      const slow = chunk(10);
      storing = storeChunk(other, slow.id, slow.bytes, first.receipts);
      await vi.waitFor(
        async () => {
          const waiting = await dataSource.query<unknown[]>(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%metering.usage %'`,
          );
          expect(waiting).toHaveLength(1);
        },
        { timeout: 10_000 },
      );
      expect(await close(dataSource)).toEqual({ outcome: 'busy' });
    } finally {
      await blocker.rollbackTransaction();
      await blocker.release();
    }
    await storing;
    expect(await close(dataSource)).toMatchObject({ days: [{ day: '2026-11-20', billableRelays: 20n }] });
  });

  it('does not change after closing: 10,000 late and duplicate receipts become corrections that name it', async () => {
    const early = Array.from({ length: 10 }, () => chunk(200));
    await store(...early);
    await close(dataSource);
    const before = await queryUsage(dataSource, {}, ['day', 'hour', 'tenant', 'method', 'key']);
    expect(before.every((row) => row.final && row.corrects === null)).toBe(true);
    const late = Array.from({ length: 40 }, () => chunk(250));
    const deliveries = [...late, ...early, ...late.toReversed(), ...early].toSorted(() => randomInt(3) - 1);
    await store(...deliveries);
    const after = await queryUsage(dataSource, {}, ['day', 'hour', 'tenant', 'method', 'key'], { limit: 10_000 });
    expect(after.filter((row) => row.corrects === null)).toEqual(before);
    const corrections = after.filter((row) => row.corrects !== null);
    expect(sum(corrections)).toBe(10_000n);
    const ids = new Set(before.map(({ id }) => id));
    expect(corrections.filter(({ corrects }) => corrects !== null && ids.has(corrects))).toHaveLength(
      corrections.length,
    );
    expect(corrections.every((row) => !row.final && row.recordedOn !== null)).toBe(true);
    expect((await usageTotals(dataSource)).billableRelays).toBe(12_000n);
    const [closed] = await dataSource.query<unknown[]>(`SELECT billable_relays FROM metering.closed_days`);
    expect(closed).toEqual({ billable_relays: '2000' });
  });

  it('cannot be reopened or edited by anybody', async () => {
    await store(chunk(5));
    await close(dataSource);
    await store(chunk(5));
    await events();
    for (const table of ['closed_days', 'usage_corrections', 'events']) {
      await expect(dataSource.query(`DELETE FROM metering.${table}`)).rejects.toThrow(/append-only/);
    }
  });

  it('is the sum of its hours, also for answers that came after midnight by the gateway’s clock', async () => {
    await store(chunk(100), chunk(7, { answeredAtMs: MIDNIGHT_MS + 1_500 }), chunk(3, { answeredAtMs: 0 }));
    const hours = await queryUsage(dataSource, {}, ['hour']);
    expect(hours).toHaveLength(24);
    expect(hours[0]).toMatchObject({ hour: '2026-11-20T00:00:00Z', id: 'usage/2026-11-20T00%3A00%3A00Z' });
    expect(hours.at(-1)).toMatchObject({ hour: '2026-11-20T23:00:00Z' });
    expect(sum(hours)).toBe(110n);
    expect(sum(await queryUsage(dataSource, {}, ['day']))).toBe(110n);
  });
});

describe('paging', () => {
  it('by the id of any row gives every row once, in one order, whatever the grouping', async () => {
    await store(...Array.from({ length: 6 }, (_, n) => chunk(60, n > 3 ? { day: '2026-11-19' } : {})));
    await close(dataSource);
    await store(chunk(60), chunk(60, { day: '2026-11-19' }));
    const whole = ['tenant', 'endpoint', 'application', 'chain', 'method', 'key'] as const;
    for (const grouping of [
      ['day'],
      ['method', 'day'],
      ['hour', 'tenant'],
      ['key', 'chain', 'endpoint'],
      ['day', ...whole],
      ['hour', ...whole],
      ['day', 'hour', ...whole],
    ] as const) {
      const all = await queryUsage(dataSource, {}, grouping);
      expect(sum(all)).toBe(480n);
      const paged: UsageRow[] = [];
      for (let page: UsageRow[] = all; page.length > 0;) {
        page = await queryUsage(dataSource, {}, grouping, { limit: 7, after: paged.at(-1)?.id });
        paged.push(...page);
      }
      expect(paged).toEqual(all);
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    }
  });

  it.each([
    '',
    'usage',
    'usage/x',
    'usage/2026-13-45',
    'usage/2026-11-20/x',
    'correction/2026-11-20',
    'usage/%',
    'x/2026-11-20',
  ])('refuses the cursor "%s"', async (after) => {
    await expect(queryUsage(dataSource, {}, ['day'], { after })).rejects.toThrow('The cursor is not the id of a row');
  });
});

describe('an export', () => {
  it('reads one snapshot, and gives its connection back when it is ended early or never begun', async () => {
    await store(chunk(300));
    const found = await openUsageExport(new ScopedDatabase(dataSource), {
      filter: {},
      groupBy: ['day', 'key', 'hour'],
    });
    await store(chunk(300));
    const rows: UsageRow[] = [];
    for await (const batch of found.batches) rows.push(...batch);
    expect(sum(rows)).toBe(300n);
    for (let n = 0; n < 12; n += 1) {
      const abandoned = await openUsageExport(new ScopedDatabase(dataSource), { filter: {}, groupBy: ['day'] });
      if (n % 2 === 0) await abandoned.close();
      else for await (const batch of abandoned.batches) if (batch.length > 0) break;
    }
    expect(await queryUsage(dataSource, {}, ['day'])).toHaveLength(1);
  });
});

describe('the feed', () => {
  it('has no gaps and no late arrivals for a reader who follows it while workers store and number at once', async () => {
    const chunks = Array.from({ length: 60 }, () => chunk(40));
    const seen: UsageEvent[] = [];
    let isStoring = true;
    let isFollowing = true;
    const follow = async (): Promise<void> => {
      for (;;) {
        const isLast = !isFollowing;
        const page = await readEvents(other, { after: seen.at(-1)?.sequence ?? 0n, limit: 37 });
        seen.push(...page);
        if (isLast && page.length === 0) return;
      }
    };
    const number = async (on: DataSource): Promise<void> => {
      while (isStoring) await sequenceEvents(on);
    };
    const background = [number(dataSource), number(other)];
    const following = follow();
    try {
      await store(...chunks, ...chunks);
    } finally {
      isStoring = false;
    }
    await Promise.all(background);
    await sequenceEvents(dataSource);
    isFollowing = false;
    await following;
    expect(seen.map((event) => event.sequence)).toEqual(seen.map((_, index) => BigInt(index + 1)));
    expect(new Set(seen.map((event) => event.id)).size).toBe(seen.length);
    const billed = seen.reduce((total, event) => total + BigInt(event.data['billableRelays'] as string), 0n);
    expect(billed).toBe(2_400n);
  });

  it('tells of a closed day after everything that counts for it, and of corrections afterwards', async () => {
    await store(...Array.from({ length: 8 }, () => chunk(20)));
    await close(dataSource);
    await store(chunk(20));
    const all = await events();
    const closing = all.findIndex((event) => event.type === USAGE_EVENT_TYPE.dayClosed);
    expect(all[closing]!.data).toMatchObject({ day: '2026-11-20', billableRelays: '160' });
    expect(new Set(all.slice(0, closing).map(({ type }) => type))).toEqual(new Set([USAGE_EVENT_TYPE.recorded]));
    expect(new Set(all.slice(closing + 1).map(({ type }) => type))).toEqual(new Set([USAGE_EVENT_TYPE.corrected]));
    expect(all.at(-1)!.data).toMatchObject({ corrects: '2026-11-20', day: '2026-11-20' });
  });
});
