import {
  checkTransactionSignature,
  decodeTransaction,
  encodeTransaction,
  requiredSigner,
  signTransaction,
  transactionSignBytes,
} from '#libs/protocol';
import type { Context } from '../context.js';
import { type Fields, scalarText } from '../report.js';

/** One transaction: sign bytes, wire bytes and hash, decoded and made again. */
export function checkTransaction(row: Fields, context: Context): void {
  row.take('name');
  const hex = row.text('tx_hex', 'tx', 'raw_hex_bytes', 'tx_bytes') ?? '';
  const signText = scalarText(row.value['sign_bytes'] ?? '');
  const chainId = row.text('chain_id') ?? /"chain_id":"([^"]*)"/.exec(signText)?.[1] ?? 'mainnet';
  const bytes = Buffer.from(hex, 'hex');
  const transaction = decodeTransaction(bytes);
  row.expect(['sign_bytes', 'sign_doc'], () => transactionSignBytes(transaction, chainId).toString('utf8'));
  row.expect('sign_bytes_hex', () => transactionSignBytes(transaction, chainId).toString('hex'));
  row.compare('encoded again', hex, () => encodeTransaction(transaction).toString('hex'));
  row.expect(['tx_hash', 'hash'], () => transaction.hashHex);
  row.check('signature verifies', () => checkTransactionSignature(transaction, chainId));
  row.check('signature of another chain does not', () => !checkTransactionSignature(transaction, `${chainId}x`));
  row.expect('signature', () => transaction.signature.toString('hex'));
  row.expect(['public_key', 'signer_public_key'], () => transaction.publicKeyHex);
  row.expect(['signer', 'signer_address'], () => requiredSigner(transaction.message));
  row.expect('memo', () => transaction.memo);
  row.expect('fee', () => transaction.feeUpokt);
  row.expect('entropy', () => transaction.entropy);
  const signer = context.keyOf(transaction.publicKeyHex);
  if (signer !== undefined) {
    row.compare('signed again', hex, () => signTransaction({ ...transaction, chainId, signer }).bytes.toString('hex'));
  }
  row.finish();
}
