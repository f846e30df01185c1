import { verifySignature } from '#libs/protocol';
import type { Receipt } from '#libs/receipts';
import { SignaturePool } from './signature-pool.js';
import { ITEM_BYTES } from './verify-thread.js';

/** A receipt whose node signature is wrong, by its position in the chunk. */
export interface InvalidReceipt {
  readonly position: number;
  readonly receipt: Receipt;
  /** `node_signature`: the node did not sign this answer. `node_key`: the node's key is no ed25519 key. */
  readonly reason: 'node_signature' | 'node_key';
}

/** A receipt and where it stands in its chunk. */
export interface PlacedReceipt {
  readonly position: number;
  readonly receipt: Receipt;
}

/** Signatures in a batch: enough that handing over costs nothing, few enough that all threads get some of a chunk. */
const BATCH = 512;

let shared: SignaturePool | undefined;

/**
 * Checks the node signatures of receipts, on threads, so that the event loop stays free; those that the gateway checked already are not checked
 * again. The signature covers the hash of the answer and of this very relay proof (section 5.4), so it cannot be moved to another
 * relay. What libsodium refuses is put to the protocol's own verification before a node is accused: the two differ for odd keys.
 *
 * @param pool where to verify; by default one that the process shares.
 */
export async function verifyReceipts(
  receipts: Iterable<PlacedReceipt>,
  pool: SignaturePool = (shared ??= new SignaturePool()),
): Promise<InvalidReceipt[]> {
  const keys = new NodeKeys();
  const batches: Array<Promise<InvalidReceipt[]>> = [];
  let batch: PlacedReceipt[] = [];
  for (const placed of receipts) {
    if (placed.receipt.verified) continue;
    batch.push(placed);
    if (batch.length < BATCH) continue;
    batches.push(verifyBatch(batch, keys, pool));
    batch = [];
  }
  if (batch.length > 0) batches.push(verifyBatch(batch, keys, pool));
  return (await Promise.all(batches)).flat();
}

async function verifyBatch(
  batch: readonly PlacedReceipt[],
  keys: NodeKeys,
  pool: SignaturePool,
): Promise<InvalidReceipt[]> {
  const items = new Uint8Array(batch.length * ITEM_BYTES);
  for (const [index, { receipt }] of batch.entries()) {
    const at = index * ITEM_BYTES;
    items.set(keys.of(receipt.nodePublicKeyHex) ?? NO_KEY, at);
    items.set(receipt.responseHash, at + 32);
    items.set(receipt.nodeSignature, at + 64);
  }
  const accepted = await pool.verify(items);
  const invalid: InvalidReceipt[] = [];
  for (const [index, { position, receipt }] of batch.entries()) {
    if (accepted[index] === 1) continue;
    if (keys.of(receipt.nodePublicKeyHex) === null) invalid.push({ position, receipt, reason: 'node_key' });
    else if (!isSignedByNode(receipt)) invalid.push({ position, receipt, reason: 'node_signature' });
  }
  return invalid;
}

function isSignedByNode({ nodePublicKeyHex, responseHash, responseHashEscaped, nodeSignature }: Receipt): boolean {
  return (
    verifySignature(nodePublicKeyHex, responseHash, nodeSignature) ||
    (responseHashEscaped !== null && verifySignature(nodePublicKeyHex, responseHashEscaped, nodeSignature))
  );
}

/** All zeros is a point of low order, which libsodium refuses. */
const NO_KEY = new Uint8Array(32);

/** Bytes of the nodes' keys, null where a text is none. */
class NodeKeys {
  private readonly keys = new Map<string, Uint8Array | null>();

  of(publicKeyHex: string): Uint8Array | null {
    let key = this.keys.get(publicKeyHex);
    if (key === undefined) {
      key = /^[0-9a-f]{64}$/i.test(publicKeyHex) ? new Uint8Array(Buffer.from(publicKeyHex, 'hex')) : null;
      this.keys.set(publicKeyHex, key);
    }
    return key;
  }
}

/** Numbers the receipts of a chunk in their order. */
export function* placed(receipts: Iterable<Receipt>): Generator<PlacedReceipt, void, undefined> {
  let position = 0;
  for (const receipt of receipts) yield { position: position++, receipt };
}
