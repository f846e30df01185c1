import type { SqlExecutor } from '#libs/persistence';
import type { RelayView, SessionRef } from '#libs/receipts';
import { accuse } from './suspect-nodes.js';
import type { InvalidReceipt } from './verify-receipts.js';

/** What a verification looked at and found in one chunk. */
export interface Findings {
  readonly chunkId: string;
  readonly invalid: readonly InvalidReceipt[];
  /** Receipts whose signature was checked, by session and node. */
  readonly verified: VerifiedTally;
}

/** Counts relays by session and node. */
export class VerifiedTally {
  count = 0;
  private readonly bySession = new Map<SessionRef, Map<string, number>>();

  add({ session, nodePublicKeyHex }: Pick<RelayView, 'session' | 'nodePublicKeyHex'>): void {
    let nodes = this.bySession.get(session);
    if (nodes === undefined) this.bySession.set(session, (nodes = new Map()));
    nodes.set(nodePublicKeyHex, (nodes.get(nodePublicKeyHex) ?? 0) + 1);
    this.count += 1;
  }

  /** In key order, so that two workers never wait for each other in a circle; a session may occur with two AATs, and is one here. */
  inOrder(): Array<{ session: SessionRef; node: string; count: number }> {
    const rows = new Map<string, { session: SessionRef; node: string; count: number }>();
    for (const [session, nodes] of this.bySession) {
      for (const [node, count] of nodes) {
        const key = `${session.applicationPublicKeyHex}/${session.chain}/${session.sessionHeight}/${node}`;
        rows.set(key, { session, node, count: count + (rows.get(key)?.count ?? 0) });
      }
    }
    return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

/** Records findings in the caller's transaction: invalid receipts, what counts against their nodes, and how much was looked at. */
export async function recordFindings(sql: SqlExecutor, findings: Findings, suspectMs: number): Promise<void> {
  await reportInvalid(sql, findings.chunkId, findings.invalid);
  await addVerified(sql, findings.verified);
  await accuse(sql, countByNode(findings.invalid), suspectMs);
}

/** How many of the receipts are each node's. */
export function countByNode(invalid: readonly InvalidReceipt[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { receipt } of invalid) {
    counts.set(receipt.nodePublicKeyHex, (counts.get(receipt.nodePublicKeyHex) ?? 0) + 1);
  }
  return counts;
}

async function reportInvalid(sql: SqlExecutor, chunkId: string, invalid: readonly InvalidReceipt[]): Promise<void> {
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

async function addVerified(sql: SqlExecutor, tally: VerifiedTally): Promise<void> {
  const rows = tally.inOrder();
  if (rows.length === 0) return;
  await sql.query(
    `UPDATE metering.session_tallies t SET verified_receipts = t.verified_receipts + v.verified
     FROM (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[])
             AS v (application_public_key, chain, session_height, node_public_key, verified)) AS v
     WHERE (t.application_public_key, t.chain, t.session_height, t.node_public_key)
         = (v.application_public_key, v.chain, v.session_height, v.node_public_key)`,
    [
      rows.map((row) => row.session.applicationPublicKeyHex),
      rows.map((row) => row.session.chain),
      rows.map((row) => row.session.sessionHeight),
      rows.map((row) => row.node),
      rows.map((row) => row.count),
    ],
  );
}
