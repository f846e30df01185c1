import { describe, expect, it } from 'vitest';
import { ShardLayout, slotOf } from './cluster-shards.js';

describe('shards of a Redis Cluster', () => {
  it.each([
    ['123456789', 12_739],
    ['', 0],
    ['pokt', slotOf('pokt')],
    ['foo', 12_182],
    ['user1000', 3_443],
  ])('gives %s its slot', (tag, slot) => {
    expect(slotOf(tag)).toBe(slot);
  });

  it('names each primary by a tag in its slots, and finds the primary of a key', () => {
    const layout = ShardLayout.read([
      [0, 5_460, ['127.0.0.1', 7_000, 'a'], ['127.0.0.1', 7_003, 'd']],
      [5_461, 10_922, ['127.0.0.1', 7_001, 'b']],
      [10_923, 16_382, ['127.0.0.1', 7_002, 'c']],
      [16_383, 16_383, ['127.0.0.1', 7_001, 'b']],
    ]);
    expect(layout.tags).toHaveLength(3);
    for (const tag of layout.tags) expect(layout.shardOf(tag)).toBe(tag);
    expect(slotOf(layout.shardOf('foo') ?? '')).toBeGreaterThan(10_922);
    expect(slotOf(layout.shardOf('user1000') ?? '')).toBeLessThan(5_461);
  });

  it('keeps the name of a primary over its failover', () => {
    const before = ShardLayout.read([
      [0, 9_000, ['h', 1, 'a']],
      [9_001, 16_383, ['h', 2, 'b']],
    ]);
    const after = ShardLayout.read([
      [0, 9_000, ['h', 3, 'c']],
      [9_001, 16_383, ['h', 2, 'b']],
    ]);
    expect(after.tags).toEqual(before.tags);
  });

  it('knows no primary for slots that nobody holds', () => {
    expect(ShardLayout.read([[0, 0, ['h', 1, 'a']]]).shardOf('foo')).toBeNull();
  });
});
