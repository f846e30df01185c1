import { type BlockAnswer, transactionHashHex } from '#libs/protocol';
import type { BlockRow, ChainHead, DeliveredTransaction } from '../store/chain-store.js';
import type { Settlement } from '../types.js';
import { releaseApplications } from './applications.js';
import { BlockContext } from './block-context.js';
import { nextBlockAnswer, sha256Upper } from './block-header.js';
import { accounts } from './books.js';
import type { ChainState, StateChanges } from './chain-state.js';
import { expireClaims } from './claims.js';
import { deliver } from './deliver.js';
import { distributeFees } from './fees.js';
import type { History } from './history.js';
import { forceOutLongJailed, releaseNodes } from './nodes.js';

/** What the next block is made from. */
export interface BlockInput {
  readonly state: ChainState;
  readonly history: History;
  readonly head: ChainHead;
  readonly chainId: string;
  readonly timeMs: number;
  /** Each hash once, none of them in an earlier block. */
  readonly transactions: readonly Buffer[];
}

/**
 * The state transition of one block: fees of the last one, expired claims and long jailed nodes; the transactions in order; nodes and
 * applications whose time has come. Depends on its input alone, so a replay gives the same block, hashes included.
 */
export async function executeBlock(input: BlockInput): Promise<BlockRow> {
  const { state, history, head, chainId, timeMs } = input;
  const height = head.height + 1;
  const validators = state.nodes.where(({ status, jailed }) => status === 2 && !jailed);
  const proposerAddressHex = validators[height % Math.max(1, validators.length)]?.[0] ?? '';
  const context = new BlockContext(state, history, height, timeMs, chainId);

  distributeFees(context, head.proposerAddressHex);
  expireClaims(context);
  forceOutLongJailed(context);
  const transactions: DeliveredTransaction[] = [];
  for (const [index, bytes] of input.transactions.entries()) {
    state.books.transactionIndex = index;
    transactions.push(await deliver(context, bytes));
  }
  state.books.transactionIndex = null;
  releaseNodes(context);
  releaseApplications(context);

  const answer = nextBlockAnswer({
    chainId,
    head,
    timeMs,
    proposerAddressHex,
    transactionHashes: input.transactions.map((bytes) => transactionHashHex(bytes)),
    validators,
  });
  const supplyUpokt = state.books.supplyUpokt;
  const changes = state.takeChanges();
  return {
    height,
    hash: answer.block_id.hash,
    timeMs,
    proposerAddressHex,
    answer,
    transactionTotal: head.transactionTotal + transactions.length,
    stateHash: stateHashOf(head.stateHash, changes),
    resultsHash: resultsHashOf(transactions),
    ...mintedAndBurned(changes),
    supplyUpokt,
    transactions,
    settlements: context.settlements.map(({ settlement }) => settlement),
    headerHashes: new Map(
      context.settlements.map(({ settlement, headerHashHex }): [Settlement, string] => [settlement, headerHashHex]),
    ),
    changes,
  };
}

/** The head that a block becomes. */
export function headOf(block: BlockRow): ChainHead {
  return {
    height: block.height,
    hash: block.hash,
    partsHash: partsHashOf(block.answer),
    timeMs: block.timeMs,
    proposerAddressHex: block.proposerAddressHex,
    transactionTotal: block.transactionTotal,
    stateHash: block.stateHash,
    resultsHash: block.resultsHash,
  };
}

function partsHashOf(answer: BlockAnswer): string {
  return (answer.block_id as { parts?: { hash: string } }).parts?.hash ?? '';
}

/** Commits to the state before and to everything that changed. */
export function stateHashOf(before: string, changes: StateChanges): string {
  const records = changes.records.map(({ kind, key, json }) => `${kind}\n${key}\n${json ?? '-'}\n`);
  const entries = changes.entries.map(
    ({ reason, transactionIndex, postings }) =>
      `${reason}\n${transactionIndex ?? '-'}\n${postings.map(({ account, amountUpokt }) => `${account} ${amountUpokt}`).join('\n')}\n`,
  );
  return sha256Upper(before, ...records, ...entries);
}

function resultsHashOf(transactions: readonly DeliveredTransaction[]): string {
  if (transactions.length === 0) return '';
  return sha256Upper(...transactions.map(({ hash, code, codespace }) => `${hash}:${codespace}:${code};`));
}

/** Issuance is the other side of every mint and burn. */
function mintedAndBurned(changes: StateChanges): { mintedUpokt: bigint; burnedUpokt: bigint } {
  let mintedUpokt = 0n;
  let burnedUpokt = 0n;
  for (const { postings } of changes.entries) {
    for (const { account, amountUpokt } of postings) {
      if (account !== accounts.issuance) continue;
      if (amountUpokt < 0n) mintedUpokt -= amountUpokt;
      else burnedUpokt += amountUpokt;
    }
  }
  return { mintedUpokt, burnedUpokt };
}
