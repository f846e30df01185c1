import type { SqlExecutor } from '#libs/persistence';

/** A node that signed answers wrongly. */
export interface SuspectNode {
  readonly nodePublicKeyHex: string;
  /** Relays with a wrong signature that were found so far; none of them was claimed. */
  readonly invalidReceipts: bigint;
  readonly firstFoundAt: Date;
  readonly lastFoundAt: Date;
  /** Until then all its receipts are verified, and gateways do better to ask others. */
  readonly suspectUntil: Date;
}

/** Nodes under suspicion now, the worst first, at most 10,000. */
export async function suspectNodes(sql: SqlExecutor): Promise<SuspectNode[]> {
  const rows = await sql.query<SuspectRecord[]>(
    `SELECT node_public_key, invalid_receipts, first_found_at AS first, last_found_at AS last, suspect_until AS until
       FROM metering.suspect_nodes WHERE suspect_until > now()
      ORDER BY invalid_receipts DESC, node_public_key LIMIT 10000`,
  );
  return rows.map(suspectOf);
}

/** Counts wrong signatures against their nodes and puts them under suspicion from now; rows in key order. */
export async function accuse(
  sql: SqlExecutor,
  invalidByNode: ReadonlyMap<string, number>,
  suspectMs: number,
): Promise<void> {
  if (invalidByNode.size === 0) return;
  const rows = [...invalidByNode].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await sql.query(
    `INSERT INTO metering.suspect_nodes AS s (node_public_key, invalid_receipts, suspect_until)
     SELECT n.*, now() + $3::float8 * interval '1 millisecond' FROM unnest($1::text[], $2::bigint[]) AS n
     ON CONFLICT (node_public_key) DO UPDATE SET invalid_receipts = s.invalid_receipts + excluded.invalid_receipts,
       last_found_at = now(), suspect_until = greatest(s.suspect_until, excluded.suspect_until)`,
    [rows.map(([node]) => node), rows.map(([, count]) => count), suspectMs],
  );
}

/**
 * Nodes of which something new was found since this was last called, in the caller's transaction: what it does with them commits with
 * the note that it was done, so that each finding is told once and none is lost.
 */
export async function takeNewSuspects(sql: SqlExecutor): Promise<SuspectNode[]> {
  const [rows] = await sql.query<[SuspectRecord[], number]>(
    `UPDATE metering.suspect_nodes SET announced_at = last_found_at
      WHERE suspect_until > now() AND announced_at IS DISTINCT FROM last_found_at
      RETURNING node_public_key, invalid_receipts, first_found_at AS first, last_found_at AS last, suspect_until AS until`,
  );
  return rows.map(suspectOf);
}

interface SuspectRecord {
  readonly node_public_key: string;
  readonly invalid_receipts: string;
  readonly first: Date;
  readonly last: Date;
  readonly until: Date;
}

function suspectOf(row: SuspectRecord): SuspectNode {
  return {
    nodePublicKeyHex: row.node_public_key,
    invalidReceipts: BigInt(row.invalid_receipts),
    firstFoundAt: row.first,
    lastFoundAt: row.last,
    suspectUntil: row.until,
  };
}
