import { type SqlExecutor, inTransaction, retrySerialization } from '#libs/persistence';
import { type RelayView, openStoredChunk } from '#libs/receipts';
import { type SessionKey, sessionCondition, sessionParameters } from '../session.js';
import type { DataSource } from 'typeorm';
import { VerifiedTally, recordFindings } from './record-findings.js';
import { sampleOf } from './sample.js';
import type { VerificationPolicy } from './verification-policy.js';
import { markNodesVerified } from './verify-chunks.js';
import { type InvalidReceipt, verifyReceipts } from './verify-receipts.js';

/**
 * Verifies in full, over all chunks of a session, each node of which one wrong signature is known in that session. Idempotent; what
 * is verified already is not read again. Found receipts are reported and are in no tree from the next attempt on.
 *
 * @returns what was found now.
 */
export async function verifySuspects(
  dataSource: DataSource,
  session: SessionKey,
  policy: VerificationPolicy,
): Promise<InvalidReceipt[]> {
  const found: InvalidReceipt[] = [];
  for (const { chunk_id: chunkId, nodes } of await chunksToVerify(dataSource, session)) {
    const more = await retrySerialization(() =>
      inTransaction(dataSource, (manager) => verifyNodes(manager, chunkId, new Set(nodes), policy)),
    );
    found.push(...more);
  }
  return found;
}

/** Chunks that were verified in part, with the suspects of which they hold receipts that nobody looked at. */
function chunksToVerify(sql: SqlExecutor, session: SessionKey): Promise<Array<{ chunk_id: string; nodes: string[] }>> {
  return sql.query(
    `WITH suspects AS (
       SELECT DISTINCT i.node_public_key FROM metering.invalid_receipts i WHERE ${sessionCondition('i')}
     )
     SELECT sc.chunk_id, array_agg(n.node_public_key) AS nodes
       FROM suspects n CROSS JOIN metering.session_chunks sc JOIN metering.chunks c USING (chunk_id)
      WHERE ${sessionCondition('sc')} AND c.verified_at IS NOT NULL AND c.verify_share < 1 AND NOT EXISTS (
        SELECT FROM metering.chunk_nodes_verified v
         WHERE v.chunk_id = sc.chunk_id AND v.node_public_key = n.node_public_key)
      GROUP BY sc.chunk_id ORDER BY sc.chunk_id`,
    sessionParameters(session),
  );
}

async function verifyNodes(
  sql: SqlExecutor,
  chunkId: string,
  nodes: ReadonlySet<string>,
  policy: VerificationPolicy,
): Promise<InvalidReceipt[]> {
  // The row's lock keeps a second worker from reporting the same receipts.
  const [chunk] = await sql.query<Array<{ bytes: Buffer; share: number; seed: Buffer }>>(
    `SELECT b.bytes, c.verify_share AS share, c.verify_seed AS seed
       FROM metering.chunks c JOIN metering.chunk_blobs b USING (chunk_id) WHERE chunk_id = $1 FOR UPDATE OF c`,
    [chunkId],
  );
  if (chunk === undefined) return [];
  const done = await sql.query<Array<{ node: string }>>(
    'SELECT node_public_key AS node FROM metering.chunk_nodes_verified WHERE chunk_id = $1',
    [chunkId],
  );
  const left = new Set(nodes);
  for (const { node } of done) left.delete(node);
  const opened = openStoredChunk(chunk.bytes, chunkId);
  const isSampled = sampleOf(chunk.seed, chunk.share, opened.receipts);
  const isUnseen = (relay: RelayView): boolean => left.has(relay.nodePublicKeyHex) && !isSampled(relay.position);
  const tally = new VerifiedTally();
  opened.eachRelay((relay) => {
    if (!relay.verified && isUnseen(relay)) tally.add(relay);
  });
  const invalid = await verifyReceipts(opened, isUnseen, policy.pool);
  await recordFindings(sql, { chunkId, invalid, verified: tally }, policy.suspectMs);
  await markNodesVerified(sql, chunkId, left);
  await sql.query('UPDATE metering.chunks SET invalid_receipts = invalid_receipts + $2 WHERE chunk_id = $1', [
    chunkId,
    invalid.length,
  ]);
  return invalid;
}
