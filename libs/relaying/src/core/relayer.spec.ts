import { describe, expect, it } from 'vitest';
import { type RelayHooks, SessionUnavailableError } from '../index.js';
import { FakeNetwork, refusedWith, testSession } from '../testing/fake-network.js';
import { NodeTransportError } from './node-transport.js';

const GOOD = '{"jsonrpc":"2.0","id":7,"result":"0x1"}';
const timeout = (mayHaveRun = true) => new NodeTransportError('timeout', mayHaveRun, 'late');

describe('Relayer', () => {
  it('delivers the first good answer', async () => {
    const network = new FakeNetwork(testSession(3), () => GOOD);
    const outcome = await network.relayer().relay(network.request());
    expect(outcome).toMatchObject({ ok: true, attempts: 1, spare: [], degraded: false });
    expect(network.asked).toHaveLength(1);
  });

  it.each([
    ['an empty answer', ''],
    ['HTML', '<html></html>'],
    ['a cut answer', '{"jsonrpc":"2.0","id":7,"res'],
    ['another id', '{"jsonrpc":"2.0","id":8,"result":1}'],
    ['no answer', timeout()],
    ['a refused connection', new NodeTransportError('unreachable', false, 'refused')],
    ['a refusal', refusedWith({})],
    ['the chain behind it', refusedWith({ error: 'backend_error', mayHaveRun: true })],
  ])('asks another node after %s and blames the first', async (_name, bad) => {
    const network = new FakeNetwork(testSession(3), (_node, attempt) => (attempt === 1 ? bad : GOOD));
    const outcome = await network.relayer().relay(network.request());
    expect(outcome.ok).toBe(true);
    expect(new Set(network.asked).size).toBe(2);
    expect(network.scores.of('0021', network.asked[0] ?? '').success).toBeLessThan(1);
    expect(network.scores.of('0021', network.asked[1] ?? '').success).toBe(1);
  });

  it('gives up after five nodes, so that the one honest node of a session of five is always reached', async () => {
    const network = new FakeNetwork(testSession(6), () => timeout());
    expect(await network.relayer().relay(network.request())).toMatchObject({
      ok: false,
      failure: 'upstream',
      attempts: 5,
    });
    expect(new Set(network.asked).size).toBe(5);
  });

  it('gives up when the deadline leaves no time', async () => {
    const network = new FakeNetwork(testSession(6), () => {
      network.nowMs += 6_000;
      return timeout();
    });
    expect(await network.relayer().relay(network.request())).toMatchObject({
      ok: false,
      failure: 'timeout',
      attempts: 2,
    });
  });

  it('asks the one node there is again, when there is no other', async () => {
    const network = new FakeNetwork(testSession(1), (_node, attempt) => (attempt < 3 ? timeout() : GOOD));
    expect((await network.relayer().relay(network.request())).ok).toBe(true);
  });

  describe('a call that writes', () => {
    it('is not sent again once a node may have run it', async () => {
      for (const bad of [
        timeout(true),
        '<html></html>',
        '',
        refusedWith({ error: 'backend_error', mayHaveRun: true }),
      ]) {
        const network = new FakeNetwork(testSession(3), () => bad);
        const outcome = await network.relayer().relay(network.request({ writing: true }));
        expect(outcome).toMatchObject({ ok: false, failure: 'maybe-run' });
        expect(network.asked).toHaveLength(1);
      }
    });

    it('goes on where no node can have run it', async () => {
      for (const bad of [timeout(false), new NodeTransportError('unreachable', false, 'refused'), refusedWith({})]) {
        const network = new FakeNetwork(testSession(3), (_node, attempt) => (attempt === 1 ? bad : GOOD));
        expect((await network.relayer().relay(network.request({ writing: true }))).ok).toBe(true);
        expect(network.asked).toHaveLength(2);
      }
    });

    it('has "already known" passed through as the chain says it', async () => {
      const known = '{"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"already known"}}';
      const network = new FakeNetwork(testSession(3), () => known);
      const outcome = await network.relayer().relay(network.request({ writing: true }));
      expect(outcome.ok && outcome.answer.bytes.toString()).toBe(known);
      expect(network.asked).toHaveLength(1);
    });
  });

  it('passes the chain’s errors through without a second attempt', async () => {
    const network = new FakeNetwork(
      testSession(3),
      () => '{"jsonrpc":"2.0","id":7,"error":{"code":3,"message":"execution reverted"}}',
    );
    expect((await network.relayer().relay(network.request())).ok).toBe(true);
    expect(network.asked).toHaveLength(1);
  });

  it('asks elsewhere for state a node does not hold, blames nobody, and delivers the honest error when nobody holds it', async () => {
    const pruned = '{"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"missing trie node abc"}}';
    const some = new FakeNetwork(testSession(3), (_node, attempt) => (attempt === 1 ? pruned : GOOD));
    const found = await some.relayer().relay(some.request());
    expect(found.ok && found.answer.bytes.toString()).toBe(GOOD);
    expect(found.spare).toHaveLength(1);
    expect(some.scores.of('0021', some.asked[0] ?? '').success).toBe(1);
    const none = new FakeNetwork(testSession(6), () => pruned);
    const outcome = await none.relayer().relay(none.request());
    expect(outcome.ok && outcome.answer.bytes.toString()).toBe(pruned);
    expect(outcome.spare).toHaveLength(4);
  });

  it('never delivers null for what cannot be null, and lets the node rest that says so', async () => {
    const empty = '{"jsonrpc":"2.0","id":7,"result":null}';
    const network = new FakeNetwork(testSession(5), (node) => (node.id === 'n0' ? empty : GOOD));
    for (let call = 0; call < 60; call += 1) {
      const outcome = await network.relayer().relay(network.request({ method: 'eth_blockNumber' }));
      expect(outcome.ok && outcome.answer.bytes.toString()).toBe(GOOD);
    }
    expect(network.scores.of('0021', 'n0').success).toBeLessThan(1);
    const lookedUp = new FakeNetwork(testSession(5), () => empty);
    const found = await lookedUp.relayer().relay(lookedUp.request({ method: 'eth_getTransactionByHash' }));
    expect(found.ok && found.answer.bytes.toString()).toBe(empty);
    expect(lookedUp.asked).toHaveLength(1);
  });

  it.each(['new-session', 'same-node'] as const)(
    'lets a node rest that denies a session which another node serves, and blames nobody when all do (%s)',
    async (retry) => {
      const stale = refusedWith({ error: 'session_stale', retry });
      const one = new FakeNetwork(testSession(5), (node) => (node.id === 'n0' ? stale : GOOD));
      for (let call = 0; call < 200; call += 1) expect((await one.relayer().relay(one.request())).ok).toBe(true);
      expect(one.asked.filter((id) => id === 'n0').length).toBeLessThanOrEqual(10);
      const all = new FakeNetwork(testSession(5), () => stale);
      await all.relayer().relay(all.request());
      expect(all.current.nodes.map((node) => all.scores.of('0021', node.id).success)).toEqual([1, 1, 1, 1, 1]);
    },
  );

  it('takes a stale session for nobody’s fault: renews, resends, counts no attempt', async () => {
    const network: FakeNetwork = new FakeNetwork(testSession(3), (node) =>
      network.renewals === 0
        ? refusedWith({ error: 'session_stale', retry: 'new-session' })
        : node.id === 'gone'
          ? ''
          : GOOD,
    );
    network.next = testSession(3, { start: 5 });
    const outcome = await network.relayer().relay(network.request());
    expect(outcome).toMatchObject({ ok: true, attempts: 1 });
    expect(network.scores.of('0021', network.asked[0] ?? '').success).toBe(1);
  });

  it('leaves a node that is in another session than everybody for the others', async () => {
    const network = new FakeNetwork(testSession(3), (node) =>
      node.id === 'n0' ? refusedWith({ error: 'session_stale', retry: 'new-session' }) : GOOD,
    );
    expect((await network.relayer().relay(network.request())).ok).toBe(true);
    expect(network.asked.length).toBeLessThanOrEqual(2);
  });

  it('marks a node whose allowance is spent and never asks it again in this session', async () => {
    const session = testSession(2);
    const network = new FakeNetwork(session, (node) => (node.id === 'n0' ? refusedWith({ error: 'exhausted' }) : GOOD));
    const relayer = network.relayer();
    for (let call = 0; call < 10; call += 1) expect((await relayer.relay(network.request())).ok).toBe(true);
    expect(network.asked.filter((name) => name === 'n0').length).toBeLessThanOrEqual(1);
    expect(network.scores.of('0021', 'n0').success).toBe(1);
  });

  it('does not ask a node whose allowance other gateways hold, and blames nobody', async () => {
    const network = new FakeNetwork(testSession(2), () => GOOD);
    network.withheld.add('n0');
    const relayer = network.relayer();
    for (let call = 0; call < 10; call += 1) expect((await relayer.relay(network.request())).ok).toBe(true);
    expect(new Set(network.asked)).toEqual(new Set(['n1']));
    expect(network.scores.of('0021', 'n0').success).toBe(1);
    network.withheld.add('n1');
    expect(await relayer.relay(network.request())).toMatchObject({ ok: false, failure: 'exhausted' });
  });

  it('says so when every allowance is spent, without asking anybody', async () => {
    const network = new FakeNetwork(testSession(2, { allowance: 3 }), () => GOOD);
    const relayer = network.relayer();
    for (let call = 0; call < 6; call += 1) await relayer.relay(network.request());
    expect(await relayer.relay(network.request())).toMatchObject({ ok: false, failure: 'exhausted' });
    expect(network.asked).toHaveLength(6);
    expect(network.current.nodes.map((node) => node.sent)).toEqual([3, 3]);
  });

  it('repeats once on the same node after a duplicate proof or an old height', async () => {
    const network = new FakeNetwork(testSession(3), (_node, attempt) =>
      attempt === 1 ? refusedWith({ error: 'local_fault', retry: 'same-node' }) : GOOD,
    );
    await network.relayer().relay(network.request());
    expect(network.asked[0]).toBe(network.asked[1]);
    const stubborn: FakeNetwork = new FakeNetwork(testSession(3), (node) =>
      node.id === stubborn.asked[0] ? refusedWith({ error: 'session_stale', retry: 'same-node' }) : GOOD,
    );
    expect((await stubborn.relayer().relay(stubborn.request())).ok).toBe(true);
    expect(stubborn.asked).toHaveLength(3);
  });

  it('raises the alarm for our own application’s faults and does not try other nodes', async () => {
    const alarms: string[] = [];
    const hooks: RelayHooks = { onAuthFault: (applicationId) => alarms.push(applicationId) };
    const network = new FakeNetwork(testSession(3), () =>
      refusedWith({ error: 'auth_fault', retry: 'other-application' }),
    );
    expect(await network.relayer(hooks).relay(network.request())).toMatchObject({ ok: false, failure: 'application' });
    expect(network.asked).toHaveLength(1);
    expect(alarms).toHaveLength(1);
  });

  it('verifies inline where asked: a forged answer goes to nobody, the node rests', async () => {
    const network = new FakeNetwork(testSession(3), () => GOOD);
    network.signatureValid = (node) => node.id !== 'n0' && node.id !== 'n1';
    const outcome = await network.relayer().relay(network.request({ verify: true }));
    expect(outcome.ok && outcome.answer).toMatchObject({ verified: true, node: { id: 'n2' } });
    expect(network.scores.of('0021', 'n0').resting(1)).toBe(network.asked.includes('n0'));
  });

  it('refuses a relay that is larger than nodes read', async () => {
    const network = new FakeNetwork(testSession(3), () => GOOD);
    network.prepare = (session, node) =>
      Promise.resolve({ session, node, path: '/', body: Buffer.alloc(1024 * 1024 + 1), token: null });
    expect(await network.relayer().relay(network.request())).toMatchObject({ ok: false, failure: 'too-large' });
    expect(network.asked).toHaveLength(0);
  });

  it('tells a ledger that is away from an application that cannot be used', async () => {
    const network = new FakeNetwork(testSession(3), () => GOOD);
    network.session = () => Promise.reject(new SessionUnavailableError('local_fault', 'away')) as never;
    expect(await network.relayer().relay(network.request())).toMatchObject({ ok: false, failure: 'upstream' });
    network.session = () => Promise.reject(new SessionUnavailableError('auth_fault', 'not staked')) as never;
    expect(await network.relayer().relay(network.request())).toMatchObject({ ok: false, failure: 'application' });
  });

  it('ends when a network only ever refuses for free', async () => {
    const network = new FakeNetwork(testSession(3), () =>
      refusedWith({ error: 'session_stale', retry: 'new-session' }),
    );
    expect((await network.relayer().relay(network.request())).ok).toBe(false);
    expect(network.asked.length).toBeLessThanOrEqual(64);
  });
});
