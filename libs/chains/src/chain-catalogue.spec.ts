import { describe, expect, it } from 'vitest';
import { CHAINS, chainByAny, closestSlugs, createChainCatalogue, parseChainOverrides } from './index.js';

describe('chain catalogue', () => {
  it('holds at least 30 chains with ids of the staked form', () => {
    expect(CHAINS.length).toBeGreaterThanOrEqual(30);
    for (const chain of CHAINS) expect(chain.id).toMatch(/^[0-9A-F]{4}$/);
  });

  it('gives every id, slug and alias to one chain only', () => {
    const names = CHAINS.flatMap((chain) => [chain.slug, ...chain.aliases, chain.id.toLowerCase()]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  });

  it('never lets a Pocket id hide another chain that has the same text as its decimal EVM id', () => {
    for (const chain of CHAINS) {
      if (chain.evmChainId === null || chain.flavour !== 'plain') continue;
      expect(chainByAny(String(chain.evmChainId))?.id).toBe(chain.id);
    }
  });

  it.each(['eth-mainnet', 'ETH-Mainnet', 'ethereum', '1', '0021'])('resolves %s to Ethereum', (text) => {
    expect(chainByAny(text)?.id).toBe('0021');
  });

  it('resolves Pocket ids in any case and leads a decimal id to the plain flavour', () => {
    expect(chainByAny('000a')?.slug).toBe('fuse-archival');
    expect(chainByAny('122')?.slug).toBe('fuse-mainnet');
  });

  it.each(['', '01', '0x1', 'constructor', '__proto__', 'eth mainnet', 'e'.repeat(100_000)])(
    'knows no chain for odd text',
    (text) => expect(chainByAny(text)).toBeUndefined(),
  );

  it('suggests the nearest slugs first', () => {
    expect(closestSlugs('eth-mainet')[0]).toBe('eth-mainnet');
    expect(closestSlugs('polygn')[0]).toBe('poly-mainnet');
    expect(closestSlugs('arbitru')[0]).toBe('arbitrum-one');
    expect(closestSlugs('x'.repeat(5000), 5)).toHaveLength(5);
  });
});

describe('chain overrides', () => {
  const local = createChainCatalogue(parseChainOverrides('0021=31337'));

  it('answers with the EVM chain id that the deployment serves', () => {
    expect(local.chainByAny('eth-mainnet')?.evmChainId).toBe(31_337);
    expect(local.chainByAny('31337')?.id).toBe('0021');
    expect(local.chainByAny('1')?.id).toBe('0021');
  });

  it('leaves the stock catalogue alone', () => expect(chainByAny('eth')?.evmChainId).toBe(1));

  it.each(['0021', '0021=', '21=1', '0021=0x1', '0021=0'])('refuses the form %s', (text) => {
    expect(() => parseChainOverrides(text)).toThrow(RangeError);
  });

  it('refuses a chain that is unknown or not EVM', () => {
    expect(() => createChainCatalogue(new Map([['FFFF', 1]]))).toThrow(/FFFF/);
    expect(() => createChainCatalogue(new Map([['0006', 1]]))).toThrow(/0006/);
  });

  it('allows every chain a minute of lag, and three blocks at least', () => {
    expect(chainByAny('eth-mainnet')?.syncAllowanceBlocks).toBe(5);
    expect(chainByAny('poly-mainnet')?.syncAllowanceBlocks).toBe(30);
    expect(chainByAny('arbitrum-one')?.syncAllowanceBlocks).toBe(240);
    expect(chainByAny('bitcoin')?.syncAllowanceBlocks).toBe(3);
  });
});
