import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../port.js';
import { FakeNetwork, testSession } from '../testing/fake-network.js';
import { NodeScores } from './node-scores.js';
import { type Closure, NodeSelector } from './node-selector.js';
import { NodeTransportError } from './node-transport.js';

let scores: NodeScores;
let selector: NodeSelector;
const closures = new Map<string, Closure>();

beforeEach(() => {
  closures.clear();
  scores = new NodeScores(() => 0);
  selector = new NodeSelector(
    scores,
    () => 0,
    (_chain, node) => closures.get(node.id) ?? null,
  );
});

function close(nodeIds: readonly string[], mode: Closure['mode'] = 'cordon'): void {
  for (const nodeId of nodeIds) closures.set(nodeId, { mode });
  selector.closuresChanged();
}

function spend(session: Session, count: number): number[] {
  const before = session.nodes.map((node) => node.sent);
  for (let relay = 0; relay < count; relay += 1) {
    const pick = selector.pick(session, null);
    if (pick !== null) pick.node.sent += 1;
  }
  return session.nodes.map((node, index) => node.sent - (before[index] ?? 0));
}

describe('a node that operators closed', () => {
  it('gets no relay from the next pick on, and gets them again when it is opened', () => {
    const session = testSession(3);
    spend(session, 30);
    close(['n1']);
    expect(spend(session, 100)).toEqual([50, 0, 50]);
    closures.clear();
    selector.closuresChanged();
    expect(spend(session, 90)).toEqual([30, 30, 30]);
  });

  it('is not asked again by retries while another node can be', () => {
    const session = testSession(3);
    close(['n2']);
    expect(selector.pick(session, new Set(['n0']))?.node.id).toBe('n1');
  });

  it('serves, marked as degraded, when nobody else is left', () => {
    const session = testSession(3);
    close(['n0', 'n1', 'n2']);
    for (let relay = 0; relay < 20; relay += 1) expect(selector.pick(session, null)).toMatchObject({ degraded: true });
    scores.quarantine('0021', 'n0', 'lying');
    selector.changed(session);
    close(['n1', 'n2']);
    closures.delete('n0');
    selector.closuresChanged();
    // A node that lies is worse than one that is merely closed.
    expect(selector.pick(session, null)?.node.id).not.toBe('n0');
  });

  it('comes after nodes that merely fail', () => {
    const session = testSession(2);
    for (let call = 0; call < 4; call += 1) scores.failed('0021', 'n0');
    close(['n1']);
    expect(selector.pick(session, null)).toMatchObject({ node: { id: 'n0' }, degraded: true });
  });

  it('is filled to the number that makes it payable while it drains, and not while it is cordoned', () => {
    const session = testSession(2, { minimumProofs: 10 });
    const [first] = session.nodes;
    spend(session, 4);
    expect(first?.sent).toBe(4);
    close(['n0'], 'drain');
    expect(spend(session, 30)).toEqual([6, 24]);
    close(['n1'], 'drain');
    closures.delete('n0');
    selector.closuresChanged();
    expect(spend(session, 10)).toEqual([10, 0]);
  });

  it('says why it gets nothing', () => {
    const session = testSession(5, { allowance: 40 });
    const [, , spent] = session.nodes;
    spent!.exhausted = true;
    close(['n0']);
    close(['n1'], 'drain');
    scores.quarantine('0021', 'n3', 'stale');
    expect(selector.candidates(session).map(({ verdict, reason, share }) => [verdict, reason, share])).toEqual([
      ['cordoned', null, 0],
      ['draining', null, 0],
      ['spent', null, 0],
      ['quarantined', 'stale', 0],
      ['usable', null, 1],
    ]);
  });
});

describe('the story of a call', () => {
  it('names each relay that gave no answer, in order, and costs a call answered at once nothing', async () => {
    const good = '{"jsonrpc":"2.0","id":7,"result":"0x1"}';
    const network = new FakeNetwork(testSession(3), (_node, attempt) =>
      attempt === 1 ? '' : attempt === 2 ? new NodeTransportError('timeout', true, 'late') : good,
    );
    const outcome = await network.relayer().relay(network.request());
    expect(outcome.failed?.map((one) => [one.node.id, one.outcome])).toEqual([
      [network.asked[0], 'node_fault'],
      [network.asked[1], 'node_fault'],
    ]);
    const quick = new FakeNetwork(testSession(3), () => good);
    expect(await quick.relayer().relay(quick.request())).not.toHaveProperty('failed');
  });
});
