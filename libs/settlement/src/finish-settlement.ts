import type { SettlementContext } from './settlement-context.js';
import { type SettlementChange, type SettlementRow, updateSettlement } from './settlement-row.js';

/** The columns of a claim that is on its way, cleared. */
export const NO_PENDING_CLAIM = {
  pendingAttempt: null,
  pendingProofs: null,
  pendingRootHash: null,
  pendingRootUpper: null,
  pendingTx: null,
  pendingTxHash: null,
  pendingSubmittedHeight: null,
} as const satisfies SettlementChange;

/** Ends a settlement without payment. Each receipt is accounted for: excluded, late, or valid and yet unproven. */
export async function finishUnpaid(
  context: SettlementContext,
  row: SettlementRow,
  reason: string,
  examinedReceipts = row.examinedReceipts,
): Promise<SettlementRow> {
  const excluded = row.invalidReceipts + row.duplicateReceipts + row.overServiceReceipts;
  const finished = await updateSettlement(context.dataSource, row, {
    ...NO_PENDING_CLAIM,
    state: 'unpaid',
    reason,
    invalidReceipts: row.invalidReceipts,
    duplicateReceipts: row.duplicateReceipts,
    overServiceReceipts: row.overServiceReceipts,
    examinedReceipts,
    unprovenReceipts: examinedReceipts - excluded,
    lateReceipts: row.receipts - examinedReceipts,
  });
  context.onEvent({ kind: 'unpaid', settlement: keyOf(row), reason, receipts: row.receipts });
  return finished;
}

/** Ends a settlement whose proof is in block `proofHeight`: the claim's relays are paid. */
export async function finishSettled(
  context: SettlementContext,
  row: SettlementRow,
  paid: { readonly proofHeight: number; readonly mintedUpokt: bigint; readonly nodeUpokt: bigint },
): Promise<SettlementRow> {
  const lateReceipts = row.receipts - row.examinedReceipts;
  const finished = await updateSettlement(context.dataSource, row, {
    state: 'settled',
    reason: null,
    proofHeight: paid.proofHeight,
    mintedUpokt: paid.mintedUpokt,
    nodeUpokt: paid.nodeUpokt,
    lateReceipts,
    unprovenReceipts: 0n,
  });
  const proofs = row.claimProofs ?? 0n;
  context.onEvent({
    kind: 'settled',
    settlement: keyOf(row),
    proofs,
    mintedUpokt: paid.mintedUpokt,
    late: lateReceipts,
  });
  return finished;
}

/** The identity of a row, without its contents, for events. */
export function keyOf(row: SettlementRow): {
  applicationPublicKeyHex: string;
  chain: string;
  sessionHeight: number;
  nodePublicKeyHex: string;
} {
  const { applicationPublicKeyHex, chain, sessionHeight, nodePublicKeyHex } = row;
  return { applicationPublicKeyHex, chain, sessionHeight, nodePublicKeyHex };
}
