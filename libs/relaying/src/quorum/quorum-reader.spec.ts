import { describe, expect, it } from 'vitest';
import { FakeNetwork, refusedWith, testSession } from '../testing/fake-network.js';
import type { RelayRequest } from '../core/relayer.js';
import type { SignedAnswer } from '../core/signed-answer.js';
import { canonicalJson } from './canonical-json.js';
import { isPinned } from './pinned-calls.js';
import { type Dissent, QuorumReader } from './quorum-reader.js';

const answer = (result: string): string => `{"jsonrpc":"2.0","id":7,"result":${result}}`;
const PINNED: Partial<RelayRequest> = {
  method: 'eth_getBalance',
  intent: { data: '{"params":["0xa","0x5"]}', httpMethod: 'POST', path: '', headers: null },
};

function reader(network: FakeNetwork, allowance = 0) {
  const dissents: Dissent[] = [];
  const quorum = new QuorumReader({
    ledger: network,
    transport: network,
    scores: network.scores,
    selector: network.selector,
    clock: () => network.nowMs,
    heightAllowanceBlocks: () => allowance,
    onDissent: (dissent) => dissents.push(dissent),
  });
  return { quorum, dissents };
}

describe('a verified read', () => {
  it('asks as many nodes as the quorum has, each once, and delivers what more than half signed', async () => {
    const network = new FakeNetwork(testSession(5), () => answer('"0x1"'));
    const { quorum } = reader(network);
    const outcome = await quorum.read(network.request(PINNED), 3);
    if (!outcome.ok) throw new Error(outcome.detail);
    expect(outcome.agreed.length).toBe(2);
    expect(new Set(network.asked).size).toBe(3);
    expect(outcome.agreed[0].verified).toBe(true);
  });

  it('is not moved by one liar in three, shuts it out and hands over what proves the lie', async () => {
    const network = new FakeNetwork(testSession(3), (node) => answer(node.id === 'n0' ? '"0xbad"' : '"0x1"'));
    const { quorum, dissents } = reader(network);
    const late: SignedAnswer[] = [];
    const outcome = await quorum.read(network.request({ ...PINNED, onLate: (one) => late.push(one) }), 3);
    if (!outcome.ok) throw new Error(outcome.detail);
    await Promise.resolve();
    expect(outcome.agreed[0].bytes.toString()).toBe(answer('"0x1"'));
    expect(dissents).toHaveLength(1);
    expect(dissents[0]!.minority.node.id).toBe('n0');
    expect(network.scores.of('0021', 'n0').quarantineReason).toBe('lying');
    // Each signed answer has one place, so that each gets one receipt.
    expect(outcome.agreed.length + outcome.spare.length + late.length).toBe(3);
  });

  it('blames nobody where honest nodes may differ', async () => {
    const network = new FakeNetwork(testSession(3), (node) => answer(node.id === 'n0' ? '"0x2"' : '"0x1"'));
    const { quorum, dissents } = reader(network);
    const outcome = await quorum.read(network.request({ method: 'eth_gasPrice' }), 3);
    expect(outcome.ok).toBe(true);
    expect(dissents).toHaveLength(0);
    expect(network.scores.of('0021', 'n0').quarantined(network.nowMs)).toBe(false);
  });

  it('asks further nodes in the place of those that fail', async () => {
    const network = new FakeNetwork(testSession(5), (node) =>
      node.id === 'n0' || node.id === 'n1' ? refusedWith({}) : answer('"0x1"'),
    );
    const outcome = await reader(network).quorum.read(network.request(PINNED), 3);
    expect(outcome.ok).toBe(true);
    expect(outcome.asked).toBeLessThanOrEqual(5);
  });

  it('refuses rather than guess when nodes give as many answers as there are nodes', async () => {
    const network = new FakeNetwork(testSession(5), (node) => answer(`"${node.id}"`));
    const outcome = await reader(network).quorum.read(network.request(PINNED), 3);
    expect(outcome).toMatchObject({ ok: false, failure: 'disagreement' });
    expect(outcome.spare.length).toBe(outcome.asked);
  });

  it('never counts a vote that the node did not sign', async () => {
    const network = new FakeNetwork(testSession(3), () => answer('"0x1"'));
    network.signatureValid = () => false;
    const outcome = await reader(network).quorum.read(network.request(PINNED), 3);
    expect(outcome).toMatchObject({ ok: false, failure: 'upstream', spare: [] });
  });

  it('takes heights for equal that lie within the allowance, and no others', async () => {
    const heights: Record<string, string> = { n0: '"0x10"', n1: '"0x12"', n2: '"0x90"' };
    const network = new FakeNetwork(testSession(3), (node) => answer(heights[node.id]!));
    const { quorum } = reader(network, 4);
    const outcome = await quorum.read(network.request({ method: 'eth_blockNumber' }), 3);
    if (!outcome.ok) throw new Error(outcome.detail);
    expect(outcome.agreed.map((one) => one.node.id).toSorted()).toEqual(['n0', 'n1']);
    expect(outcome.spare.map((one) => one.node.id)).toEqual(['n2']);
  });

  it('delivers the height that most nodes gave, though a lie lies within the allowance', async () => {
    const network = new FakeNetwork(testSession(3), (node) => answer(node.id === 'n0' ? '"0x11"' : '"0x10"'));
    const outcome = await reader(network, 4).quorum.read(network.request({ method: 'eth_blockNumber' }), 3);
    if (!outcome.ok) throw new Error(outcome.detail);
    expect(outcome.agreed[0].bytes.toString()).toBe(answer('"0x10"'));
  });

  it('takes the same error code for agreement, whatever the words', async () => {
    const network = new FakeNetwork(
      testSession(3),
      (node) => `{"jsonrpc":"2.0","id":7,"error":{"code":3,"message":"execution reverted by ${node.id}"}}`,
    );
    expect(await reader(network).quorum.read(network.request(PINNED), 3)).toMatchObject({ ok: true });
  });

  it('says so when every allowance is spent', async () => {
    const network = new FakeNetwork(testSession(3, { allowance: 0 }), () => answer('"0x1"'));
    expect(await reader(network).quorum.read(network.request(PINNED), 3)).toMatchObject({
      ok: false,
      failure: 'exhausted',
      asked: 0,
    });
  });
});

describe('the canonical form of JSON', () => {
  it('is one for all spellings, and keeps what a double would round', () => {
    const form = (text: string): string | null => canonicalJson(Buffer.from(text));
    expect(form('{"b":1,"a":[ 1 , {"d":null,"c":"\\u0041"} ]}')).toBe(form('{"a":[1,{"c":"A","d":null}],"b":1}'));
    expect(form('9007199254740993')).not.toBe(form('9007199254740992'));
    expect(form('{"a":1')).toBeNull();
  });
});

describe('a call that has one right answer', () => {
  it('names its block, or asks for a constant', () => {
    expect(isPinned('eth_chainId', '{}')).toBe(true);
    expect(isPinned('eth_getBalance', '{"params":["0xa","0x5"]}')).toBe(true);
    expect(isPinned('eth_call', '{"params":[{},{"blockHash":"0xab"}]}')).toBe(true);
    expect(isPinned('eth_getBalance', '{"params":["0xa","latest"]}')).toBe(false);
    expect(isPinned('eth_getBalance', '{"params":["0xa"]}')).toBe(false);
    expect(isPinned('eth_gasPrice', '{"params":[]}')).toBe(false);
    expect(isPinned('eth_getBalance', 'no json')).toBe(false);
  });
});
