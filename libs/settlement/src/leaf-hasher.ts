import { type RelayProof, merkleLeafHash, relayProofPreimage } from '#libs/protocol';
import type { Receipt, SessionRef } from '#libs/receipts';

/** The relay proof that a receipt stands for, in wire names and with the client's signature: the leaf of a proof message. */
export function relayProofOf(receipt: Receipt): RelayProof {
  return {
    ...proofFields(receipt.session, receipt.nodePublicKeyHex),
    request_hash: receipt.requestHash.toString('hex'),
    entropy: receipt.entropy,
    signature: receipt.clientSignature.toString('hex'),
  };
}

function proofFields(session: SessionRef, nodePublicKeyHex: string) {
  return {
    session_block_height: session.sessionHeight,
    servicer_pub_key: nodePublicKeyHex,
    blockchain: session.chain,
    aat: session.aat,
  };
}

const PLACEHOLDER_HASH = '0'.repeat(64);

/** Room for the sign and the digits of a 64-bit number. */
const ENTROPY_BYTES_MAX = 20;

/** The constant parts of a preimage; `scratch` begins with `headBytes` of them and has room for the rest. */
interface Parts {
  readonly scratch: Buffer;
  readonly headBytes: number;
  readonly middle: Buffer;
  readonly tail: Buffer;
}

/** What a leaf hash is made of. */
export type LeafFields = Pick<Receipt, 'session' | 'nodePublicKeyHex' | 'entropy' | 'requestHash'>;

/**
 * Leaf hashes of many receipts. All relays of a node in a session share their preimage but for entropy and request hash, so the
 * constant parts (with the AAT's hash in them) are made once per session, node and AAT.
 */
export class LeafHasher {
  private readonly bySession = new Map<string, Map<string, Parts>>();
  private readonly known = new WeakMap<SessionRef, Map<string, Parts>>();

  /** The leaf hash of the receipt's relay proof (section 6.2), 32 bytes; equal to hashing `relayProofPreimage` itself. */
  hash({ session, nodePublicKeyHex, entropy, requestHash }: LeafFields): Buffer {
    const { scratch, headBytes, middle, tail } = this.partsOf(session, nodePublicKeyHex);
    let at = headBytes;
    at += scratch.write(entropy.toString(), at, 'latin1');
    at += middle.copy(scratch, at);
    at += scratch.write(requestHash.toString('hex'), at, 'latin1');
    at += tail.copy(scratch, at);
    return merkleLeafHash(scratch.subarray(0, at));
  }

  private partsOf(session: SessionRef, nodePublicKeyHex: string): Parts {
    let nodes = this.known.get(session);
    if (nodes === undefined) {
      // Each chunk has an object of its own for the same session.
      const key = JSON.stringify([session.sessionHeight, session.chain, session.aat]);
      nodes = this.bySession.get(key) ?? new Map<string, Parts>();
      this.bySession.set(key, nodes);
      this.known.set(session, nodes);
    }
    let parts = nodes.get(nodePublicKeyHex);
    if (parts === undefined) {
      parts = split({
        ...proofFields(session, nodePublicKeyHex),
        entropy: 0n,
        request_hash: PLACEHOLDER_HASH,
        signature: '',
      });
      nodes.set(nodePublicKeyHex, parts);
    }
    return parts;
  }
}

/** Cuts a preimage around its two varying fields. The hash of zeros is the last field, so its last occurrence is the field itself. */
function split(template: RelayProof): Parts {
  const preimage = relayProofPreimage(template);
  const entropyAt = preimage.indexOf('"entropy":0,') + '"entropy":'.length;
  const hashAt = preimage.lastIndexOf(PLACEHOLDER_HASH);
  const scratch = Buffer.alloc(preimage.length + ENTROPY_BYTES_MAX);
  preimage.copy(scratch, 0, 0, entropyAt);
  return {
    scratch,
    headBytes: entropyAt,
    middle: preimage.subarray(entropyAt + 1, hashAt),
    tail: preimage.subarray(hashAt + PLACEHOLDER_HASH.length),
  };
}
