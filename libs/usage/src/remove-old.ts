import { inTransaction } from '#libs/persistence';
import type { DataSource } from 'typeorm';

/** How long stored chunk bytes are kept after their sessions closed, where nothing else is set: a week. */
export const CHUNK_RETENTION_MS_DEFAULT = 7 * 86_400_000;

/** How long events are kept where nothing else is set: 400 days, so that a year can be billed anew. */
export const EVENT_RETENTION_MS_DEFAULT = 400 * 86_400_000;

/** Chunks in one transaction, at most half a megabyte each. */
const CHUNKS_AT_ONCE = 200;

/** Events in one transaction. */
const EVENTS_AT_ONCE = 20_000;

/** What was removed. */
export interface Removed {
  readonly rows: number;
  readonly receipts: bigint;
  readonly bytes: bigint;
}

/**
 * Removes the stored bytes of chunks whose every session has been closed for `retentionMs` (its claims are proven or can be proven no more)
 * and whose every day is closed. Identity, digest and counts of a chunk stay, so a repeat stays a no-op; usage is not touched.
 * Each transaction leaves a row in `metering.removals`. Safe beside other workers, and after a crash.
 *
 * @param isDone asked between transactions; the rest follows at the next call.
 */
export async function removeChunkBytes(
  dataSource: DataSource,
  retentionMs: number,
  isDone: () => boolean = () => false,
): Promise<Removed> {
  let total: Removed = { rows: 0, receipts: 0n, bytes: 0n };
  while (!isDone()) {
    const removed = await inTransaction(dataSource, async (manager) => {
      const chunks = await manager.query<Array<{ chunk_id: string; receipts: number; bytes_count: number }>>(
        `SELECT c.chunk_id, c.receipts, c.bytes_count FROM metering.chunks c
          WHERE c.bytes_removed_at IS NULL AND c.verified_at IS NOT NULL
            AND c.stored_at < now() - $1::float8 * interval '1 millisecond'
            AND NOT EXISTS (
              SELECT FROM metering.session_chunks sc JOIN metering.sessions s USING (application_public_key, chain, session_height)
               WHERE sc.chunk_id = c.chunk_id
                 AND (s.closed_at IS NULL OR s.closed_at >= now() - $1::float8 * interval '1 millisecond'))
            AND NOT EXISTS (
              SELECT FROM metering.session_chunks sc JOIN metering.session_days d USING (application_public_key, chain, session_height)
               WHERE sc.chunk_id = c.chunk_id AND NOT EXISTS (SELECT FROM metering.closed_days x WHERE x.day >= d.day))
          ORDER BY c.stored_at LIMIT $2 FOR UPDATE OF c SKIP LOCKED`,
        [retentionMs, CHUNKS_AT_ONCE],
      );
      if (chunks.length === 0) return null;
      const ids = chunks.map((chunk) => chunk.chunk_id);
      await manager.query('DELETE FROM metering.chunk_blobs WHERE chunk_id = ANY($1::text[])', [ids]);
      await manager.query('UPDATE metering.chunks SET bytes_removed_at = now() WHERE chunk_id = ANY($1::text[])', [
        ids,
      ]);
      const receipts = chunks.reduce((sum, chunk) => sum + BigInt(chunk.receipts), 0n);
      const bytes = chunks.reduce((sum, chunk) => sum + BigInt(chunk.bytes_count), 0n);
      await manager.query(
        `INSERT INTO metering.removals (kind, rows_count, receipts, bytes_count) VALUES ('chunk_bytes', $1, $2, $3)`,
        [chunks.length, String(receipts), String(bytes)],
      );
      return { rows: chunks.length, receipts, bytes };
    });
    if (removed === null) break;
    total = {
      rows: total.rows + removed.rows,
      receipts: total.receipts + removed.receipts,
      bytes: total.bytes + removed.bytes,
    };
  }
  return total;
}

/**
 * Removes events from the feed's beginning that are older than `retentionMs`, up to the first that is not, and no `recorded` event of a day that is
 * still open. A reader who has not read that far is told so (`EventsGoneError`) instead of missing them.
 *
 * @returns how many.
 */
export async function removeEvents(dataSource: DataSource, retentionMs: number): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await inTransaction(dataSource, async (manager) => {
      // Whoever numbers events has this row's lock too, so the head is what it says until the end.
      const [head] = await manager.query<[{ oldest: string; sequence: string }]>(
        'SELECT oldest_sequence AS oldest, sequence FROM metering.event_head FOR UPDATE',
      );
      const [row] = await manager.query<[{ through: string }]>(
        `SELECT least($1::bigint + $2::bigint - 1, $3::bigint, coalesce(min(sequence) - 1, $3::bigint))::text AS through
           FROM metering.events
          WHERE sequence < $1::bigint + $2::bigint AND (
            occurred_at >= now() - $4::float8 * interval '1 millisecond'
            OR (type LIKE '%.recorded.%' AND NOT EXISTS (
                 SELECT FROM metering.closed_days d WHERE d.day >= (data ->> 'day')::date)))`,
        [head.oldest, EVENTS_AT_ONCE, head.sequence, retentionMs],
      );
      if (BigInt(row.through) < BigInt(head.oldest)) return 0;
      await manager.query('UPDATE metering.event_head SET oldest_sequence = $1::bigint + 1', [row.through]);
      const [, removed] = await manager.query<[unknown[], number]>('DELETE FROM metering.events WHERE sequence <= $1', [
        row.through,
      ]);
      if (removed > 0) {
        await manager.query(
          `INSERT INTO metering.removals (kind, rows_count, through_sequence) VALUES ('events', $1, $2)`,
          [removed, row.through],
        );
      }
      return removed;
    });
    total += count;
    if (count < EVENTS_AT_ONCE) return total;
  }
}
