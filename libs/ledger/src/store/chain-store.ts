import type { BlockAnswer } from '#libs/protocol';
import type { StateChanges, StoredRecord } from '../machine/chain-state.js';
import type { RecordKind } from '../machine/records.js';
import type { Settlement } from '../types.js';

/** The newest block, as far as the next one needs it. Height 0 is the state before block 1. */
export interface ChainHead {
  readonly height: number;
  /** Upper-case hex; empty before block 1. */
  readonly hash: string;
  /** `block_id.parts.hash` of the newest block; empty before block 1. */
  readonly partsHash: string;
  readonly timeMs: number;
  readonly proposerAddressHex: string;
  readonly transactionTotal: number;
  readonly stateHash: string;
  readonly resultsHash: string;
}

/** The head with what tells one chain from another. */
export interface ChainIdentity extends ChainHead {
  readonly chainId: string;
  readonly genesisDigest: string;
}

/** What must be known before block 1, written once. */
export interface GenesisRow {
  readonly chainId: string;
  readonly digest: string;
  readonly timeMs: number;
  readonly stateHash: string;
  readonly supplyUpokt: bigint;
  readonly changes: StateChanges;
}

/** A transaction with its result, as it goes into a block. */
export interface DeliveredTransaction {
  /** Upper-case hex. */
  readonly hash: string;
  readonly messageType: string;
  readonly signerAddressHex: string;
  readonly recipientAddressHex: string | null;
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly bytes: Buffer;
}

/** A block with everything it changes. It is written whole or not at all. */
export interface BlockRow {
  readonly height: number;
  readonly hash: string;
  readonly timeMs: number;
  readonly proposerAddressHex: string;
  readonly answer: BlockAnswer;
  readonly transactionTotal: number;
  readonly stateHash: string;
  readonly resultsHash: string;
  readonly mintedUpokt: bigint;
  readonly burnedUpokt: bigint;
  readonly supplyUpokt: bigint;
  readonly transactions: readonly DeliveredTransaction[];
  readonly settlements: readonly Settlement[];
  readonly headerHashes: ReadonlyMap<Settlement, string>;
  readonly changes: StateChanges;
}

/** What the state machine reads of the past. Everything at or below the head never changes. */
export interface ChainHistory {
  recordAt(kind: RecordKind, key: string, height: number): Promise<unknown>;
  recordsAt(kind: RecordKind, height: number): Promise<Array<{ readonly key: string; readonly json: unknown }>>;
  blockAt(height: number): Promise<BlockAnswer | null>;
  /** Which of these transactions are in a block already. Hashes in upper-case hex. */
  included(hashes: readonly string[]): Promise<ReadonlySet<string>>;
}

/** All the state machine needs to start: the head and what is current there. */
export interface LoadedChain {
  readonly head: ChainIdentity;
  readonly records: readonly StoredRecord[];
  readonly balances: ReadonlyArray<readonly [string, bigint]>;
}
