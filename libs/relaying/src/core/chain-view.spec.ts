import { describe, expect, it } from 'vitest';
import { ChainView } from './chain-view.js';
import { ChainViews } from './chain-views.js';

const agreed = (height: number): ChainView => {
  const view = new ChainView(5);
  for (const node of ['a', 'b', 'c']) view.hear(node, height, 0);
  return view;
};

describe('ChainView', () => {
  it('agrees on a height when three nodes spoke, and finds those that lag beyond the allowance', () => {
    const view = agreed(100);
    expect(view.height).toBe(100);
    expect(view.hear('d', 95, 1)).toBe('in-step');
    expect(view.hear('e', 94, 1)).toBe('stale');
  });

  it('is not moved by one node that claims the future', () => {
    const view = agreed(100);
    expect(view.hear('liar', 1_000_000, 1)).toBe('in-step');
    expect(view.height).toBe(100);
    expect(view.hear('a', 101, 2)).toBe('in-step');
    expect(view.height).toBe(101);
  });

  it('keeps what was agreed when a majority falls behind', () => {
    const view = agreed(1_000);
    for (const node of ['a', 'b', 'd', 'e']) expect(view.hear(node, 500, 1_000)).toBe('stale');
    expect(view.hear('c', 1_001, 1_000)).toBe('in-step');
  });

  it('gives a height up that nobody confirms for ten minutes', () => {
    const view = agreed(1_000);
    for (const node of ['a', 'b', 'c']) view.hear(node, 10, 11 * 60_000);
    expect(view.height).toBe(10);
  });

  it('settles a hash by more than half of three, and names those who say otherwise, before and after', () => {
    const view = new ChainView(5);
    expect(view.vote('a', 0, '0x1')).toEqual([]);
    expect(view.vote('b', 0, '0x2')).toEqual([]);
    expect(view.vote('c', 0, '0x1')).toEqual(['b']);
    expect(view.vote('d', 0, '0x3')).toEqual(['d']);
    for (const late of ['a', 'b', 'c', 'e']) expect(view.vote(late, 0, '0x2')).toEqual([late]);
  });

  it('settles nothing while votes are split', () => {
    const view = new ChainView(5);
    for (const [node, hash] of Object.entries({ a: '1', b: '2', c: '3', d: '1' })) {
      expect(view.vote(node, 0, hash)).toEqual([]);
    }
    expect(view.vote('e', 0, '1')).toEqual(['b', 'c']);
  });

  it('asks about the first block until a height is agreed, then about a settled one', () => {
    expect(new ChainView(5).checkpoint()).toBe(0);
    expect(agreed(5_000).checkpoint()).toBe(4_096);
    expect(agreed(20).checkpoint()).toBe(0);
  });
});

describe('ChainViews', () => {
  const views = new ChainViews((id) => (id === '0021' ? { evmChainId: 1, syncAllowanceBlocks: 5 } : null));
  const learn = (node: string, method: string, result: string) =>
    views.learn('0021', node, method, Buffer.from(result), 0);

  it('learns heights from answers that go by, and only from those about the head', () => {
    for (const node of ['a', 'b', 'c']) learn(node, 'eth_blockNumber', '"0x64"');
    expect(views.of('0021')?.height).toBe(100);
    expect(learn('d', 'eth_blockNumber', '"0x10"')).toBe('stale');
    for (const odd of ['null', '"0x"', '17', '"0xffffffffffffffffff"', '{}']) {
      expect(learn('d', 'eth_blockNumber', odd)).toBe('in-step');
    }
    expect(learn('d', 'eth_getBalance', '"0x10"')).toBe('in-step');
    expect(views.of('0006')).toBeNull();
  });
});
