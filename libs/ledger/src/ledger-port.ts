import type { BlockAnswer, DispatchAnswer, SessionHeader } from '#libs/protocol';
import type {
  ApplicationFilter,
  Backing,
  BackingTarget,
  Basket,
  BlockSummary,
  ClaimRef,
  LedgerApplication,
  LedgerClaim,
  LedgerGenesis,
  LedgerNode,
  LedgerParameters,
  LedgerSession,
  LedgerSupply,
  LedgerTransaction,
  NodeFilter,
  Settlement,
  SubmittedTransaction,
} from './types.js';

/**
 * What the rest of the system needs of a Pocket ledger. `PocketRpcClient` implements it over pocket-core's RPC and
 * `EmbeddedLedger` in process, so pointing at a real node is a URL.
 *
 * Heights are safe integers; 0 or absent means the latest. Reads of a missing record give null; a ledger that cannot be
 * asked throws `LedgerUnreachableError`, one that refuses throws `LedgerRefusedError`.
 */
export interface LedgerPort {
  /** Height of the newest block; 0 before the first. */
  height(): Promise<number>;
  parameters(height?: number): Promise<Omit<LedgerParameters, 'extensions'>>;
  /** The current session of (application, chain). Refused with 17 when too few nodes serve the chain. */
  dispatch(appPublicKeyHex: string, chain: string): Promise<DispatchAnswer>;
  application(addressHex: string, height?: number): Promise<LedgerApplication | null>;
  applications(filter?: ApplicationFilter): Promise<LedgerApplication[]>;
  node(addressHex: string, height?: number): Promise<LedgerNode | null>;
  nodes(filter?: NodeFilter): Promise<LedgerNode[]>;
  balanceUpokt(addressHex: string, height?: number): Promise<bigint>;
  supply(height?: number): Promise<LedgerSupply>;
  /** The block in the shape of `/v1/query/block`, from which a session can be recomputed; null when there is none. */
  block(height: number): Promise<BlockAnswer | null>;
  /** Claims of a node that wait for their proof. */
  claims(nodeAddressHex: string, height?: number): Promise<LedgerClaim[]>;
  claim(ref: ClaimRef, height?: number): Promise<LedgerClaim | null>;
  /** A transaction that is in a block, by its hash in either case; null when it is in none. */
  transaction(hash: string): Promise<LedgerTransaction | null>;
  /** Hands the transaction in; the same bytes twice are one transaction. A refusal is an answer here, not an error. */
  submitTransaction(addressHex: string, bytes: Uint8Array): Promise<SubmittedTransaction>;
}

/** What only the ledger's own process can do or see, beyond `LedgerPort`. `EmbeddedLedger` implements it. */
export interface LocalLedger extends LedgerPort {
  readonly chainId: string;
  parameters(height?: number): Promise<LedgerParameters>;
  /** Writes the state before block 1. Again with the same genesis: nothing happens; with another: `GenesisMismatchError`. */
  initialize(genesis: LedgerGenesis): Promise<void>;
  /** Checks signature, fee and form, and puts the transaction into the mempool. */
  submit(bytes: Uint8Array): Promise<SubmittedTransaction>;
  /** Executes the mempool in one database transaction and commits the next block. Throws `ProducerElsewhereError` when another process produces. */
  produceBlock(): Promise<BlockSummary>;
  /** Calls `listener` soon after each block that this instance produced is committed; returns the way to stop. What it throws is uncaught. */
  onBlock(listener: (block: BlockSummary) => void): () => void;
  /**
   * The session of a header with the nodes' eligibility read at `eligibleAt` (default: latest). A session of the past
   * with a past `eligibleAt` never changes, so it comes from memory the second time.
   */
  session(header: SessionHeader, eligibleAt?: number): Promise<LedgerSession>;
  /** `/v1/query/param`: JSON text of a parameter by its `module/Name`; null when there is no such parameter. */
  parameterText(key: string, height?: number): Promise<string | null>;
  /** `/v1/query/allparams`: every `module/Name` with its JSON text. */
  parameterTexts(height?: number): Promise<ReadonlyMap<string, string>>;
  blockTransactions(height: number): Promise<LedgerTransaction[]>;
  /** Newest first. `received`: those that paid the address instead of those it signed. */
  accountTransactions(addressHex: string, o?: { received?: boolean; limit?: number }): Promise<LedgerTransaction[]>;
  /** Settled claims, newest first. */
  settlements(o?: { nodeAddressHex?: string; sessionHeight?: number; limit?: number }): Promise<Settlement[]>;
  basket(name: string, height?: number): Promise<Basket | null>;
  /** Stake added on behalf that stood at the height; by target, by backer, or all. */
  backings(o?: {
    target?: BackingTarget;
    backerAddressHex?: string;
    height?: number;
    ended?: boolean;
  }): Promise<Backing[]>;
  /** Releases the producer's lock and connection. The data source stays open: its owner closes it. */
  close(): Promise<void>;
}
