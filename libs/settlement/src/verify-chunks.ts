import { type SqlExecutor, inTransaction } from '#libs/persistence';
import { decodeChunk } from '#libs/receipts';
import type { DataSource } from 'typeorm';
import { type InvalidReceipt, verifyReceipts } from './verify-receipts.js';

/** What one call of {@link verifyNextChunk} did. */
export interface VerifiedChunk {
  readonly chunkId: string;
  readonly receipts: number;
  readonly invalid: readonly InvalidReceipt[];
}

/**
 * Verifies the oldest stored chunk that no other worker is verifying: reports its invalid receipts and marks it, in one transaction.
 * A crash leaves the chunk unmarked and nothing reported. Returns null when there is none.
 */
export function verifyNextChunk(dataSource: DataSource): Promise<VerifiedChunk | null> {
  return inTransaction(dataSource, async (manager) => {
    const [chunk] = await manager.query<Array<{ chunk_id: string; bytes: Buffer }>>(
      `SELECT c.chunk_id, b.bytes FROM metering.chunks c JOIN metering.chunk_blobs b USING (chunk_id)
       WHERE c.verified_at IS NULL ORDER BY c.stored_at LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
    );
    if (chunk === undefined) return null;
    const decoded = decodeChunk(chunk.bytes, chunk.chunk_id);
    const invalid = await verifyReceipts(decoded);
    await report(manager, chunk.chunk_id, invalid);
    await manager.query('UPDATE metering.chunks SET verified_at = now(), invalid_receipts = $2 WHERE chunk_id = $1', [
      chunk.chunk_id,
      invalid.length,
    ]);
    return { chunkId: chunk.chunk_id, receipts: decoded.receipts, invalid };
  });
}

async function report(sql: SqlExecutor, chunkId: string, invalid: readonly InvalidReceipt[]): Promise<void> {
  if (invalid.length === 0) return;
  const receipts = invalid.map((one) => one.receipt);
  await sql.query(
    `INSERT INTO metering.invalid_receipts
       (chunk_id, position, application_public_key, chain, session_height, node_public_key, tenant_id, request_id, reason)
     SELECT $1, r.* FROM unnest($2::integer[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::uuid[], $8::text[], $9::text[]) AS r`,
    [
      chunkId,
      invalid.map((one) => one.position),
      receipts.map((one) => one.session.applicationPublicKeyHex),
      receipts.map((one) => one.session.chain),
      receipts.map((one) => one.session.sessionHeight),
      receipts.map((one) => one.nodePublicKeyHex),
      receipts.map((one) => one.tenantId),
      receipts.map((one) => one.requestId),
      invalid.map((one) => one.reason),
    ],
  );
}
