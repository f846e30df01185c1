import type { AnswerExpectation } from '../core/judge-answer.js';
import { NodeScores } from '../core/node-scores.js';
import { NodeSelector } from '../core/node-selector.js';
import { type NodeReply, type NodeTransport, NodeTransportError } from '../core/node-transport.js';
import { Relayer, type RelayRequest } from '../core/relayer.js';
import type { RelayHooks } from '../hooks.js';
import {
  type ApplicationRef,
  type PreparedRelay,
  type RelayLedgerPort,
  type RelayVerdict,
  type Session,
  SessionNode,
} from '../port.js';

export const APPLICATION: ApplicationRef = {
  id: '00000000-0000-0000-0000-000000000001',
  publicKeyHex: 'aa'.repeat(32),
  addressHex: 'bb'.repeat(20),
  credential: null,
};

/** A session of `count` nodes named n0, n1, … */
export function testSession(
  count: number,
  o: { allowance?: number; minimumProofs?: number; start?: number } = {},
): Session {
  const start = o.start ?? 1;
  return {
    id: `a/0021/${start}`,
    application: APPLICATION,
    chain: '0021',
    startHeight: start,
    endHeight: start + 3,
    minimumProofs: o.minimumProofs ?? 0,
    nodes: Array.from(
      { length: count },
      (_, index) => new SessionNode(`n${index}`, `http://n${index}`, o.allowance ?? 1_000),
    ),
  };
}

const EVIDENCE = {
  entropy: 1n,
  requestHash: Buffer.alloc(32),
  responseHash: Buffer.alloc(32),
  responseHashEscaped: null,
  clientSignature: Buffer.alloc(64),
  nodeSignature: Buffer.alloc(64),
};

/** What a scripted node does with one relay: a verdict, an answer's text, or an error of the way to it. */
export type Behaviour = (node: SessionNode, attempt: number) => RelayVerdict | string | NodeTransportError;

/** The verdict on a refusal. */
export function refusedWith(verdict: Partial<Extract<RelayVerdict, { ok: false }>>): RelayVerdict {
  return { ok: false, error: 'node_fault', retry: 'other-node', mayHaveRun: false, detail: 'scripted', ...verdict };
}

/** A network in memory whose nodes follow a script; records who was asked. */
export class FakeNetwork implements RelayLedgerPort, NodeTransport {
  readonly name = 'fake';
  readonly asked: string[] = [];
  readonly scores: NodeScores;
  readonly selector: NodeSelector;
  current: Session;
  renewals = 0;
  /** Nodes whose allowance other gateways hold. */
  readonly withheld = new Set<string>();
  next: Session | null = null;
  signatureValid: (node: SessionNode) => boolean = () => true;
  nowMs = 0;
  #replies = new Map<string, RelayVerdict | string | NodeTransportError>();

  constructor(
    session: Session,
    private readonly behaviour: Behaviour,
  ) {
    this.current = session;
    this.scores = new NodeScores(() => this.nowMs);
    this.selector = new NodeSelector(this.scores, () => this.nowMs);
  }

  relayer(hooks: RelayHooks = {}): Relayer {
    return new Relayer({
      ledger: this,
      transport: this,
      scores: this.scores,
      selector: this.selector,
      hooks,
      clock: () => this.nowMs,
    });
  }

  /** One call whose answer must carry the id 7. */
  request(o: Partial<RelayRequest> = {}): RelayRequest {
    const expected: AnswerExpectation = { id: '7', versionOptional: false };
    return {
      application: APPLICATION,
      chain: '0021',
      intent: { data: '{}', httpMethod: 'POST', path: '', headers: null },
      expected,
      writing: false,
      verify: false,
      deadlineMs: this.nowMs + 10_000,
      ...o,
    };
  }

  height(): number {
    return this.current.startHeight;
  }

  session(): Session {
    return this.current;
  }

  sessionLeft(): number {
    return 1;
  }

  renew(stale: Session): Promise<Session> {
    this.renewals += 1;
    if (this.next !== null) this.current = this.next;
    return Promise.resolve(this.current === stale ? stale : this.current);
  }

  prepare(session: Session, node: SessionNode): Promise<PreparedRelay> {
    const withheld = this.withheld.has(node.id);
    return Promise.resolve({ session, node, path: '/', body: Buffer.from('relay'), token: null, withheld });
  }

  send(origin: string): Promise<NodeReply> {
    this.asked.push(origin.replace('http://', ''));
    const node = this.current.nodes.find((one) => one.url === origin) ?? new SessionNode('gone', origin, 1);
    const reply = this.behaviour(node, this.asked.length);
    if (reply instanceof NodeTransportError) return Promise.reject(reply);
    this.#replies.set(origin, reply);
    return Promise.resolve({ status: 200, body: Buffer.alloc(0) });
  }

  read(prepared: PreparedRelay): RelayVerdict {
    const reply = this.#replies.get(prepared.node.url);
    if (typeof reply === 'string') return { ok: true, response: reply, evidence: EVIDENCE };
    if (reply === undefined || reply instanceof NodeTransportError) throw new Error('no reply was scripted');
    return reply;
  }

  verify(prepared: PreparedRelay): boolean {
    return this.signatureValid(prepared.node);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
