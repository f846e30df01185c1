import { describe, expect, it } from 'vitest';
import type { PlanLimits } from './plan-limits.js';
import { compilePlan, filteredBlocks } from './plan-rules.js';

const none: PlanLimits = {
  dailyRelaysMax: null,
  overage: { mode: 'stop' },
  perSecondMax: { tenant: null, endpoint: null, key: null },
  batchCallsMax: null,
  logBlocksMax: null,
  methods: null,
  socketsMax: null,
};

describe('a plan', () => {
  it('that demands nothing of calls costs nothing', () => {
    expect(compilePlan('standard', none)).toBeNull();
    expect(compilePlan('capped', { ...none, dailyRelaysMax: 5, overage: { mode: 'allow-and-bill' } })).toBeNull();
  });

  it('refuses methods outside its namespaces by exact spelling', () => {
    const plan = compilePlan('basic', { ...none, methods: ['eth_*', 'net_version'] });
    expect(plan?.call('eth_call', '')).toBeNull();
    for (const method of ['debug_traceCall', 'Eth_call', ' eth_call', 'net_versions', 'eth', 'net_Version']) {
      expect(plan?.call(method, ''), method).toMatchObject({ reason: 'method-policy', data: { rule: 'plan-methods' } });
    }
  });

  it('counts the blocks of a filter at its edge', () => {
    const plan = compilePlan('basic', { ...none, logBlocksMax: 100 });
    const asks = (from: string, to: string) =>
      plan?.call('eth_getLogs', JSON.stringify([{ fromBlock: from, toBlock: to }]));
    expect(asks('0x1', '0x64')).toBeNull();
    expect(asks('0x0', '0x64')).toMatchObject({ reason: 'params', data: { limit: 100, seen: '101' } });
    expect(plan?.call('eth_blockNumber', '')).toBeNull();
  });
});

describe('the blocks of a filter', () => {
  it.each([
    ['', 1n],
    ['[]', 1n],
    ['[{}]', 1n],
    ['[{"fromBlock":"latest"}]', 1n],
    ['[{"fromBlock":"finalized","toBlock":"finalized"}]', 1n],
    ['[{"blockHash":"0xab"}]', 1n],
    ['[{"fromBlock":"0x5","toBlock":"0x5"}]', 1n],
    ['[{"fromBlock":"0x6","toBlock":"0x5"}]', 0n],
    ['[{"fromBlock":"0x0","toBlock":"0xffffffffffffffff"}]', 1n << 64n],
  ])('%s spans %s', (text, blocks) => {
    expect(filteredBlocks(text)).toBe(blocks);
  });

  it.each([
    '[{"fromBlock":"0x1"}]',
    '[{"fromBlock":"earliest"}]',
    '[{"fromBlock":"earliest","toBlock":"earliest"}]',
    '[{"FromBlock":"0x1","toBlock":"latest"}]',
    '[{"fromBlock":"0x1","toBlock":"0x2","TOBLOCK":"0xffff"}]',
    '[{"fromBlock":1,"toBlock":2}]',
    '[{"fromBlock":"1","toBlock":"2"}]',
    '{"fromBlock":"0x1","toBlock":"0x2"}',
    '[[]]',
    '["x"]',
    'not json',
  ])('%s cannot be told', (text) => {
    expect(filteredBlocks(text)).toBeNull();
  });
});
