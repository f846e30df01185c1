import { beforeEach, describe, expect, it } from 'vitest';
import { FakeNetwork, refusedWith, testSession } from '../testing/fake-network.js';
import { ChainViews } from './chain-views.js';
import { NodeProber } from './node-prober.js';
import type { SignedAnswer } from './signed-answer.js';

interface Says {
  chainId?: string;
  height?: string;
  hash?: string | null;
  genesis?: string;
}

function world(script: (node: string) => Says | 'fails', nodes = 5) {
  const network = new FakeNetwork(testSession(nodes), (node) => {
    const says = script(node.id);
    if (says === 'fails') return refusedWith({});
    return JSON.stringify([
      { jsonrpc: '2.0', id: 1, result: says.chainId ?? '0x1' },
      { jsonrpc: '2.0', id: 2, result: says.hash === null ? null : { hash: says.hash ?? '0xaa' } },
      { jsonrpc: '2.0', id: 3, result: says.height ?? '0x64' },
      { jsonrpc: '2.0', id: 4, result: { hash: says.genesis ?? '0xaa' } },
    ]);
  });
  const receipts: SignedAnswer[] = [];
  const views = new ChainViews(() => ({ evmChainId: 1, syncAllowanceBlocks: 5 }));
  const prober = new NodeProber({
    ledger: network,
    transport: network,
    scores: network.scores,
    selector: network.selector,
    views,
    onAnswer: (answer) => void receipts.push(answer),
    share: 0.1,
    clock: () => network.nowMs,
  });
  return { network, prober, receipts, reason: (id: string) => network.scores.of('0021', id).quarantineReason };
}

let liars: Set<string>;
beforeEach(() => {
  liars = new Set();
});

describe('NodeProber', () => {
  it.each([
    ['wrong-chain', { chainId: '0x38' }],
    ['lying', { hash: '0xbb' }],
    ['stale', { height: '0x1' }],
  ] as const)('finds out a node that is %s before the first call', async (reason, says) => {
    const { network, prober, reason: reasonOf } = world((node) => (node === 'n4' ? says : {}));
    await prober.seen(network.current);
    expect(['n0', 'n1', 'n2', 'n3', 'n4'].map(reasonOf)).toEqual([null, null, null, null, reason]);
    for (let pick = 0; pick < 50; pick += 1) {
      expect(network.selector.pick(network.current, null)?.node.id).not.toBe('n4');
    }
  });

  it('asks all in one relay, and hands every signed answer over as a receipt', async () => {
    const { network, prober, receipts } = world(() => ({}));
    await prober.seen(network.current);
    expect(network.asked).toHaveLength(5);
    expect(receipts.map((receipt) => receipt.node.id).toSorted()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
    expect(network.current.nodes.map((node) => node.sent)).toEqual([1, 1, 1, 1, 1]);
  });

  it('lets nobody wait once a node is known, and asks known nodes no more than the share of relays', async () => {
    const { network, prober } = world(() => ({}));
    await prober.seen(network.current);
    expect(prober.seen(network.current)).toBeNull();
    network.asked.length = 0;
    for (let relay = 0; relay < 100; relay += 1) void prober.seen(network.current);
    for (let second = 0; second < 60; second += 1) {
      network.nowMs += 1_000;
      await prober.tick();
    }
    expect(network.asked.length).toBeGreaterThan(5);
    expect(network.asked.length).toBeLessThanOrEqual(10);
  });

  it('finds a majority out that begins to lie later', async () => {
    const { network, prober, reason } = world((node) => (liars.has(node) ? { hash: '0xbb' } : {}));
    await prober.seen(network.current);
    liars = new Set(['n0', 'n1', 'n2', 'n3']);
    for (let relay = 0; relay < 100; relay += 1) void prober.seen(network.current);
    network.nowMs += 1_000;
    await prober.tick();
    expect(['n0', 'n1', 'n2', 'n3', 'n4'].map(reason)).toEqual(['lying', 'lying', 'lying', 'lying', null]);
  });

  it('asks every node at once when one is found lying, before its turn has come', async () => {
    const { network, prober, reason } = world((node) => (liars.has(node) ? { hash: '0xbb' } : {}));
    await prober.seen(network.current);
    for (let relay = 0; relay < 20; relay += 1) void prober.seen(network.current);
    liars = new Set(['n0', 'n1', 'n2', 'n3']);
    network.nowMs += 60;
    await prober.tick();
    expect(reason('n0')).toBeNull();
    await prober.suspect('0021');
    expect(['n0', 'n1', 'n2', 'n3', 'n4'].map(reason)).toEqual(['lying', 'lying', 'lying', 'lying', null]);
  });

  it('shuts the liars out, not the honest node, when most deny the first block before a later one is settled', async () => {
    const { network, prober, reason } = world((node) => (liars.has(node) ? { genesis: '0xdd', hash: '0xbb' } : {}));
    await prober.seen(network.current);
    network.current.nodes.forEach((node) => (node.sent = 50));
    liars = new Set(['n0', 'n1', 'n2', 'n3']);
    network.nowMs += 60;
    await prober.suspect('0021');
    expect(['n0', 'n1', 'n2', 'n3', 'n4'].map(reason)).toEqual(['lying', 'lying', 'lying', 'lying', null]);
  });

  it('takes a failed probe for a failure and a node that caught up back', async () => {
    let height = '0x1';
    const { network, prober } = world((node) => (node === 'n1' ? 'fails' : node === 'n0' ? { height } : {}));
    await prober.seen(network.current);
    expect(network.scores.of('0021', 'n1').success).toBeLessThan(1);
    expect(network.scores.of('0021', 'n0').quarantined(network.nowMs)).toBe(true);
    height = '0x64';
    for (let relay = 0; relay < 100; relay += 1) void prober.seen(network.current);
    network.nowMs += 1_000;
    await prober.tick();
    expect(network.scores.of('0021', 'n0').quarantined(network.nowMs)).toBe(false);
  });

  it('never probes a chain of which nothing is known', () => {
    const { network, prober } = world(() => ({}));
    const blind = new NodeProber({
      ledger: network,
      transport: network,
      scores: network.scores,
      selector: network.selector,
      views: new ChainViews(() => null),
      onAnswer: () => undefined,
      share: 0.1,
    });
    expect(blind.seen(network.current)).toBeNull();
    expect(network.asked).toHaveLength(0);
    prober.stop();
  });
});
