import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAF_BYTES, LeafSet } from './leaf-set.js';

const leaf = (sum: bigint, tail = 0): Buffer => {
  const bytes = Buffer.alloc(LEAF_BYTES, tail);
  bytes.writeBigUInt64LE(sum, 0);
  return bytes;
};

describe('a set of leaves', () => {
  it('keeps the first of equal sums in order of arrival, whatever their number, and counts the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 40n }), { maxLength: 120 }), (sums) => {
        const set = new LeafSet();
        for (const [index, sum] of sums.entries()) set.add(leaf(sum, index % 200), index);
        const distinct = [...new Set(sums)];
        const result = set.finish(1_000n);
        expect(result.count).toBe(distinct.length);
        expect(result.duplicates).toBe(sums.length - distinct.length);
        const kept = Array.from({ length: result.count }, (_, index) =>
          Buffer.from(result.hashes.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES)).readBigUInt64LE(0),
        );
        expect(kept).toEqual(distinct);
        expect([...result.chunkOf]).toEqual(distinct.map((sum) => sums.indexOf(sum)));
      }),
    );
  });

  it('never claims above the allowance: the last to arrive are left out and counted', () => {
    const set = new LeafSet();
    for (let index = 0; index < 2_000; index += 1) set.add(leaf(BigInt(10_000 - index)), index);
    const result = set.finish(1_500n);
    expect(result).toMatchObject({ count: 1_500, overService: 500, duplicates: 0 });
    expect(result.hashes.length).toBe(1_500 * LEAF_BYTES);
    expect(result.chunkOf[1_499]).toBe(1_499);
  });

  it('takes copies out before it cuts to the allowance, so that a copy never displaces a relay', () => {
    const set = new LeafSet();
    for (const sum of [5n, 5n, 6n, 7n]) set.add(leaf(sum), 0);
    expect(set.finish(3n)).toMatchObject({ count: 3, duplicates: 1, overService: 0 });
    expect(set.finish(2n)).toMatchObject({ count: 2, duplicates: 1, overService: 1 });
  });
});
