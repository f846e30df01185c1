import { DecodeError } from './errors.js';
import { goSortedJson } from './go-json.js';
import { sha256 } from './hashing.js';
import { addressOf, type KeyPair, PUBLIC_KEY_BYTES, signBytes, verifySignature } from './keys.js';
import { ProtobufMessage, readVarint } from './protobuf-reader.js';
import { ProtobufWriter, varintBytes } from './protobuf-writer.js';
import { decodeMessage, parseAmount } from './transaction-decoder.js';
import { encodeMessage } from './transaction-encoder.js';
import { messageJson, messageSigner, type TransactionMessage } from './transaction-messages.js';

/** Fee of every message type at multiplier 1, uPOKT. */
export const BASE_FEE_UPOKT = 10_000n;
/** The only coin there is. */
export const FEE_DENOM = 'upokt';

/** What is signed, apart from the chain id. */
export interface UnsignedTransaction {
  readonly message: TransactionMessage;
  readonly feeUpokt: bigint;
  readonly memo: string;
  /** Makes two equal transactions different; int64. */
  readonly entropy: bigint;
}

/** A transaction as it stands on the wire. */
export interface SignedTransaction extends UnsignedTransaction {
  /** 64 lower-case hex digits. */
  readonly publicKeyHex: string;
  /** 64 bytes in a valid one; anything decodes. */
  readonly signature: Buffer;
  /** SHA-256 of the wire bytes, 64 upper-case hex digits: the hash shown to users. */
  readonly hashHex: string;
}

/** A block of 4 MB is the most a chain takes. */
export const TRANSACTION_BYTES_MAX = 4_000_000;
const ENTROPY_MIN = -(2n ** 63n);
const ENTROPY_LIMIT = 2n ** 63n;
const MEMO_BYTES_MAX = 64 * 1024;
const COINS_MAX = 16;

/** The bytes a transaction's signature covers (section 1): JSON with sorted keys. Signed as they are, without a hash. */
export function transactionSignBytes(transaction: UnsignedTransaction, chainId: string): Buffer {
  return Buffer.from(
    goSortedJson({
      chain_id: chainId,
      entropy: transaction.entropy.toString(),
      fee: [{ amount: transaction.feeUpokt.toString(), denom: FEE_DENOM }],
      memo: transaction.memo,
      msg: messageJson(transaction.message),
    }),
    'utf8',
  );
}

/**
 * Signs a transaction for `POST /v1/client/rawtx`. Throws {@link DecodeError} for malformed keys, addresses and amounts.
 * @returns the wire bytes and their hash (upper-case hex)
 */
export function signTransaction(o: {
  readonly message: TransactionMessage;
  readonly chainId: string;
  readonly feeUpokt: bigint;
  readonly memo: string;
  readonly entropy: bigint;
  readonly signer: KeyPair;
}): { bytes: Buffer; hashHex: string } {
  if (o.feeUpokt < 0n) throw new DecodeError('a fee must not be negative');
  if (o.entropy < ENTROPY_MIN || o.entropy >= ENTROPY_LIMIT)
    throw new DecodeError('entropy must be a signed 64-bit integer');
  const signature = signBytes(o.signer, transactionSignBytes(o, o.chainId));
  const bytes = encodeTransaction({ ...o, publicKeyHex: o.signer.publicKeyHex, signature });
  return { bytes, hashHex: transactionHashHex(bytes) };
}

/** The wire bytes of a signed transaction: a length, then protobuf. */
export function encodeTransaction(transaction: Omit<SignedTransaction, 'hashHex'>): Buffer {
  const { typeUrl, bytes } = encodeMessage(transaction.message);
  const body = new ProtobufWriter()
    .message(1, (any) => any.bytes(1, typeUrl).bytes(2, bytes))
    .message(2, (coin) => coin.bytes(1, FEE_DENOM).bytesAlways(2, transaction.feeUpokt.toString()))
    .message(3, (signature) =>
      signature.bytes(1, Buffer.from(transaction.publicKeyHex, 'hex')).bytes(2, transaction.signature),
    )
    .bytes(4, transaction.memo)
    .varint(5, transaction.entropy)
    .finish();
  return Buffer.concat([varintBytes(BigInt(body.length)), body]);
}

/** Hash of a transaction's wire bytes, upper-case hex. */
export function transactionHashHex(bytes: Uint8Array): string {
  return sha256(bytes).toString('hex').toUpperCase();
}

/** Decodes wire bytes; the signature is not checked, see {@link checkTransactionSignature}. Throws {@link DecodeError}. */
export function decodeTransaction(bytes: Uint8Array): SignedTransaction {
  if (bytes.length > TRANSACTION_BYTES_MAX) throw new DecodeError(`more than ${TRANSACTION_BYTES_MAX} bytes`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = readVarint(buffer, 0);
  if (length.value !== BigInt(buffer.length - length.end)) {
    throw new DecodeError('the length prefix is not the length of the transaction');
  }
  const transaction = new ProtobufMessage(buffer.subarray(length.end), 'StdTx');
  const any = transaction.message(1, 'Any');
  const signature = transaction.message(3, 'StdSignature');
  const publicKey = signature.bytes(1, 1024);
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new DecodeError('only ed25519 keys of 32 bytes are supported');
  return {
    message: decodeMessage(any.string(1, 256), any.bytes(2)),
    feeUpokt: feeOf(transaction.repeatedBytes(2, COINS_MAX)),
    memo: transaction.string(4, MEMO_BYTES_MAX),
    entropy: transaction.int64(5),
    publicKeyHex: publicKey.toString('hex'),
    signature: Buffer.from(signature.bytes(2, 1024)),
    hashHex: transactionHashHex(buffer),
  };
}

function feeOf(coins: readonly Buffer[]): bigint {
  const [coin, ...more] = coins.map((bytes) => new ProtobufMessage(bytes, 'Coin'));
  if (coin === undefined || more.length > 0) throw new DecodeError('a transaction has one fee coin');
  if (coin.string(1, 64) !== FEE_DENOM) throw new DecodeError(`the fee must be in ${FEE_DENOM}`);
  return parseAmount(coin.string(2, 100));
}

/** Whether the transaction's signature is that of its public key for this chain id. Who may sign is another question. */
export function checkTransactionSignature(transaction: SignedTransaction, chainId: string): boolean {
  return verifySignature(transaction.publicKeyHex, transactionSignBytes(transaction, chainId), transaction.signature);
}

/** Address that must have signed the message, 40 hex digits. Throws {@link DecodeError} for malformed keys inside it. */
export function requiredSigner(message: TransactionMessage): string {
  return messageSigner(message, addressOf);
}
