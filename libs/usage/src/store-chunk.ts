import { type SqlExecutor, inTransaction, retrySerialization } from '#libs/persistence';
import type { DataSource } from 'typeorm';
import { upsertSessionCosts } from './cost-rows.js';
import { holdDaysOpen } from './close-days.js';
import type { MeteredReceipt } from './metered-receipt.js';
import {
  type ChunkSummary,
  type HourIncrement,
  type SessionDayIncrement,
  type SessionIncrement,
  type TallyIncrement,
  daysOf,
  summariseChunk,
} from './summarise-chunk.js';
import { type NewUsageEvent, USAGE_EVENT_TYPE, type UsageEventData, appendEvents } from './usage-events.js';
import { insertCorrections, upsertDays, upsertHours } from './usage-rows.js';

/** What {@link storeChunk} did: `repeated` means the chunk was there already and nothing changed. */
export interface StoredChunk {
  readonly outcome: 'stored' | 'repeated';
  readonly receipts: number;
  readonly billable: number;
}

/**
 * Stores a chunk's bytes, its usage increments, its session tallies and its events in one transaction keyed by the chunk's identity.
 * Receipts of a day that is closed become corrections; the day's usage stays as it is.
 *
 * A repeat is a no-op, also while another worker is storing the same chunk: the insert of the identity waits for that
 * transaction and then either finds the row (nothing to do) or takes its place (the other one rolled back).
 * When the promise resolves the chunk is committed; when it rejects nothing of it is visible.
 *
 * @param chunkId SHA-256 of the chunk's content, 64 hex digits; the caller has checked it (`decodeChunk`).
 * @param bytes the encoded chunk, kept for settlement.
 * @param receipts the decoded receipts of exactly these bytes.
 */
export async function storeChunk(
  dataSource: DataSource,
  chunkId: string,
  bytes: Uint8Array,
  receipts: Iterable<MeteredReceipt>,
): Promise<StoredChunk> {
  const summary = summariseChunk(receipts);
  const outcome = await retrySerialization(() =>
    inTransaction(dataSource, async (manager) => {
      if (!(await insertChunk(manager, chunkId, bytes, summary))) return 'repeated' as const;
      // Rows that chunks share are locked last and in key order, so they are held for as short a time as possible.
      await upsertSessions(manager, summary.sessions);
      await upsertTallies(manager, summary.tallies);
      await insertSessionChunks(manager, chunkId, summary.sessions);
      await upsertSessionDays(manager, summary.sessionDays);
      await upsertSessionCosts(manager, summary.costs);
      await addUsage(manager, chunkId, summary.usage);
      return 'stored' as const;
    }),
  );
  return { outcome, receipts: summary.receipts, billable: summary.billable };
}

/** Keeps a chunk that cannot be decoded, with the reason, so that its bytes are not lost; a repeat is a no-op. */
export async function rejectChunk(sql: SqlExecutor, chunkId: string, bytes: Uint8Array, reason: string): Promise<void> {
  await sql.query(
    `INSERT INTO metering.rejected_chunks (chunk_id, bytes, reason) VALUES ($1, $2, $3) ON CONFLICT (chunk_id) DO NOTHING`,
    [chunkId, Buffer.from(bytes), reason],
  );
}

/**
 * Of `chunkIds`, those whose receipts are committed: a gateway may delete their journal files.
 * A chunk that was rejected is not among them; its file stays where it is until a person has looked.
 */
export async function storedChunkIds(sql: SqlExecutor, chunkIds: readonly string[]): Promise<Set<string>> {
  if (chunkIds.length === 0) return new Set();
  const rows = await sql.query<Array<{ chunk_id: string }>>(
    'SELECT chunk_id FROM metering.chunks WHERE chunk_id = ANY($1::text[])',
    [[...chunkIds]],
  );
  return new Set(rows.map((row) => row.chunk_id));
}

async function insertChunk(
  sql: SqlExecutor,
  chunkId: string,
  bytes: Uint8Array,
  summary: ChunkSummary,
): Promise<boolean> {
  const inserted = await sql.query<unknown[]>(
    `INSERT INTO metering.chunks (chunk_id, receipts, billable, bytes_count, first_answered_at, last_answered_at)
     VALUES ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000))
     ON CONFLICT (chunk_id) DO NOTHING RETURNING chunk_id`,
    [
      chunkId,
      summary.receipts,
      summary.billable,
      bytes.byteLength,
      summary.firstAnsweredAtMs,
      summary.lastAnsweredAtMs,
    ],
  );
  if (inserted.length === 0) return false;
  await sql.query('INSERT INTO metering.chunk_blobs (chunk_id, bytes) VALUES ($1, $2)', [
    chunkId,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ]);
  return true;
}

async function upsertSessions(sql: SqlExecutor, rows: readonly SessionIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  // A late chunk reopens its session, so that the settlement records what came too late.
  await sql.query(
    `INSERT INTO metering.sessions AS s (application_public_key, chain, session_height, application_id, receipts)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[], $5::bigint[])
     ON CONFLICT (application_public_key, chain, session_height)
     DO UPDATE SET receipts = s.receipts + excluded.receipts, last_chunk_at = now(), closed_at = NULL`,
    [
      rows.map((row) => row.applicationPublicKeyHex),
      rows.map((row) => row.chain),
      rows.map((row) => row.sessionHeight),
      rows.map((row) => row.applicationId),
      rows.map((row) => row.receipts),
    ],
  );
}

async function upsertTallies(sql: SqlExecutor, rows: readonly TallyIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO metering.session_tallies AS t
       (application_public_key, chain, session_height, node_public_key, receipts, billable)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[])
     ON CONFLICT (application_public_key, chain, session_height, node_public_key)
     DO UPDATE SET receipts = t.receipts + excluded.receipts, billable = t.billable + excluded.billable`,
    [
      rows.map((row) => row.applicationPublicKeyHex),
      rows.map((row) => row.chain),
      rows.map((row) => row.sessionHeight),
      rows.map((row) => row.nodePublicKeyHex),
      rows.map((row) => row.receipts),
      rows.map((row) => row.billable),
    ],
  );
}

async function insertSessionChunks(
  sql: SqlExecutor,
  chunkId: string,
  rows: readonly SessionIncrement[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO metering.session_chunks (application_public_key, chain, session_height, receipts, chunk_id)
     SELECT r.*, $5 FROM unnest($1::text[], $2::text[], $3::bigint[], $4::integer[]) AS r`,
    [
      rows.map((row) => row.applicationPublicKeyHex),
      rows.map((row) => row.chain),
      rows.map((row) => row.sessionHeight),
      rows.map((row) => row.receipts),
      chunkId,
    ],
  );
}

async function upsertSessionDays(sql: SqlExecutor, rows: readonly SessionDayIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO metering.session_days AS d (application_public_key, chain, session_height, day, receipts, billable)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::date[], $5::bigint[], $6::bigint[])
     ON CONFLICT (application_public_key, chain, session_height, day)
     DO UPDATE SET receipts = d.receipts + excluded.receipts, billable = d.billable + excluded.billable`,
    [
      rows.map((row) => row.applicationPublicKeyHex),
      rows.map((row) => row.chain),
      rows.map((row) => row.sessionHeight),
      rows.map((row) => row.day),
      rows.map((row) => row.receipts),
      rows.map((row) => row.billable),
    ],
  );
}

/** Usage of open days, corrections of closed ones, and an event for each row of either. */
async function addUsage(sql: SqlExecutor, chunkId: string, hours: readonly HourIncrement[]): Promise<void> {
  const closed = await holdDaysOpen(sql);
  const isLate = (row: HourIncrement): boolean => closed !== null && row.day <= closed;
  const late = hours.filter(isLate);
  const inTime = late.length === 0 ? hours : hours.filter((row) => !isLate(row));
  const recordedOn = late.length === 0 ? '' : await insertCorrections(sql, chunkId, late);
  await appendEvents(
    sql,
    // A chunk is stored once and its rows have one order: the number names the row for ever.
    hours.map((row, index) => eventOf(`${chunkId}.${index}`, row, isLate(row) ? recordedOn : null)),
  );
  await upsertHours(sql, inTime);
  await upsertDays(sql, daysOf(inTime));
}

function eventOf(id: string, row: HourIncrement, recordedOn: string | null): NewUsageEvent {
  const data: UsageEventData = {
    day: row.day,
    hour: row.hour,
    tenantId: row.tenantId,
    endpointId: row.endpointId,
    applicationId: row.applicationId,
    chain: row.chain,
    method: row.method,
    keyId: row.keyId,
    billableRelays: String(row.billableRelays),
    clientRelays: String(row.sent.client),
    retryRelays: String(row.sent.retry),
    hedgeRelays: String(row.sent.hedge),
    quorumRelays: String(row.sent.quorum),
    probeRelays: String(row.sent.probe),
    rpcErrors: String(row.rpcErrors),
    bytesIn: String(row.bytesIn),
    bytesOut: String(row.bytesOut),
    durationUs: String(row.durationUs),
    ...(recordedOn === null ? {} : { corrects: row.day, recordedOn }),
  };
  const type = recordedOn === null ? USAGE_EVENT_TYPE.recorded : USAGE_EVENT_TYPE.corrected;
  return { id, type, tenantId: row.tenantId, data };
}
