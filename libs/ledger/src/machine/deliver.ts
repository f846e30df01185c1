import {
  DecodeError,
  type MerkleProof,
  ProtocolError,
  type SignedTransaction,
  type TransactionMessage,
  addressOf,
  checkChallengeBasics,
  checkClaim,
  checkProofMessage,
  checkTransactionSignature,
  decodeTransaction,
  isValidRange,
  requiredSigner,
  transactionHashHex,
} from '#libs/protocol';
import type { DeliveredTransaction } from '../store/chain-store.js';
import type { LedgerParameters } from '../types.js';
import {
  beginUnstakeApplication,
  checkApplicationStake,
  isTransfer,
  stakeApplication,
  transferApplication,
} from './applications.js';
import type { BlockContext } from './block-context.js';
import { BooksError, accounts } from './books.js';
import { proveChallenges } from './challenges.js';
import { acceptClaim } from './claims.js';
import { PocketErrorCode, PunishedError, pocketError, refuse } from './errors.js';
import { feeOf } from './fees.js';
import { changeParameter, moveDao, upgrade } from './governance.js';
import { executeInstruction, isInstruction } from './instructions.js';
import { beginUnstakeNode, checkNodeStake, nodeStakeOf, stakeNode, unjailNode } from './nodes.js';
import { proveRelays } from './proofs.js';
import type { NodeRecord } from './records.js';

/** Longest log that is kept. */
const LOG_CHARACTERS_MAX = 1_000;

/** What a transaction's admission depends on. */
interface AdmissionState {
  readonly chainId: string;
  readonly parameters: LedgerParameters;
  balanceUpokt(addressHex: string): bigint;
  node(addressHex: string): NodeRecord | undefined;
}

/** The same for a transaction that is handed in, read from the newest committed state. */
export interface SubmissionState {
  readonly chainId: string;
  readonly parameters: LedgerParameters;
  isIncluded(): Promise<boolean>;
  balanceUpokt(addressHex: string): Promise<bigint>;
  node(addressHex: string): Promise<NodeRecord | undefined>;
}

/** Why the mempool refuses a transaction; null when it takes it. Whether it succeeds is only known in its block. */
export async function checkSubmitted(bytes: Buffer, state: SubmissionState): Promise<ProtocolError | null> {
  try {
    const transaction = decode(bytes);
    if (await state.isIncluded()) throw refuse.duplicateTransaction(transaction.hashHex);
    const balance = await state.balanceUpokt(addressOf(transaction.publicKeyHex));
    const named = namedNode(transaction.message);
    const node = named === undefined ? undefined : await state.node(named);
    admit(transaction, {
      chainId: state.chainId,
      parameters: state.parameters,
      balanceUpokt: () => balance,
      node: () => node,
    });
    return null;
  } catch (error) {
    return asRefusal(error);
  }
}

/**
 * Executes one transaction of a block. A refused one changes nothing but the fee it pays; one that is not admitted pays nothing. The
 * burn of a punished replay stays.
 */
export async function deliver(context: BlockContext, bytes: Buffer): Promise<DeliveredTransaction> {
  const { state } = context;
  let checkpoint = state.checkpoint();
  let transaction: SignedTransaction | undefined;
  try {
    transaction = decode(bytes);
    const signer = admit(transaction, {
      chainId: context.chainId,
      parameters: context.parameters,
      balanceUpokt: (address) => state.books.balance(accounts.of(address)),
      node: (address) => state.nodes.get(address),
    });
    state.books.move('transaction fee', accounts.of(signer), accounts.fees, transaction.feeUpokt);
    checkpoint = state.checkpoint();
    await execute(context, transaction, signer);
    return delivered(bytes, transaction, null);
  } catch (error) {
    const refusal = asRefusal(error);
    if (!(error instanceof PunishedError)) {
      state.rollback(checkpoint);
      context.parametersChanged();
    }
    return delivered(bytes, transaction, refusal);
  }
}

function decode(bytes: Buffer): SignedTransaction {
  try {
    return decodeTransaction(bytes);
  } catch (error) {
    if (error instanceof DecodeError) throw refuse.undecodable(error.message);
    throw error;
  }
}

/** The checks before execution, in pocket-core's order: form, memo, fee, signature, who may sign, funds. Returns the paying signer. */
function admit(transaction: SignedTransaction, state: AdmissionState): string {
  const { message, memo, feeUpokt } = transaction;
  const { parameters } = state;
  const signer = addressOf(transaction.publicKeyHex);
  checkForm(message, signer);
  const characters = Buffer.byteLength(memo, 'utf8');
  if (characters > parameters.maxMemoCharacters) throw refuse.memoTooLarge(parameters.maxMemoCharacters, characters);
  const requiredUpokt = feeOf(parameters, message.type);
  if (feeUpokt < requiredUpokt) throw refuse.insufficientFee(requiredUpokt, feeUpokt);
  if (
    !maySign(message, signer, transaction.publicKeyHex, state) ||
    !checkTransactionSignature(transaction, state.chainId)
  ) {
    throw refuse.unauthorized('signature verification failed for the transaction');
  }
  const balance = state.balanceUpokt(signer);
  if (balance < feeUpokt) throw refuse.insufficientCoins(`${balance}upokt is less than the fee of ${feeUpokt}upokt`);
  return signer;
}

/** Stateless checks of the message. */
function checkForm(message: TransactionMessage, signer: string): void {
  switch (message.type) {
    case 'pos/Send':
      if (message.value.fromAddressHex === '' || message.value.toAddressHex === '')
        throw refuse.invalidAddress('empty');
      if (message.value.amountUpokt <= 0n) throw refuse.pos.badSend();
      break;
    case 'apps/MsgAppStake':
      checkApplicationStake(message.value, signer);
      break;
    case 'pos/MsgStake':
      checkNodeStake(nodeStakeOf(message.value));
      break;
    case 'pocketcore/claim':
      checkClaim(message.value);
      break;
    case 'pocketcore/proof': {
      const { leaf, merkleProof, evidenceType } = message.value;
      if (leaf.type === 'pocketcore/relay_proof')
        return checkProofMessage({ merkleProof, leaf: leaf.value, evidenceType });
      checkMerkleForm(merkleProof);
      checkChallengeBasics(leaf.value);
      // A leaf of one kind under a claim of the other would be settled by the wrong rules.
      if (evidenceType !== 2) throw pocketError(PocketErrorCode.invalidEvidenceType);
      break;
    }
    default:
  }
}

function checkMerkleForm(merkleProof: MerkleProof): void {
  if (merkleProof.siblings.length < 3) throw pocketError(PocketErrorCode.tooFewMerkleSiblings);
  if (!isValidRange(merkleProof.target)) throw pocketError(PocketErrorCode.invalidMerkleRange);
}

/** Whether this key may sign this message. Which of operator and output may change what is the handlers' question. */
function maySign(message: TransactionMessage, signer: string, publicKeyHex: string, state: AdmissionState): boolean {
  if (requiredSigner(message) === signer) return true;
  switch (message.type) {
    case 'apps/MsgAppStake':
      return isTransfer(message.value);
    case 'pos/MsgStake': {
      const current = state.node(addressOf(message.value.publicKeyHex));
      return signer === (current ? current.outputAddressHex : message.value.outputAddressHex);
    }
    case 'pocketcore/claim':
    case 'pocketcore/proof': {
      const settler = state.node(namedNode(message) ?? '')?.settlerPublicKeyHex;
      return settler !== undefined && settler === publicKeyHex;
    }
    default:
      return false;
  }
}

/** The node a message is about, when another key than its own may sign it. */
function namedNode(message: TransactionMessage): string | undefined {
  switch (message.type) {
    case 'pos/MsgStake':
    case 'pocketcore/claim':
    case 'pocketcore/proof':
      return requiredSigner(message);
    default:
      return undefined;
  }
}

async function execute(context: BlockContext, transaction: SignedTransaction, signer: string): Promise<void> {
  const { message, memo } = transaction;
  switch (message.type) {
    case 'pos/Send': {
      const { fromAddressHex: from, toAddressHex: to, amountUpokt } = message.value;
      if (from === to && isInstruction(memo)) return executeInstruction(context, from, amountUpokt, memo);
      const { books } = context.state;
      if (books.balance(accounts.of(from)) < amountUpokt) throw refuse.insufficientCoins(`${amountUpokt}upokt`);
      return books.move('send', accounts.of(from), accounts.of(to), amountUpokt);
    }
    case 'apps/MsgAppStake':
      if (signer !== addressOf(message.value.publicKeyHex)) {
        return transferApplication(context, signer, message.value.publicKeyHex);
      }
      return stakeApplication(context, message.value);
    case 'apps/MsgAppBeginUnstake':
      return beginUnstakeApplication(context, message.value.applicationAddressHex);
    case 'apps/MsgAppUnjail':
      // Nothing ever jails an application (facts 3.3).
      if (!context.state.applications.has(message.value.addressHex)) throw refuse.application.notFound();
      throw refuse.application.notJailed();
    case 'pos/MsgStake':
      return stakeNode(context, nodeStakeOf(message.value), signer);
    case 'pos/MsgBeginUnstake':
      return beginUnstakeNode(context, message.value.validatorAddressHex, signer);
    case 'pos/MsgUnjail':
      return unjailNode(context, message.value.addressHex, signer);
    case 'pocketcore/claim':
      return acceptClaim(context, message.value);
    case 'pocketcore/proof': {
      const { leaf, merkleProof, evidenceType } = message.value;
      if (leaf.type === 'pocketcore/relay_proof') {
        return proveRelays(context, { merkleProof, leaf: leaf.value, evidenceType }, transaction.hashHex);
      }
      return proveChallenges(context, { merkleProof, challenge: leaf.value }, transaction.hashHex);
    }
    case 'gov/msg_change_param':
      return changeParameter(context, signer, message.value.parameterKey, message.value.parameterValue);
    case 'gov/msg_dao_transfer':
      return moveDao(context, message.value);
    case 'gov/msg_upgrade':
      return upgrade(context, signer, message.value.height, message.value.version);
  }
}

/** The refusal that an error means for a transaction; anything else is a defect and ends the block. */
function asRefusal(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (error instanceof PunishedError) return error.refusal;
  // A value that passed the checks of form but that a calculation of the protocol refuses.
  if (error instanceof DecodeError) return refuse.internal(error.message);
  // The books refused: a check is missing above. The transaction is undone like any other, and the chain goes on.
  if (error instanceof BooksError) return refuse.internal(error.message);
  throw error;
}

function delivered(
  bytes: Buffer,
  transaction: SignedTransaction | undefined,
  refusal: ProtocolError | null,
): DeliveredTransaction {
  const message = transaction?.message;
  return {
    hash: transactionHashHex(bytes),
    messageType: message?.type ?? '',
    signerAddressHex: transaction ? addressOf(transaction.publicKeyHex) : '',
    recipientAddressHex: message?.type === 'pos/Send' ? message.value.toAddressHex : null,
    code: refusal?.code ?? 0,
    codespace: refusal?.codespace ?? '',
    log: printable(refusal?.message ?? ''),
    bytes,
  };
}

/** A log may quote what a stranger sent; it is stored and shown, so it is bounded and free of control characters. */
function printable(text: string): string {
  return text.slice(0, LOG_CHARACTERS_MAX).replaceAll(/\p{Cc}/gu, '\ufffd');
}
