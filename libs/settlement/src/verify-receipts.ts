import { type KeyObject, createPublicKey, verify } from 'node:crypto';
import type { Receipt } from '#libs/receipts';

/** A receipt whose node signature is wrong, by its position in the chunk. */
export interface InvalidReceipt {
  readonly position: number;
  readonly receipt: Receipt;
  /** `node_signature`: the node did not sign this answer. `node_key`: the node's key is no ed25519 key. */
  readonly reason: 'node_signature' | 'node_key';
}

/** How many signatures are handed to the thread pool at once; enough to keep it busy, few enough to stay small. */
const BATCH = 128;

/**
 * Checks every node signature of a chunk that the gateway did not check already, on libuv's thread pool, so that the event loop stays free.
 * The signature covers the hash of the answer and of this very relay proof (section 5.4), so it cannot be moved to another relay.
 */
export async function verifyReceipts(receipts: Iterable<Receipt>): Promise<InvalidReceipt[]> {
  const keys = new NodeKeys();
  const invalid: InvalidReceipt[] = [];
  let batch: Array<Promise<InvalidReceipt | null>> = [];
  const drain = async (): Promise<void> => {
    for (const found of await Promise.all(batch)) if (found !== null) invalid.push(found);
    batch = [];
  };
  let position = 0;
  for (const receipt of receipts) {
    if (!receipt.verified) batch.push(verifyReceipt(receipt, position, keys));
    position += 1;
    if (batch.length === BATCH) await drain();
  }
  await drain();
  return invalid;
}

async function verifyReceipt(receipt: Receipt, position: number, keys: NodeKeys): Promise<InvalidReceipt | null> {
  const key = keys.of(receipt.nodePublicKeyHex);
  if (key === null) return { position, receipt, reason: 'node_key' };
  if (await isSignedBy(key, receipt.responseHash, receipt.nodeSignature)) return null;
  const escaped = receipt.responseHashEscaped;
  if (escaped !== null && (await isSignedBy(key, escaped, receipt.nodeSignature))) return null;
  return { position, receipt, reason: 'node_signature' };
}

function isSignedBy(key: KeyObject, hash: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(null, hash, key, signature, (error, isValid) => {
      if (error) reject(error);
      else resolve(isValid);
    });
  });
}

/** Key objects of the nodes of one chunk: making one costs more than a verification. */
class NodeKeys {
  private readonly keys = new Map<string, KeyObject | null>();

  of(publicKeyHex: string): KeyObject | null {
    let key = this.keys.get(publicKeyHex);
    if (key === undefined) {
      key = toKey(publicKeyHex);
      this.keys.set(publicKeyHex, key);
    }
    return key;
  }
}

function toKey(publicKeyHex: string): KeyObject | null {
  try {
    const x = Buffer.from(publicKeyHex, 'hex').toString('base64url');
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return null;
  }
}
