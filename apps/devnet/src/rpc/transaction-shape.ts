import { DecodeError, decodeTransaction, transactionSignBytes } from '#libs/protocol';
import type { RpcValue } from './rpc-json.js';

/** `stdTx` of `/v1/query/tx`: the transaction in the JSON that was signed, with its signature; null for bytes that do not decode. */
export function standardTransactionShape(bytes: Uint8Array): RpcValue {
  try {
    const transaction = decodeTransaction(bytes);
    const signed = JSON.parse(transactionSignBytes(transaction, '').toString('utf8')) as {
      fee: RpcValue;
      memo: string;
      msg: RpcValue;
    };
    return {
      entropy: transaction.entropy,
      fee: signed.fee,
      memo: signed.memo,
      msg: signed.msg,
      signature: { pub_key: transaction.publicKeyHex, signature: transaction.signature.toString('hex') },
    };
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
