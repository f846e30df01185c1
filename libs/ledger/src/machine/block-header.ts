import { createHash } from 'node:crypto';
import type { BlockAnswer } from '#libs/protocol';
import type { ChainHead } from '../store/chain-store.js';
import type { NodeRecord } from './records.js';

/** Protocol version of the header, as Tendermint 0.33 states it. */
const BLOCK_VERSION = '10';

/** What a header is made of. */
export interface HeaderContent {
  readonly chainId: string;
  readonly head: ChainHead;
  readonly timeMs: number;
  readonly proposerAddressHex: string;
  /** Upper-case hex hashes of the transactions, in order. */
  readonly transactionHashes: readonly string[];
  /** Ascending by address. */
  readonly validators: ReadonlyArray<readonly [string, NodeRecord]>;
}

/** SHA-256 as upper-case hex, the notation of Tendermint's fields. */
export function sha256Upper(...parts: ReadonlyArray<string | Uint8Array>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').toUpperCase();
}

/**
 * The next block in the shape of `/v1/query/block`. Its hash covers transactions, the state and results before it, the previous block,
 * proposer and time, so nobody can know it before the block exists; sessions are recomputed from these fields alone (facts 4.3).
 */
export function nextBlockAnswer(content: HeaderContent): BlockAnswer {
  const { head, transactionHashes } = content;
  const isFirst = head.height === 0;
  const validatorsHash = sha256Upper(
    ...content.validators.map(([address, node]) => `${address}:${node.stakedUpokt}:${node.publicKeyHex};`),
  );
  const header = {
    version: { block: BLOCK_VERSION, app: '0' },
    chain_id: content.chainId,
    height: String(head.height + 1),
    time: new Date(content.timeMs).toISOString(),
    num_txs: String(transactionHashes.length),
    total_txs: String(head.transactionTotal + transactionHashes.length),
    last_block_id: { hash: head.hash, parts: { total: isFirst ? '0' : '1', hash: head.partsHash } },
    last_commit_hash: isFirst ? '' : sha256Upper('commit', head.hash),
    data_hash: transactionHashes.length === 0 ? '' : sha256Upper(...transactionHashes),
    validators_hash: validatorsHash,
    next_validators_hash: validatorsHash,
    consensus_hash: sha256Upper('consensus', content.chainId),
    app_hash: head.stateHash,
    last_results_hash: head.resultsHash,
    evidence_hash: '',
    proposer_address: content.proposerAddressHex.toUpperCase(),
  };
  const headerText = JSON.stringify(header);
  const blockId = {
    hash: sha256Upper('block', headerText),
    parts: { total: '1', hash: sha256Upper('parts', headerText) },
  };
  return { block: { header }, block_id: blockId };
}
