import { describe, expect, it } from 'vitest';
import { createChainCatalogue } from '#libs/chains';
import { bloomProbe, mayHoldLogs } from './logs-bloom.js';
import { readSubscription } from './subscription-request.js';

const chains = createChainCatalogue();
const evm = chains.chainByAny('eth-mainnet')!;
const solana = chains.all.find((chain) => chain.kind === 'solana')!;
const ADDRESS = `0x${'Ab'.repeat(20)}`;
const TOPIC = `0x${'cd'.repeat(32)}`;

describe('readSubscription', () => {
  it('reads the kinds that are served', () => {
    expect(readSubscription(evm, '["newHeads"]')).toEqual({ kind: 'newHeads' });
    expect(readSubscription(evm, '["newHeads",{}]')).toEqual({ kind: 'newHeads' });
    expect(readSubscription(evm, '["newPendingTransactions",true]')).toMatchObject({ full: true });
    expect(readSubscription(evm, `["logs",{"address":"${ADDRESS}","topics":[null,["${TOPIC}"]]}]`)).toMatchObject({
      filter: { addresses: [ADDRESS.toLowerCase()], topics: [[], [TOPIC]] },
    });
  });

  it('takes filters that mean the same for the same', () => {
    const other = `0x${'01'.repeat(20)}`;
    const one = readSubscription(evm, `["logs",{"address":["${ADDRESS}","${other}"]}]`);
    const two = readSubscription(evm, `["logs",{"topics":[],"address":["${other}","${ADDRESS.toLowerCase()}"]}]`);
    expect(one).toEqual(two);
  });

  it.each([
    ['["syncing"]', 'params'],
    ['[]', 'params'],
    ['{"a":1}', 'params'],
    ['["logs",{"address":"0x12"}]', 'params'],
    ['["logs",{"topics":"x"}]', 'params'],
    [`["logs",{"topics":[null,null,null,null,null]}]`, 'params'],
    [`["logs",{"address":${JSON.stringify(Array.from({ length: 1_001 }, () => ADDRESS))}}]`, 'params'],
  ])('refuses %s', (params, reason) => expect(readSubscription(evm, params)).toMatchObject({ reason }));

  it('says that other chains are polled', () => {
    expect(readSubscription(solana, '["newHeads"]')).toMatchObject({ reason: 'method' });
  });
});

describe('mayHoldLogs', () => {
  const filter = { addresses: [`0x${'11'.repeat(20)}`], topics: [] };
  const probe = bloomProbe(filter);
  const bloomOf = (bits: readonly number[]): string => {
    const bloom = Buffer.alloc(256);
    for (const bit of bits) bloom[255 - (bit >> 3)]! |= 1 << (bit & 7);
    return `0x${bloom.toString('hex')}`;
  };

  it('is false only when a bit of every alternative is missing', () => {
    const bits = probe.groups[0]![0]!;
    expect(mayHoldLogs(probe, bloomOf(bits), 1)).toBe(true);
    expect(mayHoldLogs(probe, bloomOf(bits.slice(1)), 1)).toBe(new Set(bits).size < 3);
    expect(mayHoldLogs(bloomProbe({ addresses: [], topics: [] }), bloomOf([1]), 1)).toBe(true);
  });

  it('does not trust a bloom that is missing, or empty although the block has transactions', () => {
    expect(mayHoldLogs(probe, undefined, 0)).toBe(true);
    expect(mayHoldLogs(probe, bloomOf([]), 3)).toBe(true);
    expect(mayHoldLogs(probe, bloomOf([]), 0)).toBe(false);
  });
});
