import { describe, expect, it } from 'vitest';
import type { SessionNode } from '../port.js';
import { type Behaviour, FakeNetwork, testSession } from '../testing/fake-network.js';
import { ExtraRelays } from './extra-relays.js';
import { HedgeDelays, methodKind } from './hedge-delays.js';
import type { NodeReply } from './node-transport.js';
import { type RelayRequest, Relayer } from './relayer.js';
import type { SignedAnswer } from './signed-answer.js';

const GOOD = '{"jsonrpc":"2.0","id":7,"result":"0x1"}';

/** A network in which the first node asked answers only when told to. */
class SlowNetwork extends FakeNetwork {
  #release: (() => void) | null = null;
  readonly late: SignedAnswer[] = [];

  override send(origin: string): Promise<NodeReply> {
    const reply = super.send(origin);
    if (this.asked.length > 1) return reply;
    return new Promise((resolve) => (this.#release = () => resolve(reply)));
  }

  release(): void {
    this.#release?.();
  }

  call(extra: ExtraRelays, o: Partial<RelayRequest> = {}) {
    const hedges = new HedgeDelays();
    hedges.delayMs = () => 1;
    const { scores, selector } = this;
    const relayer = new Relayer({ ledger: this, transport: this, scores, selector, hedges, extra, clock: () => 0 });
    return relayer.relay(this.request({ method: 'eth_call', onLate: (answer) => void this.late.push(answer), ...o }));
  }
}

const network = (behaviour: Behaviour = () => GOOD): SlowNetwork => new SlowNetwork(testSession(3), behaviour);

describe('hedging', () => {
  it('asks another operator when the first node takes long, delivers the first answer and hands the later one over', async () => {
    const slow = network();
    const outcome = await slow.call(new ExtraRelays());
    expect(outcome).toMatchObject({ ok: true, attempts: 1 });
    expect(new Set(slow.asked).size).toBe(2);
    expect(outcome.ok && outcome.answer.node.id).toBe(slow.asked[1]);
    slow.release();
    await expect.poll(() => slow.late).toHaveLength(1);
    expect(slow.late[0]).toMatchObject({ purpose: 'hedge', node: { id: slow.asked[0] } });
  });

  it('waits for the first node when the second answers badly', async () => {
    const slow = network((_node: SessionNode, attempt) => (attempt === 2 ? '<html>' : GOOD));
    const call = slow.call(new ExtraRelays());
    await expect.poll(() => slow.asked.length).toBe(2);
    slow.release();
    const outcome = await call;
    expect(outcome.ok && outcome.answer.node.id).toBe(slow.asked[0]);
    expect(slow.asked).toHaveLength(2);
  });

  it('never hedges a call that writes, nor without budget', async () => {
    for (const [extra, o] of [
      [new ExtraRelays(), { writing: true }],
      [spent(), {}],
    ] as const) {
      const slow = network();
      const call = slow.call(extra, o);
      await expect.poll(() => slow.asked.length).toBe(1);
      slow.release();
      expect((await call).ok).toBe(true);
      expect(slow.asked).toHaveLength(1);
    }
  });
});

function spent(): ExtraRelays {
  const extra = new ExtraRelays();
  while (extra.hedge());
  return extra;
}

describe('ExtraRelays', () => {
  it('of share 0 never hedges and never rations a retry', () => {
    const none = new ExtraRelays(0);
    for (let call = 0; call < 1_000; call += 1) {
      none.earned();
      expect(none.hedge()).toBe(false);
      expect(none.retry()).toBe(true);
    }
  });

  it('keeps hedges to a tenth of the calls', () => {
    const extra = spent();
    let hedges = 0;
    for (let call = 0; call < 1_000; call += 1) {
      extra.earned();
      if (extra.hedge()) hedges += 1;
    }
    expect(hedges).toBeGreaterThan(95);
    expect(hedges).toBeLessThanOrEqual(100);
  });

  it('lets retries overdraw a little, then rations them', () => {
    const extra = spent();
    let free = 0;
    while (extra.retry()) free += 1;
    expect(free).toBeGreaterThan(40);
    expect(free).toBeLessThanOrEqual(50);
    expect(extra.hedge()).toBe(false);
  });
});

describe('HedgeDelays', () => {
  it('follows the quantile per chain and kind of method, in whole milliseconds', () => {
    const delays = new HedgeDelays(0.95);
    expect(delays.delayMs('0021', 'eth_call')).toBeNull();
    for (let call = 0; call < 640; call += 1) delays.observe('0021', 'eth_call', call % 100 < 90 ? 20 : 500);
    const delay = delays.delayMs('0021', 'eth_getBalance') ?? 0;
    expect(delay).toBeGreaterThanOrEqual(500);
    expect(delay).toBeLessThan(700);
    expect(Number.isInteger(delay)).toBe(true);
    expect(delays.delayMs('0021', 'eth_getLogs')).toBeNull();
    expect(delays.delayMs('0009', 'eth_call')).toBeNull();
  });

  it('never hedges earlier than a caller would notice', () => {
    const delays = new HedgeDelays();
    for (let call = 0; call < 64; call += 1) delays.observe('0021', 'eth_call', 0.3);
    expect(delays.delayMs('0021', 'eth_call')).toBe(10);
  });

  it('tells kinds of methods apart', () => {
    expect(['eth_blockNumber', 'eth_call', 'eth_getLogs', 'debug_traceCall', 'getSlot'].map(methodKind)).toEqual([
      'head',
      'state',
      'logs',
      'trace',
      'other',
    ]);
  });
});
