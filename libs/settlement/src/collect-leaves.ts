import type { SqlExecutor } from '#libs/persistence';
import { type Receipt, type RelayView, type StoredChunk, openStoredChunk } from '#libs/receipts';
import { LeafHasher } from './leaf-hasher.js';
import { LeafSet } from './leaf-set.js';
import { type SessionKey, sessionCondition, sessionParameters } from './session.js';

/** What one pass over a session's chunks found for one node. */
export interface NodeLeaves {
  readonly leaves: LeafSet;
  /** Receipts of the node in the chunks covered, invalid ones included. */
  readonly examined: number;
  /** Of these: left out because the node's signature was known to be wrong when the attempt was opened. */
  readonly invalid: number;
}

/** The result of {@link collectLeaves}. */
export interface CollectedLeaves {
  /** Of every node asked for that has receipts in the chunks covered. */
  readonly nodes: ReadonlyMap<string, NodeLeaves>;
  /** Chunk ids by the numbers that the leaves carry. */
  readonly chunkIds: readonly string[];
}

/**
 * Reads the chunks of a session one at a time and collects, for each node in `attempts`, the leaves of all valid receipts in
 * chunks that attempt covered: those of the attempt and of all before it. Order: attempt, chunk id, position; so the same
 * attempt gives the same leaves for ever, whatever was stored later.
 * Memory: 36 bytes a leaf and one chunk.
 */
export async function collectLeaves(
  sql: SqlExecutor,
  session: SessionKey,
  attempts: ReadonlyMap<string, number>,
): Promise<CollectedLeaves> {
  const chunks = await chunksOf(sql, session, Math.max(0, ...attempts.values()));
  const invalidPositions = await invalidPositionsOf(sql, session);
  const nodes = new Map<string, { leaves: LeafSet; examined: number; invalid: number }>();
  const hasher = new LeafHasher();
  for (const [number, chunk] of chunks.entries()) {
    const skip = invalidPositions.get(chunk.chunkId);
    const visit = (relay: RelayView): void => {
      const attempt = attempts.get(relay.nodePublicKeyHex) ?? 0;
      if (attempt < chunk.attempt) return;
      let node = nodes.get(relay.nodePublicKeyHex);
      if (node === undefined) {
        node = { leaves: new LeafSet(), examined: 0, invalid: 0 };
        nodes.set(relay.nodePublicKeyHex, node);
      }
      node.examined += 1;
      const leftOutFrom = skip?.get(relay.position);
      if (leftOutFrom !== undefined && leftOutFrom <= attempt) node.invalid += 1;
      else node.leaves.add(hasher.hash(relay), number);
    };
    eachOfSession(await storedChunk(sql, chunk.chunkId), session, visit);
  }
  return { nodes, chunkIds: chunks.map((chunk) => chunk.chunkId) };
}

/** Finds the receipt of a node by its leaf hash in one chunk; null when the chunk does not hold it. */
export async function findReceipt(
  sql: SqlExecutor,
  session: SessionKey,
  chunkId: string,
  nodePublicKeyHex: string,
  leafHash: Uint8Array,
): Promise<Receipt | null> {
  const hasher = new LeafHasher();
  const chunk = await storedChunk(sql, chunkId);
  let record: number | undefined;
  eachOfSession(chunk, session, (relay) => {
    if (record === undefined && relay.nodePublicKeyHex === nodePublicKeyHex && hasher.hash(relay).equals(leafHash)) {
      record = relay.record;
    }
  });
  return record === undefined ? null : chunk.receiptAt(record);
}

/** The stored bytes of a chunk that a claim rests on are gone; the session cannot be proven any more. */
export class ChunkMissingError extends Error {
  override readonly name = 'ChunkMissingError';
}

async function storedChunk(sql: SqlExecutor, chunkId: string): Promise<StoredChunk> {
  const [row] = await sql.query<Array<{ bytes: Buffer }>>(
    'SELECT bytes FROM metering.chunk_blobs WHERE chunk_id = $1',
    [chunkId],
  );
  if (row === undefined) throw new ChunkMissingError(`chunk ${chunkId} has no stored bytes`);
  return openStoredChunk(row.bytes, chunkId);
}

/** Visits the relays of one session; a chunk holds those of a few. */
function eachOfSession(chunk: StoredChunk, wanted: SessionKey, visit: (relay: RelayView) => void): void {
  let last: RelayView['session'] | undefined;
  let isWanted = false;
  chunk.eachRelay((relay) => {
    const { session } = relay;
    if (session !== last) {
      last = session;
      isWanted =
        session.sessionHeight === wanted.sessionHeight &&
        session.chain === wanted.chain &&
        session.applicationPublicKeyHex === wanted.applicationPublicKeyHex;
    }
    if (isWanted) visit(relay);
  });
}

async function chunksOf(
  sql: SqlExecutor,
  session: SessionKey,
  attemptMax: number,
): Promise<Array<{ chunkId: string; attempt: number }>> {
  return sql.query<Array<{ chunkId: string; attempt: number }>>(
    `SELECT sc.chunk_id AS "chunkId", sc.claim_attempt AS attempt FROM metering.session_chunks sc
     WHERE ${sessionCondition('sc')} AND sc.claim_attempt <= $4 ORDER BY sc.claim_attempt, sc.chunk_id`,
    [...sessionParameters(session), attemptMax],
  );
}

/** By chunk and position, the attempt from which on an invalid receipt is left out. */
async function invalidPositionsOf(sql: SqlExecutor, session: SessionKey): Promise<Map<string, Map<number, number>>> {
  const rows = await sql.query<Array<{ chunk_id: string; position: number; claim_attempt: number }>>(
    `SELECT i.chunk_id, i.position, i.claim_attempt FROM metering.invalid_receipts i
     WHERE ${sessionCondition('i')} AND i.claim_attempt IS NOT NULL`,
    sessionParameters(session),
  );
  const positions = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const known = positions.get(row.chunk_id);
    if (known === undefined) positions.set(row.chunk_id, new Map([[row.position, row.claim_attempt]]));
    else known.set(row.position, row.claim_attempt);
  }
  return positions;
}
