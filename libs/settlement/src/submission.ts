import type { LedgerTransaction } from '#libs/ledger';
import { PocketErrorCode, addressOf } from '#libs/protocol';
import type { SettlementContext } from './settlement-context.js';
import type { SettlementRow } from './settlement-row.js';

/** Blocks after which a transaction that is in no block is handed in again, with the same bytes. */
const RESUBMIT_AFTER_BLOCKS = 2;

/** What became of a transaction: `waiting` for a block (handed in just now, or before), `included` with success, or `refused`. */
export type SubmissionResult =
  | { readonly outcome: 'waiting'; readonly handedIn: boolean }
  | { readonly outcome: 'included'; readonly height: number }
  | { readonly outcome: 'refused'; readonly code: number; readonly codespace: string; readonly isFinal: boolean };

/** Hands in bytes that were written down before. The same bytes twice are one transaction, so a repeat after a crash is harmless. */
export async function submit(
  context: SettlementContext,
  row: SettlementRow,
  bytes: Uint8Array,
): Promise<SubmissionResult> {
  const submitted = await context.ledger.submitTransaction(addressOf(row.nodePublicKeyHex), bytes);
  if (submitted.code === 0) return { outcome: 'waiting', handedIn: true };
  // A transaction that is in a block already is refused by the mempool; its own result is what counts.
  const included = await context.ledger.transaction(submitted.txHash);
  return included === null ? refusal(submitted.code, submitted.codespace) : resultOf(included);
}

/** Looks for a transaction that was handed in at `submittedHeight`, and hands it in again when it seems lost. */
export async function track(
  context: SettlementContext,
  row: SettlementRow,
  transaction: { readonly hash: string; readonly bytes: Uint8Array; readonly submittedHeight: number | null },
  head: number,
): Promise<SubmissionResult> {
  const included = await context.ledger.transaction(transaction.hash);
  if (included !== null) return resultOf(included);
  if (transaction.submittedHeight !== null && head < transaction.submittedHeight + RESUBMIT_AFTER_BLOCKS) {
    return { outcome: 'waiting', handedIn: false };
  }
  return submit(context, row, transaction.bytes);
}

function resultOf(transaction: LedgerTransaction): SubmissionResult {
  return transaction.code === 0
    ? { outcome: 'included', height: transaction.height }
    : refusal(transaction.code, transaction.codespace);
}

/** The module's own verdicts do not change by asking again, except "too early"; fees, mempool and signature limits do. */
function refusal(code: number, codespace: string): SubmissionResult {
  const isFinal = codespace === 'pocketcore' && code !== PocketErrorCode.invalidBlockHeight;
  return { outcome: 'refused', code, codespace, isFinal };
}
