import type { LedgerClaim } from '#libs/ledger';
import type { SqlExecutor } from '#libs/persistence';
import { MerkleTree, addressOf } from '#libs/protocol';
import { openAttempt } from './claim-attempt.js';
import { type NodeLeaves, collectLeaves } from './collect-leaves.js';
import { NO_PENDING_CLAIM, finishUnpaid, keyOf } from './finish-settlement.js';
import { claimTransaction } from './settlement-transactions.js';
import type { SettlementContext } from './settlement-context.js';
import { type SettlementRow, isFinal, updateSettlement } from './settlement-row.js';
import type { SessionTerms } from './settlement-terms.js';
import { type SessionKey, sessionCondition, sessionParameters } from './session.js';
import { type SubmissionResult, submit, track } from './submission.js';

/**
 * One step of a session whose claims are still accepted: confirms claims that were handed in, and claims anew whatever has
 * receipts that no claim covers once the session's chunks are quiet or the window is about to close.
 * A larger claim overwrites the smaller one in the ledger (section 6.3), so claiming early loses nothing.
 *
 * @returns whether there may be more to do before the next block.
 */
export async function advanceClaims(
  context: SettlementContext,
  session: SessionKey,
  terms: SessionTerms,
  head: number,
  rows: readonly SettlementRow[],
): Promise<boolean> {
  const current: SettlementRow[] = [];
  for (const row of rows) {
    if (isFinal(row)) continue;
    if (terms.obstacle !== null) await finishUnpaid(context, row, terms.obstacle, row.receipts);
    else current.push(await confirmClaim(context, row, head));
  }
  if (current.length === 0) return false;
  const { attempt, isWaiting } = await openAttempt(context, session, terms, head);
  const stale = current.filter((row) => row.builtAttempt < attempt);
  if (stale.length > 0) await buildClaims(context, session, terms, head, attempt, stale);
  return isWaiting;
}

/**
 * What the ledger says about a claim that was handed in. Reads the ledger's claim first: it is the truth, whoever submitted it and
 * whatever this worker remembers. Its root is compared by hash, because stock nodes round the range's 64-bit numbers in JSON.
 */
export async function confirmClaim(
  context: SettlementContext,
  row: SettlementRow,
  head: number,
): Promise<SettlementRow> {
  if (row.pendingTx === null || row.pendingTxHash === null) return row;
  if (holdsPending(row, await ledgerClaim(context, row))) return promoteClaim(context, row, head);
  const result = await track(
    context,
    row,
    { hash: row.pendingTxHash, bytes: row.pendingTx, submittedHeight: row.pendingSubmittedHeight },
    head,
  );
  if (result.outcome === 'refused') return refuseClaim(context, row, result);
  // Included, yet the ledger holds another claim: the next look decides, or the end of the window does.
  if (result.outcome === 'included' || !result.handedIn) return row;
  return updateSettlement(context.dataSource, row, { pendingSubmittedHeight: head });
}

/** The claim that the ledger holds for the row's node and session; null when there is none. */
export function ledgerClaim(context: SettlementContext, row: SettlementRow): Promise<LedgerClaim | null> {
  return context.ledger.claim({
    addressHex: addressOf(row.nodePublicKeyHex),
    appPublicKeyHex: row.applicationPublicKeyHex,
    chain: row.chain,
    sessionHeight: row.sessionHeight,
  });
}

/** Whether the ledger holds the claim that the row has on its way. */
export function holdsPending(row: SettlementRow, claim: LedgerClaim | null): boolean {
  return (
    claim !== null &&
    row.pendingRootHash !== null &&
    claim.totalProofs === row.pendingProofs &&
    row.pendingRootHash.equals(claim.merkleRoot.hash)
  );
}

/** Records that the ledger holds the pending claim. */
export async function promoteClaim(
  context: SettlementContext,
  row: SettlementRow,
  head: number,
): Promise<SettlementRow> {
  const included = row.pendingTxHash === null ? null : await context.ledger.transaction(row.pendingTxHash);
  const promoted = await updateSettlement(context.dataSource, row, {
    ...NO_PENDING_CLAIM,
    state: 'claimed',
    reason: null,
    claimAttempt: row.pendingAttempt,
    claimProofs: row.pendingProofs,
    claimRootHash: row.pendingRootHash,
    claimRootUpper: row.pendingRootUpper,
    claimTxHash: row.pendingTxHash,
    claimHeight: included?.height ?? head,
  });
  context.onEvent({ kind: 'claimed', settlement: keyOf(row), proofs: row.pendingProofs ?? 0n });
  return promoted;
}

/** Forgets a refused claim; an older claim that the ledger holds still stands. A refusal that may pass is followed by a new tree. */
async function refuseClaim(
  context: SettlementContext,
  row: SettlementRow,
  refused: Extract<SubmissionResult, { outcome: 'refused' }>,
): Promise<SettlementRow> {
  context.onEvent({
    kind: 'claim_refused',
    settlement: keyOf(row),
    code: refused.code,
    codespace: refused.codespace,
  });
  return updateSettlement(context.dataSource, row, {
    ...NO_PENDING_CLAIM,
    state: row.claimProofs === null ? 'open' : 'claimed',
    reason: `claim_refused_${refused.codespace}_${refused.code}`,
    builtAttempt: refused.isFinal ? row.builtAttempt : 0,
  });
}

async function buildClaims(
  context: SettlementContext,
  session: SessionKey,
  terms: SessionTerms,
  head: number,
  attempt: number,
  rows: readonly SettlementRow[],
): Promise<void> {
  const attempts = new Map(rows.map((row) => [row.nodePublicKeyHex, attempt]));
  const { nodes } = await collectLeaves(context.dataSource, session, attempts);
  const { share, byNode } = await verifiedOf(context.dataSource, session);
  for (const row of rows) {
    const verified = { verifyShare: share, verifiedReceipts: byNode.get(row.nodePublicKeyHex) ?? 0n };
    const pending = await writeClaim(context, terms, head, attempt, row, nodes.get(row.nodePublicKeyHex), verified);
    if (pending?.pendingTx == null) continue;
    context.onEvent({
      kind: 'claim_submitted',
      settlement: keyOf(row),
      proofs: pending.pendingProofs ?? 0n,
      again: row.claimProofs !== null || row.pendingProofs !== null,
    });
    const result = await submit(context, pending, pending.pendingTx);
    if (result.outcome === 'refused') await refuseClaim(context, pending, result);
    else await updateSettlement(context.dataSource, pending, { pendingSubmittedHeight: head });
  }
}

/** Builds a node's tree and writes its claim down before anything is submitted; null when there is nothing new to claim. */
async function writeClaim(
  context: SettlementContext,
  terms: SessionTerms,
  head: number,
  attempt: number,
  row: SettlementRow,
  found: NodeLeaves | undefined,
  verified: Pick<SettlementRow, 'verifyShare' | 'verifiedReceipts'>,
): Promise<SettlementRow | null> {
  const { counts: counted, leaves } = countLeaves(found, terms);
  const counts = { ...counted, ...verified };
  if (leaves === null || leaves.count < terms.proofsMin) {
    // A claim that holds relays which turned out to be invalid, and cannot be made anew, is left to expire.
    const isStanding = row.claimProofs !== null && row.claimProofs <= BigInt(leaves?.count ?? 0);
    const reason = isStanding ? row.reason : 'below_minimum';
    await updateSettlement(context.dataSource, row, { ...counts, builtAttempt: attempt, reason });
    return null;
  }
  const { root } = MerkleTree.build(leaves.hashes);
  const isKnown = (hash: Buffer | null): boolean => hash !== null && hash.equals(root.hash);
  if (isKnown(row.pendingRootHash) || (row.pendingTx === null && isKnown(row.claimRootHash))) {
    // The tree did not change, so neither did the claim; the attempt counts as covered.
    const covered = isKnown(row.pendingRootHash) ? { pendingAttempt: attempt } : { claimAttempt: attempt };
    await updateSettlement(context.dataSource, row, { ...counts, ...covered, builtAttempt: attempt });
    return null;
  }
  const totalProofs = BigInt(leaves.count);
  const transaction = claimTransaction(context, await context.terms.parametersAt(head), row, root, totalProofs);
  return updateSettlement(context.dataSource, row, {
    ...counts,
    state: row.claimProofs === null ? 'claiming' : 'claimed',
    reason: null,
    builtAttempt: attempt,
    pendingAttempt: attempt,
    pendingProofs: totalProofs,
    pendingRootHash: root.hash,
    pendingRootUpper: root.upper,
    pendingTx: transaction.bytes,
    pendingTxHash: transaction.hashHex,
    pendingSubmittedHeight: null,
  });
}

/** How much of a session's receipts was verified: the smallest share of a covered chunk, and receipts by node. */
async function verifiedOf(
  sql: SqlExecutor,
  session: SessionKey,
): Promise<{ readonly share: number | null; readonly byNode: ReadonlyMap<string, bigint> }> {
  const [row] = await sql.query<[{ share: number | null }]>(
    `SELECT min(c.verify_share) AS share FROM metering.session_chunks sc JOIN metering.chunks c USING (chunk_id)
      WHERE ${sessionCondition('sc')} AND sc.claim_attempt IS NOT NULL`,
    sessionParameters(session),
  );
  const tallies = await sql.query<Array<{ node: string; verified: string }>>(
    `SELECT t.node_public_key AS node, t.verified_receipts AS verified FROM metering.session_tallies t
      WHERE ${sessionCondition('t')}`,
    sessionParameters(session),
  );
  return { share: row.share, byNode: new Map(tallies.map(({ node, verified }) => [node, BigInt(verified)])) };
}

/** The counters of a row after one pass, and the leaves to claim. */
export function countLeaves(
  found: NodeLeaves | undefined,
  terms: SessionTerms,
): {
  counts: Pick<SettlementRow, 'examinedReceipts' | 'invalidReceipts' | 'duplicateReceipts' | 'overServiceReceipts'>;
  leaves: ReturnType<NodeLeaves['leaves']['finish']> | null;
} {
  const leaves = found?.leaves.finish(terms.allowance) ?? null;
  return {
    counts: {
      examinedReceipts: BigInt(found?.examined ?? 0),
      invalidReceipts: BigInt(found?.invalid ?? 0),
      duplicateReceipts: BigInt(leaves?.duplicates ?? 0),
      overServiceReceipts: BigInt(leaves?.overService ?? 0),
    },
    leaves,
  };
}
