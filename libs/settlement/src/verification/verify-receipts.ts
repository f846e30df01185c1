import { verifySignature } from '#libs/protocol';
import type { Receipt, RelayView, StoredChunk } from '#libs/receipts';
import type { SignaturePool } from './signature-pool.js';
import { ITEM_BYTES } from './verify-thread.js';

/** A receipt whose node signature is wrong, by its position in the chunk. */
export interface InvalidReceipt {
  readonly position: number;
  readonly receipt: Receipt;
  /** `node_signature`: the node did not sign this answer. `node_key`: the node's key is no ed25519 key. */
  readonly reason: 'node_signature' | 'node_key';
}

/** Signatures in a batch: enough that handing over costs nothing, few enough that all threads get some of a chunk. */
const BATCH = 512;

/**
 * Checks the node signatures of the relays that `isChosen` picks, on the pool's threads, so that the event loop stays free; those that the
 * gateway checked already are not checked again. The signature covers the hash of the answer and of this very relay proof
 * (section 5.4), so it cannot be moved to another relay. What libsodium refuses is put to the protocol's own verification before a
 * node is accused: the two differ for odd keys.
 */
export async function verifyReceipts(
  chunk: StoredChunk,
  isChosen: (relay: RelayView) => boolean,
  pool: SignaturePool,
): Promise<InvalidReceipt[]> {
  const keys = new NodeKeys();
  const batches: Array<Promise<InvalidReceipt[]>> = [];
  let batch = new Batch();
  const send = (full: Batch): void => {
    if (full.count > 0) batches.push(full.verify(chunk, pool));
  };
  chunk.eachRelay((relay) => {
    if (relay.verified || !isChosen(relay)) return;
    batch.add(relay, keys.of(relay.nodePublicKeyHex));
    if (batch.count < BATCH) return;
    send(batch);
    batch = new Batch();
  });
  send(batch);
  return (await Promise.all(batches)).flat();
}

/** Signatures on their way to a thread, and where they come from. */
class Batch {
  count = 0;
  private readonly items = new Uint8Array(BATCH * ITEM_BYTES);
  private readonly positions = new Uint32Array(BATCH);
  private readonly records = new Uint32Array(BATCH);

  add(relay: RelayView, key: Uint8Array): void {
    const at = this.count * ITEM_BYTES;
    this.items.set(key, at);
    relay.copySigned(this.items, at + 32);
    this.positions[this.count] = relay.position;
    this.records[this.count] = relay.record;
    this.count += 1;
  }

  async verify(chunk: StoredChunk, pool: SignaturePool): Promise<InvalidReceipt[]> {
    const full = this.items.length === this.count * ITEM_BYTES;
    const accepted = await pool.verify(full ? this.items : this.items.slice(0, this.count * ITEM_BYTES));
    const invalid: InvalidReceipt[] = [];
    for (const [index, isAccepted] of accepted.entries()) {
      if (isAccepted === 1) continue;
      const receipt = chunk.receiptAt(this.records[index]!);
      const reason = faultOf(receipt);
      if (reason !== null) invalid.push({ position: this.positions[index]!, receipt, reason });
    }
    return invalid;
  }
}

function faultOf(receipt: Receipt): InvalidReceipt['reason'] | null {
  if (!KEY.test(receipt.nodePublicKeyHex)) return 'node_key';
  return isSignedByNode(receipt) ? null : 'node_signature';
}

const KEY = /^[0-9a-f]{64}$/i;

function isSignedByNode({ nodePublicKeyHex, responseHash, responseHashEscaped, nodeSignature }: Receipt): boolean {
  return (
    verifySignature(nodePublicKeyHex, responseHash, nodeSignature) ||
    (responseHashEscaped !== null && verifySignature(nodePublicKeyHex, responseHashEscaped, nodeSignature))
  );
}

/** All zeros is a point of low order, which libsodium refuses. */
const NO_KEY = new Uint8Array(32);

/** Bytes of the nodes' keys; {@link NO_KEY} where a text is none. */
class NodeKeys {
  private readonly keys = new Map<string, Uint8Array>();

  of(publicKeyHex: string): Uint8Array {
    let key = this.keys.get(publicKeyHex);
    if (key === undefined) {
      key = KEY.test(publicKeyHex) ? new Uint8Array(Buffer.from(publicKeyHex, 'hex')) : NO_KEY;
      this.keys.set(publicKeyHex, key);
    }
    return key;
  }
}
