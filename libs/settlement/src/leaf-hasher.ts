import { type RelayProof, merkleLeafHash, relayProofPreimage } from '#libs/protocol';
import type { Receipt } from '#libs/receipts';

/** The relay proof that a receipt stands for, in wire names and with the client's signature: the leaf of a proof message. */
export function relayProofOf(receipt: Receipt): RelayProof {
  return {
    request_hash: receipt.requestHash.toString('hex'),
    entropy: receipt.entropy,
    session_block_height: receipt.session.sessionHeight,
    servicer_pub_key: receipt.nodePublicKeyHex,
    blockchain: receipt.session.chain,
    aat: receipt.session.aat,
    signature: receipt.clientSignature.toString('hex'),
  };
}

const PLACEHOLDER_HASH = '0'.repeat(64);

/**
 * Leaf hashes of many receipts. All relays of a node in a session share their preimage but for entropy and request hash, so the
 * constant parts (with the AAT's hash in them) are made once per session, node and AAT.
 */
export class LeafHasher {
  private readonly parts = new Map<string, readonly [head: string, middle: string, tail: string]>();

  /** The leaf hash of the receipt's relay proof (section 6.2), 32 bytes; equal to hashing `relayProofPreimage` itself. */
  hash(receipt: Receipt): Buffer {
    const [head, middle, tail] = this.partsOf(receipt);
    return merkleLeafHash(
      Buffer.from(`${head}${receipt.entropy}${middle}${receipt.requestHash.toString('hex')}${tail}`, 'utf8'),
    );
  }

  private partsOf(receipt: Receipt): readonly [string, string, string] {
    const { session } = receipt;
    const key = `${session.sessionHeight}/${session.chain}/${receipt.nodePublicKeyHex}/${session.aat.version}/${session.aat.app_pub_key}/${session.aat.client_pub_key}`;
    let parts = this.parts.get(key);
    if (parts === undefined) {
      parts = split({ ...relayProofOf(receipt), entropy: 0n, request_hash: PLACEHOLDER_HASH });
      this.parts.set(key, parts);
    }
    return parts;
  }
}

/** Cuts a preimage around its two varying fields. The hash of zeros is the last field, so its last occurrence is the field itself. */
function split(template: RelayProof): readonly [string, string, string] {
  const text = relayProofPreimage(template).toString('utf8');
  const entropyAt = text.indexOf('"entropy":0,') + '"entropy":'.length;
  const hashAt = text.lastIndexOf(PLACEHOLDER_HASH);
  return [text.slice(0, entropyAt), text.slice(entropyAt + 1, hashAt), text.slice(hashAt + PLACEHOLDER_HASH.length)];
}
