import { type SqlExecutor, inTransaction, retrySerialization } from '#libs/persistence';
import { type RelayView, type StoredChunk, openStoredChunk } from '#libs/receipts';
import type { DataSource } from 'typeorm';
import { VerifiedTally, recordFindings } from './record-findings.js';
import { sampleOf } from './sample.js';
import type { VerificationPolicy } from './verification-policy.js';
import { type InvalidReceipt, verifyReceipts } from './verify-receipts.js';

/** What one call of {@link verifyNextChunk} did. */
export interface VerifiedChunk {
  readonly chunkId: string;
  readonly receipts: number;
  /** Receipts whose signature was checked now or by the gateway. */
  readonly verified: number;
  readonly invalid: readonly InvalidReceipt[];
}

/**
 * Verifies the oldest stored chunk that no other worker is verifying: a sample of its receipts, and every receipt of a node that is under
 * suspicion or of which the sample holds a wrong signature. Reports what is invalid and marks the chunk, in one transaction:
 * a crash leaves the chunk unmarked and nothing reported. Returns null when there is none.
 */
export function verifyNextChunk(dataSource: DataSource, policy: VerificationPolicy): Promise<VerifiedChunk | null> {
  return retrySerialization(() =>
    inTransaction(dataSource, async (manager) => {
      const [chunk] = await manager.query<Array<{ chunk_id: string; bytes: Buffer }>>(
        `SELECT c.chunk_id, b.bytes FROM metering.chunks c JOIN metering.chunk_blobs b USING (chunk_id)
         WHERE c.verified_at IS NULL ORDER BY c.stored_at LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
      );
      if (chunk === undefined) return null;
      const opened = openStoredChunk(chunk.bytes, chunk.chunk_id);
      const suspects = policy.share < 1 ? await suspectsNow(manager) : new Set<string>();
      const seed = policy.seed();
      const { invalid, verified, inFull } = await verifySample(opened, seed, suspects, policy);
      await recordFindings(manager, { chunkId: chunk.chunk_id, invalid, verified }, policy.suspectMs);
      await markNodesVerified(manager, chunk.chunk_id, inFull);
      await manager.query(
        `UPDATE metering.chunks SET verified_at = now(), invalid_receipts = $2, verify_share = $3, verify_seed = $4
          WHERE chunk_id = $1`,
        [chunk.chunk_id, invalid.length, policy.share, policy.share < 1 ? seed : null],
      );
      return { chunkId: chunk.chunk_id, receipts: opened.receipts, verified: verified.count, invalid };
    }),
  );
}

/** Says of nodes that every receipt of theirs in the chunk was verified. */
export async function markNodesVerified(sql: SqlExecutor, chunkId: string, nodes: Iterable<string>): Promise<void> {
  const keys = [...nodes].toSorted();
  if (keys.length === 0) return;
  await sql.query(
    `INSERT INTO metering.chunk_nodes_verified (chunk_id, node_public_key) SELECT $1, unnest($2::text[])
     ON CONFLICT DO NOTHING`,
    [chunkId, keys],
  );
}

async function suspectsNow(sql: SqlExecutor): Promise<Set<string>> {
  const rows = await sql.query<Array<{ node: string }>>(
    'SELECT node_public_key AS node FROM metering.suspect_nodes WHERE suspect_until > now()',
  );
  return new Set(rows.map(({ node }) => node));
}

async function verifySample(
  chunk: StoredChunk,
  seed: Buffer,
  suspects: ReadonlySet<string>,
  { share, pool }: VerificationPolicy,
): Promise<{
  readonly invalid: InvalidReceipt[];
  readonly verified: VerifiedTally;
  /** Nodes of which every receipt was verified though the share is below 1. */
  readonly inFull: Set<string>;
}> {
  const isSampled = sampleOf(seed, share, chunk.receipts);
  const verified = new VerifiedTally();
  const inFull = new Set<string>();
  const isFirst = ({ position, nodePublicKeyHex }: RelayView): boolean =>
    suspects.has(nodePublicKeyHex) || isSampled(position);
  const seen = (relay: RelayView): boolean => relay.verified || isFirst(relay);
  chunk.eachRelay((relay) => {
    if (suspects.size > 0 && suspects.has(relay.nodePublicKeyHex)) inFull.add(relay.nodePublicKeyHex);
    if (seen(relay)) verified.add(relay);
  });
  const invalid = await verifyReceipts(chunk, isFirst, pool);
  if (share >= 1 || invalid.length === 0) return { invalid, verified, inFull };
  const blemished = new Set(invalid.map(({ receipt }) => receipt.nodePublicKeyHex));
  const isNext = (relay: RelayView): boolean => blemished.has(relay.nodePublicKeyHex) && !isFirst(relay);
  chunk.eachRelay((relay) => {
    if (!relay.verified && isNext(relay)) verified.add(relay);
  });
  invalid.push(...(await verifyReceipts(chunk, isNext, pool)));
  for (const node of blemished) inFull.add(node);
  return { invalid, verified, inFull };
}
