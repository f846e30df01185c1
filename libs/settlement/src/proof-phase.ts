import {
  type MerkleProof,
  MerkleTree,
  addressOf,
  requiredLeafIndex,
  rewardFor,
  sessionHeaderHashHex,
} from '#libs/protocol';
import { countLeaves, holdsPending, ledgerClaim, promoteClaim } from './claim-phase.js';
import { type CollectedLeaves, collectLeaves, findReceipt } from './collect-leaves.js';
import { NO_PENDING_CLAIM, finishSettled, finishUnpaid, keyOf } from './finish-settlement.js';
import type { SessionKey } from './session.js';
import type { SettlementContext } from './settlement-context.js';
import { type SettlementRow, isFinal, updateSettlement } from './settlement-row.js';
import type { SessionTerms } from './settlement-terms.js';
import { headerOf, proofTransaction } from './settlement-transactions.js';
import { submit, track } from './submission.js';

/**
 * One step of a session whose claims are mature: nothing can be claimed any more, and the block that fixes the leaf exists.
 * Decides which claim counts, proves it, and records what the proof minted.
 */
export async function advanceProofs(
  context: SettlementContext,
  session: SessionKey,
  terms: SessionTerms,
  head: number,
  rows: readonly SettlementRow[],
): Promise<void> {
  const provable: SettlementRow[] = [];
  for (const row of rows) {
    if (isFinal(row)) continue;
    if (row.state === 'proving') {
      await confirmProof(context, row, terms, head);
      continue;
    }
    const settled = await decideClaim(context, row, terms, head);
    if (settled.state === 'claimed') provable.push(settled);
  }
  if (provable.length === 0) return;
  const blockHashHex = await leafBlockHash(context, terms);
  if (blockHashHex === null) return;
  const attempts = new Map(provable.map((row) => [row.nodePublicKeyHex, row.claimAttempt ?? 0]));
  const collected = await collectLeaves(context.dataSource, session, attempts);
  for (const row of provable) await prove(context, session, terms, head, blockHashHex, row, collected);
}

/** After the window the ledger's claim is the last word: the one on its way, the one known before, or none. */
async function decideClaim(
  context: SettlementContext,
  row: SettlementRow,
  terms: SessionTerms,
  head: number,
): Promise<SettlementRow> {
  const claim = await ledgerClaim(context, row);
  if (claim === null) {
    if (row.claimProofs === null) return finishUnpaid(context, row, terms.obstacle ?? row.reason ?? 'window_missed');
    const isExpired = head >= terms.expirationHeight(row.claimHeight ?? head);
    return finishUnpaid(context, row, isExpired ? 'claim_expired' : 'claim_missing');
  }
  if (holdsPending(row, claim)) return promoteClaim(context, row, head);
  const holdsKnown = row.claimRootHash?.equals(claim.merkleRoot.hash) === true && row.claimProofs === claim.totalProofs;
  if (!holdsKnown) return finishUnpaid(context, row, 'claimed_by_another_signer');
  if (row.reason === 'below_minimum') return finishUnpaid(context, row, row.reason);
  return row.pendingTx === null ? row : updateSettlement(context.dataSource, row, NO_PENDING_CLAIM);
}

/** Hash in the header of S + w·b that, with the session, fixes the leaf (section 6.5); null while the block is unknown. */
async function leafBlockHash(context: SettlementContext, terms: SessionTerms): Promise<string | null> {
  const block = await context.ledger.block(terms.claimLastHeight);
  return block === null ? null : block.block.header.last_block_id.hash.toLowerCase();
}

async function prove(
  context: SettlementContext,
  session: SessionKey,
  terms: SessionTerms,
  head: number,
  blockHashHex: string,
  row: SettlementRow,
  collected: CollectedLeaves,
): Promise<void> {
  const totalProofs = row.claimProofs ?? 0n;
  const { counts, leaves } = countLeaves(collected.nodes.get(row.nodePublicKeyHex), terms);
  const tree = leaves === null || leaves.count === 0 ? null : MerkleTree.build(leaves.hashes);
  if (tree === null || leaves === null || row.claimRootHash?.equals(tree.root.hash) !== true) {
    // A wrong proof can burn the node's stake as a replay, so nothing is submitted for a tree that is not the claimed one.
    await finishUnpaid(context, { ...row, ...counts }, 'stored_receipts_differ_from_claim');
    return;
  }
  const leafIndex = requiredLeafIndex(blockHashHex, sessionHeaderHashHex(headerOf(row)), totalProofs);
  const proof = tree.prove(leafIndex);
  const chunkId = collected.chunkIds[leaves.chunkOf[tree.inputIndexAt(leafIndex)] ?? -1] ?? '';
  await submitProof(context, session, head, row, { counts, proof, leafIndex, chunkId });
}

async function submitProof(
  context: SettlementContext,
  session: SessionKey,
  head: number,
  row: SettlementRow,
  made: {
    readonly counts: ReturnType<typeof countLeaves>['counts'];
    readonly proof: MerkleProof;
    readonly leafIndex: number;
    readonly chunkId: string;
  },
): Promise<void> {
  const receipt = await findReceipt(
    context.dataSource,
    session,
    made.chunkId,
    row.nodePublicKeyHex,
    made.proof.target.hash,
  );
  if (receipt === null) {
    await finishUnpaid(context, { ...row, ...made.counts }, 'stored_receipts_differ_from_claim');
    return;
  }
  const transaction = proofTransaction(context, await context.terms.parametersAt(head), receipt, made.proof);
  const proving = await updateSettlement(context.dataSource, row, {
    ...made.counts,
    state: 'proving',
    leafIndex: made.leafIndex,
    proofTx: transaction.bytes,
    proofTxHash: transaction.hashHex,
    proofSubmittedHeight: null,
  });
  context.onEvent({ kind: 'proof_submitted', settlement: keyOf(row), leafIndex: made.leafIndex });
  const result = await submit(context, proving, transaction.bytes);
  if (result.outcome === 'refused') await refuseProof(context, proving, result);
  else await updateSettlement(context.dataSource, proving, { proofSubmittedHeight: head });
}

async function confirmProof(
  context: SettlementContext,
  row: SettlementRow,
  terms: SessionTerms,
  head: number,
): Promise<void> {
  if (row.proofTx === null || row.proofTxHash === null) return;
  const result = await track(
    context,
    row,
    { hash: row.proofTxHash, bytes: row.proofTx, submittedHeight: row.proofSubmittedHeight },
    head,
  );
  if (result.outcome === 'included') {
    await finishSettled(context, row, { proofHeight: result.height, ...(await mintedBy(context, row, result.height)) });
  } else if (result.outcome === 'refused') {
    await refuseProof(context, row, result);
  } else if (head >= terms.expirationHeight(row.claimHeight ?? head) && (await ledgerClaim(context, row)) === null) {
    await finishUnpaid(context, row, 'claim_expired');
  } else if (result.handedIn) {
    await updateSettlement(context.dataSource, row, { proofSubmittedHeight: head });
  }
}

/** A verdict on the proof itself is final; anything else (fees, a full mempool) gets a new transaction at the next step. */
async function refuseProof(
  context: SettlementContext,
  row: SettlementRow,
  refused: { readonly code: number; readonly codespace: string; readonly isFinal: boolean },
): Promise<void> {
  context.onEvent({
    kind: 'proof_refused',
    settlement: keyOf(row),
    code: refused.code,
    codespace: refused.codespace,
  });
  const reason = `proof_refused_${refused.codespace}_${refused.code}`;
  if (refused.isFinal) await finishUnpaid(context, row, reason);
  else {
    await updateSettlement(context.dataSource, row, {
      state: 'claimed',
      reason,
      proofTx: null,
      proofTxHash: null,
      proofSubmittedHeight: null,
    });
  }
}

/** The reward by the ledger's own formula with the parameters and the node's stake at the block of the proof (section 7). */
async function mintedBy(
  context: SettlementContext,
  row: SettlementRow,
  height: number,
): Promise<{ mintedUpokt: bigint; nodeUpokt: bigint }> {
  const params = await context.terms.parametersAt(height);
  const node = await context.ledger.node(addressOf(row.nodePublicKeyHex), height);
  const reward = rewardFor({
    relays: row.claimProofs ?? 0n,
    chain: row.chain,
    stakeUpokt: node?.stakedUpokt ?? 0n,
    params,
  });
  return { mintedUpokt: reward.coinsUpokt, nodeUpokt: reward.nodeUpokt };
}
