import { describe, expect, it, vi } from 'vitest';
import { LedgerRefusedError, LedgerUnreachableError } from '#libs/ledger';
import type { DispatchAnswer } from '#libs/protocol';
import type { Session } from '../port.js';
import { APPLICATION } from '../testing/fake-network.js';
import { HeightTracker } from './height-tracker.js';
import { SessionBook, type SessionSource } from './session-book.js';

/** A ledger at `height` with sessions of four blocks. */
function world(o: { maxRelays?: bigint; chains?: string[]; onChain?: boolean } = {}) {
  const state = { height: 1, nowMs: 0, away: null as Error | null, nodes: ['n0', 'n1', 'n2'] };
  const answer = (height = state.height): DispatchAnswer => ({
    block_height: height,
    session: {
      header: {
        app_public_key: APPLICATION.publicKeyHex,
        chain: '0021',
        session_height: Math.floor((height - 1) / 4) * 4 + 1,
      },
      key: '',
      nodes: state.nodes.map((name) => ({
        address: name,
        public_key: name,
        service_url: `http://${name}:80/`,
        chains: ['0021'],
        jailed: false,
        status: 2,
        tokens: '1',
        output_address: '',
        unstaking_time: '',
      })),
    },
  });
  const source = {
    height: vi.fn<() => Promise<number>>(() => Promise.resolve(state.height)),
    dispatch: vi.fn<SessionSource['dispatch']>(() =>
      state.away === null ? Promise.resolve(answer()) : Promise.reject(state.away),
    ),
    application: vi.fn<SessionSource['application']>(() =>
      Promise.resolve(o.onChain === false ? null : { maxRelays: o.maxRelays ?? 30_000n, chains: o.chains ?? ['0021'] }),
    ),
    parameters: vi.fn<SessionSource['parameters']>(() =>
      Promise.resolve({ blocksPerSession: 4, sessionNodeCount: 3, minimumNumberOfProofs: 10 }),
    ),
  } satisfies SessionSource & { height(): Promise<number> };
  const heights = new HeightTracker({ source, pollMs: 1_000_000 });
  const book = new SessionBook({ source, heights, now: () => state.nowMs });
  return { state, answer, source, heights, book };
}

const load = async (found: Session | Promise<Session>): Promise<Session> => found;

describe('SessionBook', () => {
  it('asks once for all who wait, then answers from memory at once', async () => {
    const { book, source } = world();
    const [a, b] = await Promise.all([
      load(book.session(APPLICATION, '0021')),
      load(book.session(APPLICATION, '0021')),
    ]);
    expect(a).toBe(b);
    expect(book.session(APPLICATION, '0021')).toBe(a);
    expect(source.dispatch).toHaveBeenCalledOnce();
    expect(a).toMatchObject({ startHeight: 1, endHeight: 4, minimumProofs: 10 });
    expect(a.nodes.map((node) => [node.url, node.allowance])).toEqual(
      ['n0', 'n1', 'n2'].map((name) => [`http://${name}:80`, 10_000]),
    );
  });

  it('keeps a session by its height, however old it is', async () => {
    const { book, source, state, heights } = world();
    const first = await load(book.session(APPLICATION, '0021'));
    state.nowMs += 86_400_000;
    heights.told(4);
    expect(book.session(APPLICATION, '0021')).toBe(first);
    expect(source.dispatch).toHaveBeenCalledOnce();
  });

  it('loads the next session before anybody asks when the height crosses the boundary', async () => {
    const { book, source, state, heights } = world();
    await load(book.session(APPLICATION, '0021'));
    state.height = 5;
    heights.told(5);
    await vi.waitFor(() => expect(book.session(APPLICATION, '0021')).toMatchObject({ startHeight: 5 }));
    expect(source.dispatch).toHaveBeenCalledTimes(2);
  });

  it('serves from the old session while the ledger is away, and does not ask for each call', async () => {
    const { book, source, state, heights } = world();
    const first = await load(book.session(APPLICATION, '0021'));
    state.away = new LedgerUnreachableError('away');
    heights.told(5);
    await vi.waitFor(() => expect(source.dispatch).toHaveBeenCalledTimes(2));
    expect(await load(book.session(APPLICATION, '0021'))).toBe(first);
    for (let call = 0; call < 50; call += 1) expect(await load(book.session(APPLICATION, '0021'))).toBe(first);
    expect(source.dispatch.mock.calls.length).toBeLessThanOrEqual(3);
    state.nowMs += 300;
    state.away = null;
    state.height = 5;
    expect(await load(book.session(APPLICATION, '0021'))).toMatchObject({ startHeight: 5 });
  });

  it('renews from the ledger, and from a node’s word only when the ledger lags behind it', async () => {
    const { book, state, answer } = world();
    const first = await load(book.session(APPLICATION, '0021'));
    const adopted = await book.renew(first, answer(5));
    expect(adopted).toMatchObject({ startHeight: 5 });
    state.height = 9;
    expect(await book.renew(adopted, answer(5))).toMatchObject({ startHeight: 9 });
  });

  it('does not follow a node that lies about heights, applications or the session grid', async () => {
    const { book, answer } = world();
    const first = await load(book.session(APPLICATION, '0021'));
    const lies: DispatchAnswer[] = [
      answer(1_000_001),
      {
        ...answer(5),
        session: { ...answer(5).session, header: { ...answer(5).session.header, app_public_key: 'cc' } },
      },
      { ...answer(5), session: { ...answer(5).session, header: { ...answer(5).session.header, session_height: 6 } } },
      answer(1),
    ];
    for (const lie of lies) expect((await book.renew(first, lie)).startHeight).toBe(1);
  });

  it('takes no session from the dispatcher that does not belong to the height it tells, and keeps none of it', async () => {
    const { book, source, state, answer } = world();
    state.height = 9;
    source.dispatch.mockResolvedValueOnce({ ...answer(5), block_height: 9 });
    await expect(load(book.session(APPLICATION, '0021'))).rejects.toThrow('does not belong to its height');
    state.nowMs += 300;
    expect(await load(book.session(APPLICATION, '0021'))).toMatchObject({ startHeight: 9 });
  });

  it('keeps what was used of a node when the same session is drawn anew', async () => {
    const { book, state } = world();
    const first = await load(book.session(APPLICATION, '0021'));
    first.nodes[0]!.sent = 12;
    first.nodes[1]!.exhausted = true;
    state.nodes = ['n0', 'n1', 'n9'];
    const again = await book.renew(first, null);
    expect(again.nodes.map((node) => [node.id, node.sent, node.exhausted])).toEqual([
      ['n0', 12, false],
      ['n1', 0, true],
      ['n9', 0, false],
    ]);
  });

  it.each([
    ['is not on chain yet', { onChain: false }, /next session/],
    ['is not staked for the chain', { chains: ['0009'] }, /not staked for this chain/],
    ['buys less than one relay, which would stop a stock node', { maxRelays: 1n }, /no relay/],
  ])('refuses an application that %s', async (_name, options, message) => {
    const { book } = world(options);
    await expect(load(book.session(APPLICATION, '0021'))).rejects.toThrow(message);
  });

  it('tells too few nodes from a ledger that is away', async () => {
    const { book, state } = world();
    state.away = new LedgerRefusedError(17, 'pocketcore', 'too few');
    await expect(load(book.session(APPLICATION, '0021'))).rejects.toMatchObject({ error: 'node_fault' });
    state.away = new LedgerUnreachableError('away');
    await expect(load(book.session(APPLICATION, '0021'))).rejects.toMatchObject({ error: 'local_fault' });
  });

  it('tells what is left of a session', async () => {
    const { book } = world();
    expect(book.left(APPLICATION.publicKeyHex, '0021')).toBe(1);
    const session = await load(book.session(APPLICATION, '0021'));
    session.nodes[0]!.sent = 5_000;
    session.nodes[1]!.exhausted = true;
    expect(book.left(APPLICATION.publicKeyHex, '0021')).toBe(0.5);
  });

  it('forgets sessions that nobody uses', async () => {
    const { book, heights } = world();
    await load(book.session(APPLICATION, '0021'));
    heights.told(40);
    await vi.waitFor(() => expect(book.size).toBe(0));
  });
});

describe('HeightTracker', () => {
  it('believes its ledger in both directions and nodes only a little way ahead', async () => {
    const { heights, state } = world();
    state.height = 100;
    await heights.poll();
    expect(heights.height).toBe(100);
    expect(heights.heard(105)).toBe(true);
    expect(heights.heard(99)).toBe(true);
    expect(heights.height).toBe(105);
    expect(heights.heard(1_000_000)).toBe(false);
    expect(heights.heard(Number.NaN)).toBe(false);
    expect(heights.height).toBe(105);
    heights.told(3);
    expect(heights.height).toBe(3);
  });
});
