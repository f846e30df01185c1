/** Bytes of a leaf hash. */
export const LEAF_BYTES = 32;

/** The leaves of one claim, after copies and over-service were taken out; order is that of arrival. */
export interface ClaimLeaves {
  /** `count` hashes of 32 bytes, one after the other: the input of `MerkleTree.build`. */
  readonly hashes: Uint8Array;
  readonly count: number;
  /** For each leaf the number of the chunk it came from. */
  readonly chunkOf: Uint32Array;
  readonly duplicates: number;
  readonly overService: number;
}

/** Collects leaf hashes in flat arrays: 36 bytes a relay, so that a session of a million relays stays below 40 MB. */
export class LeafSet {
  private hashes = new Uint8Array(LEAF_BYTES * 1_024);
  private chunks = new Uint32Array(1_024);
  private size = 0;

  /** Leaves added so far, copies included. */
  get count(): number {
    return this.size;
  }

  add(hash: Uint8Array, chunkNumber: number): void {
    if (this.size === this.chunks.length) this.grow();
    this.hashes.set(hash, this.size * LEAF_BYTES);
    this.chunks[this.size] = chunkNumber;
    this.size += 1;
  }

  /**
   * Takes out copies, then whatever exceeds `allowance` (the last ones to arrive, as a node cuts its list, section 6.1).
   * Two leaves with an equal sum would give one of them an empty range, and a proof next to it burns the node's stake
   * as a replay (section 6.2): therefore a copy is a leaf whose first 8 bytes occurred before.
   */
  finish(allowance: bigint): ClaimLeaves {
    const copies = this.copies();
    const distinct = this.size - copies.size;
    const count = allowance < BigInt(distinct) ? Number(allowance) : distinct;
    const overService = distinct - count;
    if (copies.size === 0) {
      return {
        hashes: this.hashes.subarray(0, count * LEAF_BYTES),
        chunkOf: this.chunks.subarray(0, count),
        count,
        duplicates: 0,
        overService,
      };
    }
    const hashes = new Uint8Array(count * LEAF_BYTES);
    const chunkOf = new Uint32Array(count);
    let kept = 0;
    for (let index = 0; index < this.size && kept < count; index += 1) {
      if (copies.has(index)) continue;
      hashes.set(this.hashes.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES), kept * LEAF_BYTES);
      chunkOf[kept] = this.chunks[index]!;
      kept += 1;
    }
    return { hashes, chunkOf, count, duplicates: copies.size, overService };
  }

  /** Indices of leaves whose sum occurred before. A typed sort finds out whether there are any; nearly always there are none. */
  private copies(): Set<number> {
    const view = new DataView(this.hashes.buffer);
    const sums = new BigUint64Array(this.size);
    for (let index = 0; index < this.size; index += 1) sums[index] = view.getBigUint64(index * LEAF_BYTES, true);
    sums.sort();
    const repeated = new Set<bigint>();
    for (let index = 1; index < sums.length; index += 1) {
      if (sums[index] === sums[index - 1]) repeated.add(sums[index]!);
    }
    const copies = new Set<number>();
    if (repeated.size === 0) return copies;
    const seen = new Set<bigint>();
    for (let index = 0; index < this.size; index += 1) {
      const sum = view.getBigUint64(index * LEAF_BYTES, true);
      if (!repeated.has(sum)) continue;
      if (seen.has(sum)) copies.add(index);
      seen.add(sum);
    }
    return copies;
  }

  private grow(): void {
    const hashes = new Uint8Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const chunks = new Uint32Array(this.chunks.length * 2);
    chunks.set(this.chunks);
    this.chunks = chunks;
  }
}
