import { createDataSource } from '#libs/persistence';
import {
  type MeteredReceipt,
  chunkTotals,
  queryUsage,
  rejectChunk,
  storeChunk,
  storedChunkIds,
  usageTotals,
} from '#libs/usage';
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase } from '../support/database.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const publicKey = (n: number): string => n.toString(16).padStart(64, '0');
const chunkIdOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function receipt(n: number, over: Partial<MeteredReceipt> = {}): MeteredReceipt {
  return {
    tenantId: uuid(n % 3),
    endpointId: uuid(100 + (n % 3)),
    keyId: uuid(200 + (n % 7)),
    applicationId: uuid(300 + (n % 2)),
    chain: '0021',
    method: ['eth_call', 'eth_blockNumber', 'eth_getLogs'][n % 3]!,
    day: '2026-11-20',
    answeredAtMs: 1_700_000_000_000 + n,
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

function chunk(seed: number, count: number): { id: string; bytes: Buffer; receipts: MeteredReceipt[] } {
  const bytes = Buffer.alloc(Math.max(8, count * 40), seed % 251);
  bytes.writeUInt32LE(seed, 0);
  const receipts = Array.from({ length: count }, (_, index) => receipt(seed * 31 + index));
  return { id: chunkIdOf(bytes), bytes, receipts };
}

let url: string;
let dataSource: DataSource;
let other: DataSource;

beforeAll(async () => {
  url = await createDatabase();
  [dataSource, other] = await Promise.all([createDataSource({ url }), createDataSource({ url })]);
});

afterAll(async () => {
  await Promise.all([dataSource.destroy(), other.destroy()]);
});

beforeEach(async () => {
  await dataSource.query(
    'TRUNCATE metering.chunks, metering.usage, metering.usage_hours, metering.sessions, metering.rejected_chunks CASCADE',
  );
});

async function figures(): Promise<Record<string, bigint>> {
  const [usage, chunks, sql] = await Promise.all([
    usageTotals(dataSource),
    chunkTotals(dataSource),
    dataSource.query<Array<Record<string, string>>>(
      `SELECT (SELECT coalesce(sum(receipts), 0) FROM metering.session_tallies)::text AS tallies,
              (SELECT coalesce(sum(receipts), 0) FROM metering.sessions)::text AS sessions,
              (SELECT coalesce(sum(receipts), 0) FROM metering.session_chunks)::text AS session_chunks`,
    ),
  ]);
  return {
    usage: usage.sentRelays,
    billable: usage.billableRelays,
    chunks: chunks.receipts,
    tallies: BigInt(sql[0]!['tallies']!),
    sessions: BigInt(sql[0]!['sessions']!),
    sessionChunks: BigInt(sql[0]!['session_chunks']!),
  };
}

function all(count: bigint): Record<string, bigint> {
  return { usage: count, billable: count, chunks: count, tallies: count, sessions: count, sessionChunks: count };
}

describe('a chunk of receipts', () => {
  it('is counted once in usage, sessions and tallies, however often it is delivered', async () => {
    const one = chunk(1, 500);
    expect((await storeChunk(dataSource, one.id, one.bytes, one.receipts)).outcome).toBe('stored');
    for (let repeat = 0; repeat < 3; repeat += 1) {
      expect((await storeChunk(dataSource, one.id, one.bytes, one.receipts)).outcome).toBe('repeated');
    }
    expect(await figures()).toEqual(all(500n));
  });

  it('is counted once when two workers store it at the same moment', async () => {
    const one = chunk(2, 300);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        storeChunk(index % 2 === 0 ? dataSource : other, one.id, one.bytes, one.receipts),
      ),
    );
    expect(outcomes.filter((result) => result.outcome === 'stored')).toHaveLength(1);
    expect(await figures()).toEqual(all(300n));
  });

  it('reaches the same invoice in any order, with any repetition, over two workers without a deadlock', async () => {
    const chunks = Array.from({ length: 40 }, (_, index) => chunk(10 + index, 200));
    const deliveries = [...chunks, ...chunks.toReversed(), ...chunks.filter((_, index) => index % 3 === 0)];
    await Promise.all(
      deliveries.map((one, index) => storeChunk(index % 2 === 0 ? dataSource : other, one.id, one.bytes, one.receipts)),
    );
    expect(await figures()).toEqual(all(8_000n));
  });

  it('leaves nothing behind when the connection dies in the middle of the transaction, and is stored by the next attempt', async () => {
    const one = chunk(3, 400);
    const blocker = dataSource.createQueryRunner();
    await blocker.connect();
    await blocker.startTransaction();
    // Holding one usage row stops the store after the chunk, the blob and the tallies were written, before it can commit.
    await storeChunk(dataSource, chunk(4, 400).id, chunk(4, 400).bytes, one.receipts);
    await blocker.query('SELECT 1 FROM metering.usage FOR UPDATE');
    const before = await figures();
    const outcome = storeChunk(other, one.id, one.bytes, one.receipts).catch((error: unknown) => error);
    const victim = await vi.waitFor(async () => {
      const [row] = await dataSource.query<Array<{ pid: number }>>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%metering.usage%'`,
      );
      if (row === undefined) throw new Error('the store has not reached the usage rows yet');
      return row.pid;
    });
    await dataSource.query('SELECT pg_terminate_backend($1)', [victim]);
    expect(String(await outcome)).toMatch(/terminat/);
    await blocker.rollbackTransaction();
    await blocker.release();
    expect(await figures()).toEqual(before);
    expect(await storedChunkIds(dataSource, [one.id])).toEqual(new Set());
    expect((await storeChunk(other, one.id, one.bytes, one.receipts)).outcome).toBe('stored');
    expect((await figures())['usage']).toBe(before['usage']! + 400n);
  });

  it('reopens a session that was closed, so that late receipts are seen', async () => {
    const early = chunk(5, 10);
    await storeChunk(dataSource, early.id, early.bytes, early.receipts);
    await dataSource.query('UPDATE metering.sessions SET closed_at = now()');
    const late = chunk(6, 10);
    await storeChunk(dataSource, late.id, late.bytes, late.receipts);
    const open = await dataSource.query<unknown[]>('SELECT 1 FROM metering.sessions WHERE closed_at IS NULL');
    expect(open).toHaveLength(2);
  });

  it('is confirmed to its gateway only once it is committed, and never when it was rejected', async () => {
    const stored = chunk(7, 5);
    const unreadable = chunk(8, 0);
    await storeChunk(dataSource, stored.id, stored.bytes, stored.receipts);
    await rejectChunk(dataSource, unreadable.id, unreadable.bytes, 'checksum');
    await rejectChunk(dataSource, unreadable.id, unreadable.bytes, 'checksum');
    expect(await storedChunkIds(dataSource, [stored.id, unreadable.id, publicKey(1)])).toEqual(new Set([stored.id]));
    expect((await chunkTotals(dataSource)).rejected).toBe(1n);
  });
});

describe('a usage query', () => {
  it('groups by any dimensions, filters, and adds up to the totals', async () => {
    const one = chunk(9, 210);
    await storeChunk(dataSource, one.id, one.bytes, [
      ...one.receipts,
      receipt(1, { day: '2026-11-21', purpose: 'retry', billable: false }),
      receipt(1, { day: '2026-11-21', purpose: 'retry', rpcError: true }),
    ]);
    const days = await queryUsage(dataSource, {}, ['day']);
    expect(days.map((row) => [row.day, row.billableRelays, row.sentRelays, row.retryRelays, row.rpcErrors])).toEqual([
      ['2026-11-20', 210n, 210n, 0n, 0n],
      ['2026-11-21', 1n, 2n, 2n, 1n],
    ]);
    const tenant = await queryUsage(dataSource, { tenantId: uuid(1), to: '2026-11-20' }, ['day', 'method']);
    expect(tenant).toHaveLength(1);
    expect(tenant[0]).toMatchObject({
      day: '2026-11-20',
      method: 'eth_blockNumber',
      bytesIn: 700n,
      durationUs: 7_000n,
    });
    const total = await usageTotals(dataSource);
    const byKey = await queryUsage(dataSource, {}, ['key', 'endpoint']);
    expect(byKey.reduce((sum, row) => sum + row.sentRelays, 0n)).toBe(total.sentRelays);
    const [first] = await queryUsage(dataSource, {}, ['day'], { limit: 1 });
    expect(first).toMatchObject({ id: 'usage/2026-11-20', recordedOn: null, corrects: null, final: false });
    expect(await queryUsage(dataSource, {}, ['day'], { limit: 1, after: first!.id })).toMatchObject([
      { day: '2026-11-21' },
    ]);
  });

  it('answers zeros where there is no usage', async () => {
    expect(await usageTotals(dataSource, { tenantId: uuid(99) })).toMatchObject({ billableRelays: 0n, sentRelays: 0n });
    expect(await queryUsage(dataSource, { tenantId: uuid(99) }, ['day'])).toEqual([]);
  });
});
