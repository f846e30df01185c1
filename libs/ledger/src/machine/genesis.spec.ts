import { describe, expect, it } from 'vitest';
import { HISTORY_GENESIS, keyOf } from '../testing/random-history.js';
import { genesisDigest, genesisRow } from './genesis.js';
import { invalidNetworkIdentifier, serviceUrlProblem } from './network-identifier.js';

describe('a genesis', () => {
  it('issues everything in one balanced entry', () => {
    const { changes, supplyUpokt } = genesisRow(HISTORY_GENESIS);
    expect(changes.entries).toHaveLength(1);
    expect(changes.entries[0]?.postings.reduce((sum, { amountUpokt }) => sum + amountUpokt, 0n)).toBe(0n);
    expect(supplyUpokt).toBeGreaterThan(0n);
  });

  it('is the same one whatever the order of its fields and its time', () => {
    const { accounts, ...rest } = HISTORY_GENESIS;
    expect(genesisDigest({ accounts, ...rest, timeMs: 5 })).toBe(genesisDigest(HISTORY_GENESIS));
    expect(genesisDigest({ ...rest, accounts: [] })).not.toBe(genesisDigest(HISTORY_GENESIS));
  });

  it('that stakes a node twice or issues a negative amount is refused', () => {
    const [node] = HISTORY_GENESIS.nodes;
    if (!node) throw new Error('no nodes');
    expect(() => genesisRow({ ...HISTORY_GENESIS, nodes: [node, node] })).toThrow(RangeError);
    const accounts = [{ addressHex: keyOf('x').addressHex, balanceUpokt: -1n }];
    expect(() => genesisRow({ ...HISTORY_GENESIS, accounts })).toThrow(RangeError);
    expect(() => genesisRow({ ...HISTORY_GENESIS, accounts: [{ addressHex: 'x', balanceUpokt: 1n }] })).toThrow(
      RangeError,
    );
  });
});

describe('names that can be staked', () => {
  it.each([['0021'], ['00'], ['F00C']])('%s is a chain id', (id) => {
    expect(invalidNetworkIdentifier([id])).toBeUndefined();
  });
  it.each([[''], ['021'], ['002100'], ['zz'], ['0\u00001']])('%j is none', (id) => {
    expect(invalidNetworkIdentifier(['0021', id])).toBe(id);
  });
  it.each([['https://node.example.com:443'], ['http://127.0.0.1:4310']])('%s is a service URL', (url) => {
    expect(serviceUrlProblem(url)).toBeUndefined();
  });
  it.each([
    ['ftp://a.b:1'],
    ['http://localhost:1'],
    ['http://a.b'],
    ['http://a.b:99999'],
    ['http://a.b:1/path'],
    ['http://u@a.b:1'],
  ])('%s is none', (url) => {
    expect(serviceUrlProblem(url)).toBeTypeOf('string');
  });
});
