import { judgeAnswer } from '../core/judge-answer.js';
import { parseQuantity } from '../core/chain-views.js';
import type { NodeScores } from '../core/node-scores.js';
import type { NodeSelector } from '../core/node-selector.js';
import { type NodeTransport, NodeTransportError } from '../core/node-transport.js';
import { DEFAULT_RELAY_LIMITS, type RelayLimits, type RelayRequest } from '../core/relayer.js';
import type { SignedAnswer } from '../core/signed-answer.js';
import type { RelayHooks } from '../hooks.js';
import { type RelayLedgerPort, type Session, type SessionNode, SessionUnavailableError } from '../port.js';
import { canonicalJson } from './canonical-json.js';
import { isPinned } from './pinned-calls.js';

/** Nodes that one verified read may ask beyond its quorum, when some fail or disagree. */
const EXTRA_ASKS_MAX = 2;
/** Most nodes that one read can be put to; a session has 24 at most, and each answer costs stake. */
export const QUORUM_MAX = 5;

/** Two nodes' equal answers, and a third's that both contradict. */
export interface Dissent {
  readonly majority: readonly [SignedAnswer, SignedAnswer];
  readonly minority: SignedAnswer;
}

/** How a verified read ended. */
export type QuorumOutcome =
  | {
      readonly ok: true;
      /** The answers that agree, more than half of the quorum; the first is delivered. */
      readonly agreed: readonly [SignedAnswer, ...SignedAnswer[]];
      /** Signed answers that were not part of the decision; they cost stake all the same. */
      readonly spare: readonly SignedAnswer[];
      readonly asked: number;
    }
  | {
      readonly ok: false;
      readonly failure: 'disagreement' | 'upstream' | 'timeout' | 'exhausted' | 'application';
      /** For logs and for the message; holds no payload and no address. */
      readonly detail: string;
      readonly spare: readonly SignedAnswer[];
      readonly asked: number;
    };

export interface QuorumReaderOptions {
  readonly ledger: RelayLedgerPort;
  readonly transport: NodeTransport;
  readonly scores: NodeScores;
  readonly selector: NodeSelector;
  /** Heights that lie no further apart agree; 0 where nothing is known of the chain. */
  readonly heightAllowanceBlocks?: (chain: string) => number;
  /** Told of a proven lie: the call had one right answer, and two nodes signed another. */
  readonly onDissent?: (dissent: Dissent) => void;
  readonly limits?: Partial<RelayLimits>;
  readonly hooks?: RelayHooks;
  /** Monotonic milliseconds with fractions. */
  readonly clock?: () => number;
}

/** Answers that say the same. */
interface Party {
  readonly answers: SignedAnswer[];
  canonical?: string | null;
}

/**
 * Verified reads: the same question to several nodes of the session, of different operators where there are enough; the answer
 * that more than half of the quorum signed is delivered. Every signature is checked first.
 *
 * What cannot be decided is refused, never guessed. A node that contradicts the majority on a call that has one right answer
 * is shut out and reported.
 */
export class QuorumReader {
  readonly #o: QuorumReaderOptions;
  readonly #limits: RelayLimits;
  readonly #clock: () => number;

  constructor(options: QuorumReaderOptions) {
    this.#o = options;
    this.#limits = { ...DEFAULT_RELAY_LIMITS, ...options.limits };
    this.#clock = options.clock ?? (() => performance.now());
  }

  /**
   * @param request a call that only reads; `onLate` takes answers that come after the decision.
   * @param quorum nodes asked at once, 2 to {@link QUORUM_MAX}; more than half must agree.
   */
  async read(request: RelayRequest, quorum: number): Promise<QuorumOutcome> {
    let session: Session;
    try {
      session = await this.#o.ledger.session(request.application, request.chain);
    } catch (error) {
      if (!(error instanceof SessionUnavailableError)) throw error;
      const failure = error.error === 'auth_fault' ? ('application' as const) : ('upstream' as const);
      return { ok: false, failure, detail: error.message, spare: [], asked: 0 };
    }
    return new Poll(this.#o, this.#limits, this.#clock, request, session, quorum).run();
  }
}

/** One read under way. */
class Poll {
  readonly #parties: Party[] = [];
  readonly #asked = new Set<string>();
  #pending = 0;
  #lastDetail = 'no node could be asked';
  #decided: Party | null = null;
  #ended = false;
  #resolve: (outcome: QuorumOutcome) => void = () => undefined;

  constructor(
    private readonly o: QuorumReaderOptions,
    private readonly limits: RelayLimits,
    private readonly clock: () => number,
    private readonly request: RelayRequest,
    private readonly session: Session,
    private readonly quorum: number,
  ) {}

  run(): Promise<QuorumOutcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => this.#end('timeout', this.#lastDetail),
        Math.max(0, this.request.deadlineMs - this.clock()),
      );
      this.#resolve = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      for (let index = 0; index < this.quorum; index += 1) this.#ask();
      if (this.#pending === 0) this.#end('exhausted', "the session's allowance is spent");
    });
  }

  /** Asks one more node, of an operator that was not asked where there is one. Returns whether there was one. */
  #ask(): boolean {
    const { selector } = this.o;
    const pick = selector.pick(this.session, this.#asked);
    if (pick === null || this.#asked.has(pick.node.id)) return false;
    this.#asked.add(pick.node.id);
    this.#pending += 1;
    this.#exchange(pick.node)
      .catch((error: unknown) => {
        // Only a defect of ours gets here; the read goes on with the other nodes.
        this.#lastDetail = error instanceof Error ? error.name : 'unknown';
        return null;
      })
      .then((answer) => {
        this.#pending -= 1;
        this.#heard(answer);
      })
      .catch(() => undefined);
    return true;
  }

  async #exchange(node: SessionNode): Promise<SignedAnswer | null> {
    const { ledger, transport, scores, selector, hooks } = this.o;
    const { request, session } = this;
    const prepared = await ledger.prepare(session, node, request.intent);
    const startedMs = this.clock();
    const leftMs = request.deadlineMs - startedMs;
    if (leftMs <= 0) return null;
    node.sent += 1;
    const failed = (detail: string, blame: boolean): null => {
      this.#lastDetail = detail;
      hooks?.onAttempt?.(request.chain, blame ? 'node_fault' : 'session_stale', this.clock() - startedMs);
      if (blame && scores.failed(request.chain, node.id, node.url)) selector.changed(session);
      return null;
    };
    if (prepared.withheld === true) {
      node.exhausted = true;
      selector.changed(session);
      return failed("the node's allowance is spent", false);
    }
    let reply;
    try {
      reply = await transport.send(node.url, prepared.path, prepared.body, {
        timeoutMs: Math.min(leftMs, this.limits.attemptTimeoutMs),
        bytesMax: this.limits.answerBytesMax,
      });
    } catch (error) {
      if (!(error instanceof NodeTransportError)) throw error;
      return failed(error.fault, error.fault !== 'closed');
    }
    const verdict = ledger.read(prepared, reply.status, reply.body);
    if (!verdict.ok) {
      if (verdict.error === 'exhausted') {
        node.exhausted = true;
        selector.changed(session);
      }
      return failed(verdict.detail, verdict.error === 'node_fault' || verdict.error === 'backend_error');
    }
    const judgement = judgeAnswer(verdict.response, request.expected);
    if (judgement.kind === 'bad') return failed(judgement.detail, true);
    if (!ledger.verify(prepared, verdict.response, verdict.evidence)) {
      scores.forged(request.chain, node.id);
      selector.changed(session);
      hooks?.onForged?.(node.id, request.chain);
      hooks?.onAttempt?.(request.chain, 'node_forged', this.clock() - startedMs);
      this.#lastDetail = 'a node signed wrongly';
      return null;
    }
    const durationMs = this.clock() - startedMs;
    const answer: SignedAnswer = {
      bytes: judgement.bytes,
      scan: judgement.scan,
      session,
      node,
      evidence: verdict.evidence,
      verified: true,
      durationUs: Math.max(0, Math.round(durationMs * 1_000)),
      bytesIn: request.intent.data.length,
      purpose: 'quorum',
    };
    hooks?.onAttempt?.(request.chain, judgement.kind === 'poor' ? 'backend_error' : 'ok', durationMs);
    if (judgement.kind === 'poor') {
      // It has no vote, but it was signed and costs a relay.
      this.#lastDetail = judgement.detail;
      this.#withoutVote.push(answer);
      if (this.#ended) request.onLate?.(answer);
      return null;
    }
    scores.succeeded(request.chain, node.id, durationMs, node.url);
    return answer;
  }

  readonly #withoutVote: SignedAnswer[] = [];

  #heard(answer: SignedAnswer | null): void {
    if (this.#ended) {
      if (answer === null) return;
      this.request.onLate?.(answer);
      if (this.#decided !== null && !this.#agree(this.#decided, answer)) this.#contradicted(answer);
      return;
    }
    if (answer !== null) {
      const party = this.#parties.find((one) => this.#agree(one, answer));
      if (party === undefined) this.#parties.push({ answers: [answer] });
      else party.answers.push(answer);
      const decided = this.#parties.find((one) => one.answers.length * 2 > this.quorum);
      if (decided !== undefined) return this.#decide(decided);
    }
    const votes = this.#parties.reduce((sum, one) => sum + one.answers.length, 0);
    const largest = Math.max(0, ...this.#parties.map((one) => one.answers.length));
    const needed = Math.floor(this.quorum / 2) + 1;
    // One more is asked when those under way cannot make a majority any more.
    while (largest + this.#pending < needed && this.#asked.size < this.quorum + EXTRA_ASKS_MAX) {
      if (!this.#ask()) break;
    }
    if (this.#pending > 0) return;
    const near = this.#nearHeights();
    if (near !== null) return this.#decide(near);
    if (this.#parties.length > 1) this.#end('disagreement', `${votes} nodes gave ${this.#parties.length} answers`);
    else this.#end('upstream', this.#lastDetail);
  }

  #decide(party: Party): void {
    this.#decided = party;
    this.#ended = true;
    const [first, ...others] = party.answers;
    if (first === undefined) return;
    const dissenting = this.#parties.filter((one) => one !== party).flatMap((one) => one.answers);
    for (const minority of dissenting) this.#contradicted(minority);
    this.#resolve({
      ok: true,
      agreed: [first, ...others],
      spare: [...dissenting, ...this.#withoutVote],
      asked: this.#asked.size,
    });
  }

  #end(failure: Extract<QuorumOutcome, { ok: false }>['failure'], detail: string): void {
    if (this.#ended) return;
    this.#ended = true;
    const spare = [...this.#parties.flatMap((one) => one.answers), ...this.#withoutVote];
    this.#resolve({ ok: false, failure, detail, spare, asked: this.#asked.size });
  }

  /** A node said otherwise than the majority did. */
  #contradicted(minority: SignedAnswer): void {
    const { request } = this;
    const [first, second] = this.#decided?.answers ?? [];
    if (first === undefined || second === undefined || !isPinned(request.method ?? '', request.intent.data)) return;
    this.o.scores.quarantine(request.chain, minority.node.id, 'lying');
    this.o.selector.changed(this.session);
    this.o.hooks?.onQuarantine?.(request.chain, 'lying', minority.node.id);
    this.o.onDissent?.({ majority: [first, second], minority });
  }

  #agree(party: Party, answer: SignedAnswer): boolean {
    const [other] = party.answers;
    if (other === undefined) return false;
    const mine = bodyOf(answer);
    const theirs = bodyOf(other);
    if (mine.equals(theirs)) return true;
    if (answer.scan?.error || other.scan?.error) return answer.scan?.error?.code === other.scan?.error?.code;
    if (party.canonical === undefined) party.canonical = canonicalJson(theirs);
    return party.canonical !== null && party.canonical === canonicalJson(mine);
  }

  /**
   * Honest nodes may be a block apart, so heights that no majority gave exactly agree when they lie within the chain's allowance
   * of their median, which is delivered. Only once everybody was heard: otherwise a lie of one block could be the first of two.
   */
  #nearHeights(): Party | null {
    if (this.request.method !== 'eth_blockNumber') return null;
    const allowance = this.o.heightAllowanceBlocks?.(this.request.chain) ?? 0;
    const votes = this.#parties
      .flatMap((one) => one.answers)
      .map((answer) => ({ answer, height: parseQuantity(bodyOf(answer).toString('latin1').replaceAll('"', '')) }))
      .filter((vote): vote is { answer: SignedAnswer; height: number } => vote.height !== null)
      .toSorted((a, b) => a.height - b.height);
    const median = votes[(votes.length - 1) >> 1];
    if (median === undefined) return null;
    const near = votes.filter(({ height }) => Math.abs(height - median.height) <= allowance);
    if (near.length * 2 <= this.quorum) return null;
    const answers = [median.answer, ...near.map((vote) => vote.answer).filter((answer) => answer !== median.answer)];
    const party: Party = { answers };
    const others = this.#parties.flatMap((one) => one.answers).filter((answer) => !answers.includes(answer));
    this.#parties.splice(0, this.#parties.length, party, ...others.map((answer): Party => ({ answers: [answer] })));
    return party;
  }
}

/** What an answer says: the result's bytes, or all of it where there is none. */
function bodyOf(answer: SignedAnswer): Buffer {
  const result = answer.scan?.result ?? null;
  return result === null ? answer.bytes : answer.bytes.subarray(result.start, result.end);
}
