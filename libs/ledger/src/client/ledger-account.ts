import { randomBytes } from 'node:crypto';
import {
  BASE_FEE_UPOKT,
  type Claim,
  type KeyPair,
  type NodeStakeMessage,
  type ProofMessage,
  type TransactionMessage,
  signTransaction,
} from '#libs/protocol';
import { LedgerRefusedError } from '../errors.js';
import type { LedgerTransaction } from '../types.js';
import { instructionMemo } from '../machine/instructions.js';
import type { PocketRpcClient, WaitOptions } from './pocket-rpc-client.js';

/** What an account needs. */
export interface LedgerAccountOptions {
  readonly client: Pick<PocketRpcClient, 'submitAndWait'>;
  /** Signs, and pays the fees. */
  readonly key: KeyPair;
  /** Name of the chain in sign bytes: `localnet`, `mainnet`, `testnet`. */
  readonly chainId: string;
  /** Paid for each transaction; 10,000 uPOKT by default. */
  readonly feeUpokt?: bigint;
  /** How long to wait for inclusion; 60 s by default. */
  readonly wait?: WaitOptions;
  /** Makes equal transactions different; random by default. */
  readonly entropy?: () => bigint;
}

/** A transaction signed and ready to be handed in, any number of times: the same bytes are one transaction. */
export interface PreparedTransaction {
  readonly bytes: Buffer;
  /** Upper-case hex. */
  readonly hashHex: string;
}

/**
 * A key that acts on the ledger. Every method signs one transaction, hands it in and resolves when it is in a block and succeeded;
 * `LedgerRefusedError` when it is refused, in the mempool or in its block; `TransactionPendingError` when the waiting time ends first.
 *
 * To survive a crash between signing and the answer, use `prepare`, store the bytes, and `submit` them as often as needed.
 */
export class LedgerAccount {
  readonly #options: LedgerAccountOptions;

  constructor(options: LedgerAccountOptions) {
    this.#options = options;
  }

  get addressHex(): string {
    return this.#options.key.addressHex;
  }

  /** Signs a message of any type. */
  prepare(message: TransactionMessage, memo = ''): PreparedTransaction {
    const { key, chainId, feeUpokt, entropy } = this.#options;
    return signTransaction({
      message,
      chainId,
      feeUpokt: feeUpokt ?? BASE_FEE_UPOKT,
      memo,
      entropy: entropy?.() ?? randomBytes(8).readBigUInt64BE() >> 1n,
      signer: key,
    });
  }

  /** Hands a prepared transaction in and waits for its block. */
  async submit({ bytes }: Pick<PreparedTransaction, 'bytes'>): Promise<LedgerTransaction> {
    const { client, key, wait } = this.#options;
    const transaction = await client.submitAndWait(key.addressHex, bytes, wait ?? { timeoutMs: 60_000 });
    if (transaction.code === 0) return transaction;
    throw new LedgerRefusedError(transaction.code, transaction.codespace, transaction.log);
  }

  /** `prepare` and `submit`. */
  execute(message: TransactionMessage, memo = ''): Promise<LedgerTransaction> {
    return this.submit(this.prepare(message, memo));
  }

  send(toAddressHex: string, amountUpokt: bigint, memo = ''): Promise<LedgerTransaction> {
    return this.execute(
      { type: 'pos/Send', value: { fromAddressHex: this.addressHex, toAddressHex, amountUpokt } },
      memo,
    );
  }

  /** Stakes this key as an application, or raises its stake to `amountUpokt` and sets its chains. */
  stakeApplication(chains: readonly string[], amountUpokt: bigint): Promise<LedgerTransaction> {
    const value = { publicKeyHex: this.#options.key.publicKeyHex, chains, valueUpokt: amountUpokt };
    return this.execute({ type: 'apps/MsgAppStake', value });
  }

  /** Starts the waiting time after which this application's stake returns. */
  beginUnstakeApplication(): Promise<LedgerTransaction> {
    return this.execute({ type: 'apps/MsgAppBeginUnstake', value: { applicationAddressHex: this.addressHex } });
  }

  /** Moves this application's stake and chains to another key. */
  transferApplication(toPublicKeyHex: string): Promise<LedgerTransaction> {
    return this.execute({
      type: 'apps/MsgAppStake',
      value: { publicKeyHex: toPublicKeyHex, chains: [], valueUpokt: 0n },
    });
  }

  /** Stakes a node or states its record anew. The signer is the node or its output address. */
  stakeNode(value: NodeStakeMessage): Promise<LedgerTransaction> {
    return this.execute({ type: 'pos/MsgStake', value });
  }

  beginUnstakeNode(nodeAddressHex = this.addressHex): Promise<LedgerTransaction> {
    const value = { validatorAddressHex: nodeAddressHex, signerAddressHex: this.addressHex };
    return this.execute({ type: 'pos/MsgBeginUnstake', value });
  }

  unjailNode(nodeAddressHex = this.addressHex): Promise<LedgerTransaction> {
    return this.execute({
      type: 'pos/MsgUnjail',
      value: { addressHex: nodeAddressHex, signerAddressHex: this.addressHex },
    });
  }

  /** Claims for the node that the claim names; this key is the node's, or its settler's. */
  submitClaim(claim: Claim): Promise<LedgerTransaction> {
    return this.execute({ type: 'pocketcore/claim', value: claim });
  }

  /** Proves a claim; this key is the node's, or its settler's. */
  submitProof(proof: ProofMessage): Promise<LedgerTransaction> {
    return this.execute({ type: 'pocketcore/proof', value: proof });
  }

  /** Adds stake to an application. Needs a ledger that knows instructions; a stock network only takes the fee. */
  backApplication(addressHex: string, amountUpokt: bigint): Promise<LedgerTransaction> {
    return this.#instruct(amountUpokt, instructionMemo.backApplication(addressHex));
  }

  takeBackFromApplication(addressHex: string, amountUpokt: bigint): Promise<LedgerTransaction> {
    return this.#instruct(amountUpokt, instructionMemo.takeBackFromApplication(addressHex));
  }

  backBasket(name: string, amountUpokt: bigint): Promise<LedgerTransaction> {
    return this.#instruct(amountUpokt, instructionMemo.backBasket(name));
  }

  takeBackFromBasket(name: string, amountUpokt: bigint): Promise<LedgerTransaction> {
    return this.#instruct(amountUpokt, instructionMemo.takeBackFromBasket(name));
  }

  addToBasket(name: string, applicationAddressHex: string): Promise<LedgerTransaction> {
    return this.#instruct(1n, instructionMemo.addToBasket(name, applicationAddressHex));
  }

  removeFromBasket(name: string, applicationAddressHex: string): Promise<LedgerTransaction> {
    return this.#instruct(1n, instructionMemo.removeFromBasket(name, applicationAddressHex));
  }

  /** Instructions travel as a transfer to oneself, which moves nothing anywhere else. */
  #instruct(amountUpokt: bigint, memo: string): Promise<LedgerTransaction> {
    return this.send(this.addressHex, amountUpokt, memo);
  }
}
