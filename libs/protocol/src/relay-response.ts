import { bytesOfHex } from './bytes.js';
import { goString } from './go-json.js';
import { sha3 } from './hashing.js';
import { type KeyPair, signBytes, verifySignature } from './keys.js';

/** The bytes a node signs for an answer (section 5.4). `Proof` has a capital P. */
export function relayResponsePreimage(response: string, proofHashHex: string): string {
  return `{"signature":"","payload":${goString(response)},"Proof":${goString(proofHashHex)}}`;
}

/** Hash of an answer, 32 bytes: what the node signs. @param proofHashHex of the relay, without the client signature */
export function relayResponseHash(response: string, proofHashHex: string): Buffer {
  return sha3(relayResponsePreimage(response, proofHashHex));
}

/**
 * The other hash a node may have signed: where the chain's answer was not UTF-8, the signed text has the six characters
 * `\ufffd` while the client receives U+FFFD. Null when the answer contains no U+FFFD.
 */
export function relayResponseHashEscaped(response: string, proofHashHex: string): Buffer | null {
  if (!response.includes('\ufffd')) return null;
  const preimage = `{"signature":"","payload":${goString(response).replaceAll('\ufffd', '\\ufffd')},"Proof":${goString(proofHashHex)}}`;
  return sha3(preimage);
}

/** Whether the node signed this answer to this relay, in either spelling. False, never an error, for malformed input. */
export function verifyRelayResponse(o: {
  readonly servicerPublicKeyHex: string;
  readonly proofHashHex: string;
  readonly response: string;
  readonly signatureHex: string;
}): boolean {
  const signature = bytesOfHex(o.signatureHex);
  if (signature === null) return false;
  if (verifySignature(o.servicerPublicKeyHex, relayResponseHash(o.response, o.proofHashHex), signature)) return true;
  const escaped = relayResponseHashEscaped(o.response, o.proofHashHex);
  return escaped !== null && verifySignature(o.servicerPublicKeyHex, escaped, signature);
}

/** A node's signature over an answer, 128 hex digits. */
export function signRelayResponse(servicer: KeyPair, response: string, proofHashHex: string): string {
  return signBytes(servicer, relayResponseHash(response, proofHashHex)).toString('hex');
}
