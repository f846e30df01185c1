import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../port.js';
import { testSession } from '../testing/fake-network.js';
import { NodeScores } from './node-scores.js';
import { NodeSelector } from './node-selector.js';

let nowMs: number;
let scores: NodeScores;
let selector: NodeSelector;

beforeEach(() => {
  nowMs = 0;
  scores = new NodeScores(() => nowMs);
  selector = new NodeSelector(scores, () => nowMs);
});

/** Sends `count` relays and tells how many each node got. */
function spend(session: Session, count: number): number[] {
  for (let relay = 0; relay < count; relay += 1) {
    const pick = selector.pick(session, null);
    if (pick !== null) pick.node.sent += 1;
  }
  return session.nodes.map((node) => node.sent);
}

describe('NodeSelector', () => {
  it('spreads evenly over nodes of equal standing', () => {
    expect(spend(testSession(5), 1_000)).toEqual([200, 200, 200, 200, 200]);
  });

  it('sends less to slow and to failing nodes, but something to each', () => {
    for (let call = 0; call < 30; call += 1) scores.succeeded('0021', 'n1', 400);
    scores.failed('0021', 'n2');
    scores.failed('0021', 'n2');
    const [fast = 0, slow = 0, failing = 0] = spend(testSession(3), 1_000);
    expect(fast).toBeGreaterThan(3 * slow);
    expect(failing).toBeLessThan(fast);
    expect(Math.min(slow, failing)).toBeGreaterThan(0);
  });

  it('fills one node to the minimum number of proofs before it opens the next', () => {
    const session = testSession(5, { minimumProofs: 10 });
    const opened = new Set<number>();
    for (let relay = 1; relay <= 50; relay += 1) {
      opened.add(spend(session, 1).filter((sent) => sent > 0).length);
      const unpaid = session.nodes.filter((node) => node.sent > 0 && node.sent < 10);
      expect(unpaid.length).toBeLessThanOrEqual(1);
    }
    expect(session.nodes.map((node) => node.sent)).toEqual([10, 10, 10, 10, 10]);
    expect(Math.max(...spend(session, 500)) - Math.min(...spend(session, 0))).toBeLessThan(10);
  });

  it('never overdraws an allowance', () => {
    const session = testSession(3, { allowance: 7 });
    expect(spend(session, 100)).toEqual([7, 7, 7]);
    expect(selector.pick(session, null)).toBeNull();
  });

  it('leaves resting nodes out, and takes the least bad when all are resting', () => {
    const session = testSession(3);
    for (const node of ['n0', 'n1']) for (let failure = 0; failure < 3; failure += 1) scores.failed('0021', node);
    expect(spend(session, 30)).toEqual([0, 0, 30]);
    for (let failure = 0; failure < 5; failure += 1) scores.failed('0021', 'n2');
    selector.changed(session);
    const pick = selector.pick(session, null);
    expect(pick?.degraded).toBe(true);
    expect(['n0', 'n1']).toContain(pick?.node.id);
  });

  it('gives a rested node traffic again', () => {
    const session = testSession(2);
    for (let failure = 0; failure < 3; failure += 1) scores.failed('0021', 'n0');
    selector.changed(session);
    expect(spend(session, 20)[0]).toBe(0);
    nowMs += 5_000;
    expect(spend(session, 600)[0]).toBeGreaterThan(0);
  });

  it('offers a retry nodes that were not tried, then anything that is left', () => {
    const session = testSession(3);
    expect(selector.pick(session, new Set(['n0', 'n2']))?.node.id).toBe('n1');
    expect(selector.pick(session, new Set(['n0', 'n1', 'n2']))).not.toBeNull();
  });
});

describe('NodeScores', () => {
  it('lets a node rest longer with each failure in a row and forgives on success', () => {
    const rests: number[] = [];
    for (let failure = 0; failure < 12; failure += 1) {
      scores.failed('0021', 'n0');
      rests.push(scores.of('0021', 'n0').restUntilMs - nowMs);
    }
    expect(rests.slice(0, 6)).toEqual([0, 0, 500, 1_000, 2_000, 4_000]);
    expect(Math.max(...rests)).toBe(60_000);
    scores.succeeded('0021', 'n0', 10);
    expect(scores.of('0021', 'n0').resting(nowMs)).toBe(false);
  });

  it('keeps chains apart', () => {
    scores.forged('0021', 'n0');
    expect(scores.of('0009', 'n0').success).toBe(1);
  });

  it('remembers a bounded number of nodes', () => {
    for (let node = 0; node < 10_050; node += 1) scores.of('0021', `x${node}`).success = 0.5;
    expect(scores.of('0021', 'x0').success).toBe(1);
    expect(scores.of('0021', 'x10049').success).toBe(0.5);
  });
});
