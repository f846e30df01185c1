import { LoadGate } from '../health/load-gate.js';
import { describe, expect, it } from 'vitest';
import { chainByAny } from '#libs/chains';
import { DEFAULT_FRAME_LIMITS } from '#libs/jsonrpc';
import { MemoryDailyLimiter, MemoryQuotaStore } from '#libs/quota';
import { JournalWriteError, type Receipt } from '#libs/receipts';
import type { QuorumOutcome, RelayOutcome, RelayRequest, Relayer, SignedAnswer } from '#libs/relaying';
import { createLogger } from '#libs/telemetry';
import type { EndpointSnapshot } from '#libs/tenancy';
import { CallServer, type ReceiptSink } from './call-server.js';
import { FrameServer } from './frame-server.js';

const DAY_MS = Date.UTC(2026, 10, 21, 12);
const aat = { version: '0.0.1', app_pub_key: 'a', client_pub_key: 'b', signature: 'c' };
const application = (applicationId: string, dailyRelaysMax = 100) => ({
  applicationId,
  publicKeyHex: applicationId,
  addressHex: applicationId,
  aat,
  chains: ['0021'],
  stakedUpokt: 1n,
  dailyRelaysMax,
  active: true,
});

function world(o: {
  relay: (request: RelayRequest) => RelayOutcome;
  applications?: ReturnType<typeof application>[];
  flushed?: () => Promise<void>;
  answerStyle?: 'wallet' | 'strict';
  sessionLeft?: (application: string) => number;
  accepting?: boolean;
  /** A verified read of so many nodes, and how it ends. */
  quorum?: { size: number; read: (request: RelayRequest) => QuorumOutcome };
}) {
  const receipts: Receipt[] = [];
  const store = new MemoryQuotaStore();
  const limiter = new MemoryDailyLimiter({ now: () => DAY_MS, store });
  const journal: ReceiptSink = {
    accepting: o.accepting ?? true,
    append: (receipt) => void receipts.push(receipt),
    flushed: o.flushed ?? (() => Promise.resolve()),
  };
  const relayer = {
    clock: () => 0,
    sessionLeft: (one: { publicKeyHex: string }) => o.sessionLeft?.(one.publicKeyHex) ?? 1,
    relay: (request: RelayRequest) => Promise.resolve(o.relay(request)),
  } as unknown as Relayer;
  const calls = new CallServer({
    relayer,
    quorum: { read: (request) => Promise.resolve(o.quorum!.read(request)) },
    limiter,
    journal,
    logger: createLogger({ app: 'test', level: 'silent' }),
    observer: { callEnded: () => undefined },
    deadlineMs: 1_000,
    load: new LoadGate({ callsMax: 100, sharedCalls: 50 }),
    now: () => DAY_MS,
  });
  const frames = new FrameServer({ calls, limits: DEFAULT_FRAME_LIMITS, batchConcurrency: 4, docsUrl: 'http://d' });
  const endpoint: EndpointSnapshot = {
    endpointId: 'e',
    tenantId: 't',
    keyId: 'k',
    status: 'active',
    suspendedReason: null,
    answerStyle: o.answerStyle ?? 'wallet',
    verifyInline: false,
    chains: null,
    applications: o.applications ?? [application('one')],
  };
  const caller = { endpoint, chain: chainByAny('eth')!, ...(o.quorum ? { quorum: o.quorum.size } : {}) };
  const send = async (body: string) => {
    const reply = await frames.serve(caller, Buffer.from(body), 'ab'.repeat(16));
    return {
      status: reply.status,
      body: reply.bytes === null ? null : (JSON.parse(reply.bytes.toString()) as unknown),
    };
  };
  return { send, receipts, used: (id = 'one') => store.used(id, '2026-11-21') };
}

/** The answer of a node, with whatever id was asked for. */
function answered(request: RelayRequest): RelayOutcome {
  const text = `{"id":${request.expected.id},"jsonrpc":"2.0","result":"0x1"}`;
  const idLength = String(request.expected.id).length;
  return {
    ok: true,
    attempts: 1,
    degraded: false,
    spare: [],
    answer: {
      bytes: Buffer.from(text),
      scan: { ok: true, id: { start: 6, end: 6 + idLength }, error: null, result: { start: 0, end: 0 } },
      session: { startHeight: 5, application: request.application } as never,
      node: { id: 'node' } as never,
      evidence: {} as never,
      verified: false,
      durationUs: 1,
      bytesIn: 1,
    },
  };
}

const failed = (failure: Extract<RelayOutcome, { ok: false }>['failure']): RelayOutcome => ({
  ok: false,
  failure,
  detail: 'd',
  spare: [],
  attempts: 2,
});

const CALL = '{"jsonrpc":"2.0","id":"x","method":"eth_call"}';

describe('CallServer', () => {
  it('charges one unit and writes one receipt for an answer', async () => {
    const { send, receipts, used } = world({ relay: answered });
    expect(await send(CALL)).toEqual({ status: 200, body: { id: 'x', jsonrpc: '2.0', result: '0x1' } });
    expect(receipts).toMatchObject([
      {
        method: 'eth_call',
        chain: 'eth-mainnet',
        day: '2026-11-21',
        billable: true,
        purpose: 'client',
        session: { chain: '0021', sessionHeight: 5 },
      },
    ]);
    expect(used()).toBe(1);
  });

  it.each(['upstream', 'timeout', 'exhausted', 'too-large', 'maybe-run', 'application'] as const)(
    'gives the unit back and writes nothing after %s',
    async (failure) => {
      const { send, receipts, used } = world({ relay: () => failed(failure) });
      const { body } = await send(CALL);
      expect(body).toMatchObject({ id: 'x', error: { data: { requestId: 'ab'.repeat(16) } } });
      expect([receipts.length, used()]).toEqual([0, 0]);
    },
  );

  it('lets no answer leave whose receipt is not in the journal', async () => {
    const { send, used } = world({ relay: answered, flushed: () => Promise.reject(new Error('disk full')) });
    expect((await send(CALL)).body).toMatchObject({ id: 'x', error: { code: -32603, data: { reason: 'internal' } } });
    expect(used()).toBe(0);
  });

  it('asks to try again when the disk has no room for the receipt, and warns where a node may have run the call', async () => {
    const { send, used } = world({ relay: answered, flushed: () => Promise.reject(new JournalWriteError('ENOSPC')) });
    expect((await send(CALL)).body).toMatchObject({ id: 'x', error: { code: -32005, data: { reason: 'busy' } } });
    const write = '{"jsonrpc":"2.0","id":"x","method":"eth_sendRawTransaction","params":["0x00"]}';
    expect((await send(write)).body).toMatchObject({ error: { data: { reason: 'upstream', mayHaveRun: true } } });
    expect(used()).toBe(0);
  });

  it('sends no relay while receipts cannot be taken', async () => {
    let sent = 0;
    const { send, used } = world({
      accepting: false,
      relay: (request) => {
        sent += 1;
        return answered(request);
      },
    });
    expect((await send(CALL)).body).toMatchObject({ error: { data: { reason: 'busy' } } });
    expect([sent, used()]).toEqual([0, 0]);
  });

  it('goes to the next application when one is spent or cannot be used, and charges the one that served', async () => {
    const { send, used } = world({
      applications: [application('spent', 0), application('broken'), application('good', 50)],
      relay: (request) => (request.application.id === 'broken' ? failed('application') : answered(request)),
    });
    expect((await send(CALL)).body).toMatchObject({ result: '0x1' });
    expect([used('spent'), used('broken'), used('good')]).toEqual([0, 0, 1]);
  });

  it('draws on several applications evenly', async () => {
    const { send, used } = world({ applications: [application('a'), application('b')], relay: answered });
    for (let call = 0; call < 20; call += 1) await send(CALL);
    expect([used('a'), used('b')]).toEqual([10, 10]);
  });

  it('spares an application whose session is nearly used up', async () => {
    const { send, used } = world({
      applications: [application('tired'), application('fresh')],
      relay: answered,
      sessionLeft: (name) => (name === 'tired' ? 0.05 : 1),
    });
    for (let call = 0; call < 20; call += 1) await send(CALL);
    expect([used('tired'), used('fresh')]).toEqual([0, 20]);
  });

  it('counts relays that were sent but not delivered as cost, not as billable', async () => {
    const { send, receipts } = world({
      relay: (request) => {
        const outcome = answered(request);
        return outcome.ok ? { ...outcome, spare: [outcome.answer] } : outcome;
      },
    });
    await send(CALL);
    expect(receipts.map((receipt) => [receipt.purpose, receipt.billable])).toEqual([
      ['retry', false],
      ['client', true],
    ]);
  });

  it('runs a notification and answers nothing', async () => {
    const { send, receipts } = world({ relay: answered });
    expect(await send('{"jsonrpc":"2.0","method":"eth_call"}')).toEqual({ status: 204, body: null });
    expect(receipts).toHaveLength(1);
  });

  it('answers by the style of the endpoint', async () => {
    const strict = world({ relay: () => failed('timeout'), answerStyle: 'strict' });
    expect((await strict.send(CALL)).status).toBe(504);
    const wallet = world({ relay: () => failed('timeout') });
    expect((await wallet.send(CALL)).status).toBe(200);
  });
});

describe('a verified read', () => {
  const answers = (request: RelayRequest): SignedAnswer[] =>
    ['n1', 'n2', 'n3'].map((id) => {
      const outcome = answered(request);
      if (!outcome.ok) throw new Error('unreachable');
      return { ...outcome.answer, node: { id } as never, purpose: 'quorum' as const };
    });

  it('charges the answers it was decided by, and gives the rest of its units back', async () => {
    const { send, receipts, used } = world({
      relay: answered,
      quorum: {
        size: 3,
        read: (request) => {
          const [first, second, third] = answers(request) as [SignedAnswer, SignedAnswer, SignedAnswer];
          return { ok: true, agreed: [first, second], spare: [third], asked: 3 };
        },
      },
    });
    expect((await send(CALL)).body).toMatchObject({ id: 'x', result: '0x1' });
    expect(receipts.map(({ purpose, billable }) => [purpose, billable])).toEqual([
      ['quorum', false],
      ['client', true],
      ['quorum', true],
    ]);
    expect(used()).toBe(2);
  });

  it('that nodes do not agree on is refused, costs the caller nothing, and keeps its receipts', async () => {
    const { send, receipts, used } = world({
      relay: answered,
      quorum: {
        size: 3,
        read: (request) => ({ ok: false, failure: 'disagreement', detail: 'd', spare: answers(request), asked: 3 }),
      },
    });
    expect((await send(CALL)).body).toMatchObject({ error: { code: -32002, data: { agreed: false } } });
    expect(receipts.every(({ billable }) => !billable)).toBe(true);
    expect(receipts).toHaveLength(3);
    expect(used()).toBe(0);
  });

  it('is never made of a call that writes', async () => {
    const { send, receipts } = world({
      relay: answered,
      quorum: { size: 3, read: () => Promise.reject(new Error('was polled')) as never },
    });
    await send(CALL.replace('eth_call', 'eth_sendRawTransaction'));
    expect(receipts.map(({ purpose }) => purpose)).toEqual(['client']);
  });
});
