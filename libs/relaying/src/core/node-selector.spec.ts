import { beforeEach, describe, expect, it } from 'vitest';
import { type Session, SessionNode } from '../port.js';
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

/** A session whose nodes n0, n1, … belong to these operators. */
function operated(operators: readonly string[]): Session {
  const nodes = operators.map((name, index) => new SessionNode(`n${index}`, `http://n${index}`, 10_000, name));
  return { ...testSession(0), nodes };
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

  it('gives no operator more than half while others are in good standing', () => {
    const session = operated(['a', 'a', 'a', 'a', 'b', 'c']);
    const sent = spend(session, 1_000);
    expect(sent.slice(0, 4).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(550);
    expect(Math.min(...sent)).toBeGreaterThan(0);
  });

  it('offers a retry another operator where one is in good standing, else another node of the same', () => {
    const session = operated(['a', 'a', 'b']);
    expect(selector.pick(session, new Set(['n0']))?.node.id).toBe('n2');
    scores.quarantine('0021', 'n2', 'lying');
    expect(selector.pick(session, new Set(['n0']))?.node.id).toBe('n1');
  });

  it('serves with a failing node before one whose answers are wrong', () => {
    const session = testSession(2);
    scores.quarantine('0021', 'n0', 'wrong-chain');
    for (let failure = 0; failure < 9; failure += 1) scores.failed('0021', 'n1');
    expect(selector.pick(session, null)).toMatchObject({ degraded: true, node: { id: 'n1' } });
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
    for (let answer = 0; answer < 3; answer += 1) scores.succeeded('0021', 'n0', 10);
    expect(scores.of('0021', 'n0').resting(nowMs)).toBe(false);
  });

  it('lets a node back on probation and gives the full weight back after five good answers', () => {
    for (let failure = 0; failure < 3; failure += 1) scores.failed('0021', 'n0');
    nowMs += 1_000;
    scores.succeeded('0021', 'n0', 1);
    expect(scores.of('0021', 'n0').weight).toBeLessThan(0.11);
    for (let answer = 0; answer < 4; answer += 1) scores.succeeded('0021', 'n0', 1);
    expect(scores.of('0021', 'n0').weight).toBeGreaterThan(0.4);
  });

  it('quarantines longer when it happens again within the hour, and lifts that of a node that caught up', () => {
    scores.quarantine('0021', 'n0', 'lying');
    expect(scores.of('0021', 'n0').quarantineUntilMs).toBe(900_000);
    nowMs = 901_000;
    scores.quarantine('0021', 'n0', 'lying');
    expect(scores.of('0021', 'n0').quarantineUntilMs - nowMs).toBe(1_800_000);
    scores.vetted('0021', 'n0');
    expect(scores.of('0021', 'n0').quarantined(nowMs)).toBe(true);
    scores.quarantine('0021', 'n1', 'stale');
    scores.vetted('0021', 'n1');
    expect(scores.of('0021', 'n1').quarantined(nowMs)).toBe(false);
  });

  it('shares one circuit between all nodes behind one back end', () => {
    for (let failure = 0; failure < 5; failure += 1) scores.failed('0021', `n${failure}`, 'https://one.example');
    scores.succeeded('0021', 'n9', 5, 'https://one.example');
    expect(scores.of('0021', 'n9').resting(nowMs)).toBe(true);
    expect(scores.of('0009', 'n9').resting(nowMs)).toBe(false);
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
