import type { RelayHooks } from '../hooks.js';
import {
  type ApplicationRef,
  type ErrorClass,
  type PreparedRelay,
  type RelayIntent,
  type RelayLedgerPort,
  type RelayVerdict,
  type Session,
  type SessionNode,
  SessionUnavailableError,
} from '../port.js';
import { type AnswerExpectation, judgeAnswer } from './judge-answer.js';
import { ExtraRelays } from './extra-relays.js';
import { HedgeDelays } from './hedge-delays.js';
import type { ChainViews } from './chain-views.js';
import type { NodeProber } from './node-prober.js';
import type { NodeScores } from './node-scores.js';
import type { SignedAnswer } from './signed-answer.js';
import type { NodeSelector } from './node-selector.js';
import { NodeTransportError, type NodeTransport } from './node-transport.js';

/** Bounds of the work one call may cause. */
export interface RelayLimits {
  /** Nodes that may be asked; refusals that cost nothing (stale session, spent allowance) are not counted. */
  readonly attemptsMax: number;
  /** How long one node may take. */
  readonly attemptTimeoutMs: number;
  /** Bytes of one node's reply. */
  readonly answerBytesMax: number;
  /** Bytes of one signed relay; a stock node reads no more. */
  readonly relayBytesMax: number;
}

/** Defaults of {@link RelayLimits}. */
export const DEFAULT_RELAY_LIMITS: RelayLimits = {
  attemptsMax: 5,
  attemptTimeoutMs: 10_000,
  answerBytesMax: 50 * 1024 * 1024,
  relayBytesMax: 1024 * 1024,
};

/** One call for one application. */
export interface RelayRequest {
  readonly application: ApplicationRef;
  /** Relay chain id. */
  readonly chain: string;
  readonly intent: RelayIntent;
  readonly expected: AnswerExpectation;
  /** JSON-RPC method or path pattern; some answers say something about the node itself. */
  readonly method?: string;
  /** Once a node may have run it, it is not sent again. */
  readonly writing: boolean;
  /** Check the node's signature before the answer leaves. */
  readonly verify: boolean;
  /** By the relayer's clock. */
  readonly deadlineMs: number;
  /** Takes a node's signed answer that came after the call had ended: it is not delivered but costs stake. */
  readonly onLate?: (answer: SignedAnswer) => void;
}

/** One relay under way. */
interface Arm {
  readonly node: SessionNode;
  readonly session: Session;
  readonly prepared: PreparedRelay;
  readonly startedMs: number;
  readonly hedge: boolean;
  readonly verdict: Promise<RelayVerdict>;
}

/** Why no node's answer can be given. */
export type RelayFailure =
  | 'upstream'
  | 'timeout'
  | 'exhausted'
  | 'application'
  | 'too-large'
  | 'refused'
  | 'maybe-run'
  /** Of verified reads only: no answer was given by most of the nodes. */
  | 'disagreement';

/** A relay of a call that gave it no answer; the answering one is in the outcome itself. */
export interface RelayAttempt {
  readonly session: Session;
  readonly node: SessionNode;
  readonly outcome: ErrorClass;
  /** Holds no payload. */
  readonly detail: string;
  readonly durationMs: number;
  readonly hedge: boolean;
}

/** How a call ended. */
export type RelayOutcome =
  | {
      readonly ok: true;
      readonly answer: SignedAnswer;
      /** Other nodes' signed answers that were not delivered; they cost stake all the same. */
      readonly spare: readonly SignedAnswer[];
      readonly attempts: number;
      readonly degraded: boolean;
      /** Relays that came before the answer, in order; absent when there were none. */
      readonly failed?: readonly RelayAttempt[];
    }
  | {
      readonly ok: false;
      readonly failure: RelayFailure;
      /** For logs and for the message; holds no payload and no address. */
      readonly detail: string;
      readonly spare: readonly SignedAnswer[];
      readonly attempts: number;
      readonly failed?: readonly RelayAttempt[];
      /** The session it was tried in last; absent when none could be had. */
      readonly session?: Session;
    };

export interface RelayerOptions {
  readonly ledger: RelayLedgerPort;
  readonly transport: NodeTransport;
  readonly scores: NodeScores;
  readonly selector: NodeSelector;
  /** Looks at nodes before and while they are used; absent: nodes are judged by their answers alone. */
  readonly prober?: NodeProber;
  /** What nodes together say about their chains; absent: nothing is learnt from answers. */
  readonly views?: ChainViews;
  /** When a second node is asked; absent: never. */
  readonly hedges?: HedgeDelays;
  /** The budget of hedges and retries. */
  readonly extra?: ExtraRelays;
  readonly limits?: Partial<RelayLimits>;
  readonly hooks?: RelayHooks;
  /** Monotonic milliseconds with fractions. */
  readonly clock?: () => number;
}

/** Turns of the loop over all retries, free ones included; protects against a network that only ever refuses. */
const TURNS_MAX = 64;
/** Less time than this is not worth another attempt. */
const ATTEMPT_MS_MIN = 5;

/**
 * Sends one call to nodes of the application's session until one answers well, within the deadline and the attempt budget.
 * A bad answer of one node never reaches the caller while another node can answer.
 */
export class Relayer {
  readonly limits: RelayLimits;
  readonly clock: () => number;
  readonly #options: RelayerOptions;
  readonly #hooks: RelayHooks;
  readonly #extra: ExtraRelays;

  constructor(options: RelayerOptions) {
    this.#options = options;
    this.limits = { ...DEFAULT_RELAY_LIMITS, ...options.limits };
    this.clock = options.clock ?? (() => performance.now());
    this.#hooks = options.hooks ?? {};
    this.#extra = options.extra ?? new ExtraRelays();
  }

  /** Share of an application's session that is left; see the port. */
  sessionLeft(application: Pick<ApplicationRef, 'publicKeyHex'>, chain: string): number {
    return this.#options.ledger.sessionLeft(application, chain);
  }

  /** Never rejects for what nodes, ledger or callers do; only a defect of ours rejects. */
  async relay(request: RelayRequest): Promise<RelayOutcome> {
    const { ledger, selector } = this.#options;
    const spare: SignedAnswer[] = [];
    let attempts = 0;
    let tried: Set<string> | null = null;
    let again: SessionNode | null = null;
    let poor: SignedAnswer | null = null;
    let degraded = false;
    let lastDetail = 'no attempt was made';
    // Allocated by the first failure, so that a call answered at once pays nothing for its story.
    let failed: RelayAttempt[] | undefined;
    let known: Session | undefined;
    const sameNodeUsed = new Set<string>();
    let outOfStep: SessionNode[] | null = null;
    let attemptsMax = this.limits.attemptsMax;
    let waiting: Arm | null = null;
    this.#extra.earned();

    const fail = (failure: RelayFailure, detail: string): RelayOutcome => {
      if (waiting !== null) this.#abandon(waiting, request);
      const story = failed === undefined ? {} : { failed };
      if (poor !== null)
        return { ok: true, answer: poor, spare: spare.filter((one) => one !== poor), attempts, degraded, ...story };
      return { ok: false, failure, detail, spare, attempts, ...story, ...(known ? { session: known } : {}) };
    };

    let session: Session;
    try {
      const found = ledger.session(request.application, request.chain);
      session = found instanceof Promise ? await this.#within(found, request.deadlineMs) : found;
    } catch (error) {
      return this.#sessionFailure(error, request, fail);
    }
    known = session;
    // Only in a session of which no node is known: everything else is read from memory.
    const vetting = this.#options.prober?.seen(session) ?? null;
    if (vetting !== null) await vetting;

    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const leftMs = request.deadlineMs - this.clock();
      if (leftMs < ATTEMPT_MS_MIN) return fail('timeout', lastDetail);
      if (waiting === null && attempts >= attemptsMax) return fail('upstream', lastDetail);

      let arm: Arm;
      if (waiting !== null) {
        // The other arm of a hedge is still under way: it is paid for, so it is heard first.
        arm = waiting;
        waiting = null;
      } else {
        let node: SessionNode | null = again;
        again = null;
        if (node === null) {
          const pick = selector.pick(session, tried);
          if (pick === null) return fail('exhausted', "the session's allowance is spent");
          node = pick.node;
          if (pick.degraded && !degraded) {
            degraded = true;
            this.#hooks.onDegraded?.(request.chain);
          }
        }
        if (attempts > 0 && !this.#extra.retry()) attemptsMax = Math.min(attemptsMax, 2);
        const prepared = await ledger.prepare(session, node, request.intent);
        if (prepared.body.length > this.limits.relayBytesMax) {
          return fail('too-large', `a signed relay may have ${this.limits.relayBytesMax} bytes`);
        }
        arm = this.#start(prepared, leftMs, false);
        const delayMs = turn === 0 ? this.#hedgeDelayMs(request, session, leftMs) : null;
        if (delayMs !== null && !(await settledWithin(arm.verdict, delayMs))) {
          const hedge = await this.#hedge(request, session, arm);
          if (hedge !== null) [arm, waiting] = await firstOf(arm, hedge);
        }
      }
      const { node } = arm;
      const { prepared } = arm;
      const verdict = await arm.verdict;
      const durationMs = this.clock() - arm.startedMs;
      if (waiting === null || verdict.ok)
        this.#options.hedges?.observe(request.chain, request.method ?? '', durationMs);

      if (verdict.ok) {
        attempts += 1;
        const said = judgeAnswer(verdict.response, request.expected);
        const judgement = said.kind === 'good' && isEmpty(request, said) ? EMPTY : said;
        if (judgement.kind !== 'bad') {
          const verified = request.verify && ledger.verify(prepared, verdict.response, verdict.evidence);
          if (request.verify && !verified) {
            this.#forged(request, session, node, durationMs);
            lastDetail = 'a node signed wrongly';
            (failed ??= []).push(attemptOf(arm, 'node_forged', lastDetail, durationMs));
            if (request.writing) return fail('maybe-run', lastDetail);
            (tried ??= new Set()).add(node.id);
            continue;
          }
          const answer: SignedAnswer = {
            bytes: judgement.bytes,
            scan: judgement.scan,
            session,
            node,
            evidence: verdict.evidence,
            verified,
            durationUs: Math.max(0, Math.round(durationMs * 1_000)),
            bytesIn: request.intent.data.length,
            ...(arm.hedge ? { purpose: 'hedge' as const } : {}),
          };
          const stale = judgement.kind === 'good' && this.#isStale(request, node, answer);
          if ((judgement.kind === 'good' && !stale) || request.writing) {
            if (waiting !== null) this.#abandon(waiting, request);
            this.#options.scores.succeeded(request.chain, node.id, durationMs, node.url);
            // Another node served this very session: it was not our ledger that was out of step.
            for (const one of outOfStep ?? []) {
              if (this.#options.scores.failed(request.chain, one.id, one.url)) selector.changed(session);
            }
            this.#hooks.onAttempt?.(request.chain, 'ok', durationMs);
            return { ok: true, answer, spare, attempts, degraded, ...(failed === undefined ? {} : { failed }) };
          }
          // Honest but not the best there may be: kept in case nobody does better.
          spare.push(answer);
          poor ??= answer;
          lastDetail = judgement.kind === 'poor' ? judgement.detail : 'stale';
          (failed ??= []).push(attemptOf(arm, 'backend_error', lastDetail, durationMs));
          const blame = judgement.kind === 'poor' && judgement.blame;
          this.#attempted(request, session, node, 'backend_error', durationMs, blame);
          if (stale) this.#lagging(request, session, node);
        } else {
          lastDetail = judgement.detail;
          (failed ??= []).push(attemptOf(arm, 'node_fault', lastDetail, durationMs));
          this.#attempted(request, session, node, 'node_fault', durationMs, true);
          if (request.writing) return fail('maybe-run', lastDetail);
        }
        (tried ??= new Set()).add(node.id);
        continue;
      }

      lastDetail = verdict.detail;
      (failed ??= []).push(attemptOf(arm, verdict.error, lastDetail, durationMs));
      const blamed = verdict.error === 'node_fault' || verdict.error === 'backend_error';
      this.#attempted(request, session, node, verdict.error, durationMs, blamed);
      if (blamed) attempts += 1;
      if (request.writing && verdict.mayHaveRun) return fail('maybe-run', lastDetail);
      switch (verdict.retry) {
        case 'none':
          return fail('refused', lastDetail);
        case 'other-application':
          this.#hooks.onAuthFault?.(request.application.id, request.chain, verdict.detail);
          return fail('application', lastDetail);
        case 'new-session': {
          const stale: Session = session;
          try {
            session = await this.#within(ledger.renew(stale, verdict.hint), request.deadlineMs);
            known = session;
          } catch (error) {
            return this.#sessionFailure(error, request, fail);
          }
          // Nothing newer: this node lags behind or is ahead of our ledger; the others may agree with us.
          if (session.startHeight === stale.startHeight) {
            (tried ??= new Set()).add(node.id);
            (outOfStep ??= []).push(node);
          } else {
            tried = null;
            outOfStep = null;
          }
          break;
        }
        case 'same-node':
          if (sameNodeUsed.has(node.id)) {
            (tried ??= new Set()).add(node.id);
            if (verdict.error === 'session_stale') (outOfStep ??= []).push(node);
          } else {
            sameNodeUsed.add(node.id);
            again = node;
          }
          break;
        default:
          if (verdict.error === 'exhausted') {
            node.exhausted = true;
            selector.changed(session);
          }
          (tried ??= new Set()).add(node.id);
      }
    }
    return fail('upstream', lastDetail);
  }

  #start(prepared: PreparedRelay, leftMs: number, hedge: boolean): Arm {
    const { node, session } = prepared;
    node.sent += 1;
    const verdict = this.#exchange(prepared, Math.min(leftMs, this.limits.attemptTimeoutMs));
    return { node, session, prepared, startedMs: this.clock(), hedge, verdict };
  }

  /** When a second node may be asked; null for calls that write and while nothing is known or nothing to be gained. */
  #hedgeDelayMs(request: RelayRequest, session: Session, leftMs: number): number | null {
    const { hedges } = this.#options;
    if (hedges === undefined || request.writing || session.nodes.length < 2 || this.#extra.left < 1) return null;
    const delayMs = hedges.delayMs(request.chain, request.method ?? '');
    return delayMs === null || delayMs >= leftMs ? null : delayMs;
  }

  /** Asks a node of another operator in good standing; null where there is none, or the budget is spent. */
  async #hedge(request: RelayRequest, session: Session, first: Arm): Promise<Arm | null> {
    const { selector, ledger } = this.#options;
    const pick = selector.pick(session, new Set([first.node.id]));
    if (pick === null || pick.degraded || pick.node.operator === first.node.operator || !this.#extra.hedge())
      return null;
    const prepared = await ledger.prepare(session, pick.node, request.intent);
    const leftMs = request.deadlineMs - this.clock();
    if (leftMs < ATTEMPT_MS_MIN) return null;
    this.#hooks.onHedge?.(request.chain);
    return this.#start(prepared, leftMs, true);
  }

  /** Lets the slower arm end by itself, without a reset towards the node, and hands its answer over for a receipt. */
  #abandon(arm: Arm, request: RelayRequest): void {
    const ended = (verdict: RelayVerdict): void => {
      const durationMs = this.clock() - arm.startedMs;
      if (!verdict.ok) {
        const blamed = verdict.error === 'node_fault' || verdict.error === 'backend_error';
        this.#attempted(request, arm.session, arm.node, verdict.error, durationMs, blamed);
        return;
      }
      const judgement = judgeAnswer(verdict.response, request.expected);
      this.#attempted(request, arm.session, arm.node, 'cancelled', durationMs, judgement.kind === 'bad');
      // A slow node must be known as slow although its answer came too late to be used.
      if (judgement.kind === 'good') {
        this.#options.scores.succeeded(request.chain, arm.node.id, durationMs, arm.node.url);
      }
      if (judgement.kind === 'bad') return;
      request.onLate?.({
        bytes: judgement.bytes,
        scan: judgement.scan,
        session: arm.session,
        node: arm.node,
        evidence: verdict.evidence,
        verified: false,
        durationUs: Math.max(0, Math.round(durationMs * 1_000)),
        bytesIn: request.intent.data.length,
        purpose: 'hedge',
      });
    };
    // Only a defect of ours rejects, and the call that it belonged to has been answered.
    arm.verdict.then(ended).catch(() => undefined);
  }

  async #exchange(prepared: PreparedRelay, timeoutMs: number): Promise<RelayVerdict> {
    const { transport, ledger } = this.#options;
    if (prepared.withheld === true) return WITHHELD;
    try {
      const reply = await transport.send(prepared.node.url, prepared.path, prepared.body, {
        timeoutMs,
        bytesMax: this.limits.answerBytesMax,
      });
      if (reply.body.length < LARGE_REPLY_BYTES) return ledger.read(prepared, reply.status, reply.body);
      // Each step with a large reply takes milliseconds; other calls get their turn between them.
      await nextTurn();
      const verdict = ledger.read(prepared, reply.status, reply.body);
      await nextTurn();
      return verdict;
    } catch (error) {
      if (!(error instanceof NodeTransportError)) throw error;
      return {
        ok: false,
        error: error.fault === 'closed' ? 'local_fault' : 'node_fault',
        retry: error.fault === 'closed' ? 'none' : 'other-node',
        mayHaveRun: error.mayHaveRun,
        detail: error.fault,
      };
    }
  }

  #attempted(
    request: RelayRequest,
    session: Session,
    node: SessionNode,
    error: ErrorClass,
    durationMs: number,
    blame: boolean,
  ): void {
    this.#hooks.onAttempt?.(request.chain, error, durationMs);
    if (blame && this.#options.scores.failed(request.chain, node.id, node.url)) this.#options.selector.changed(session);
  }

  /** Whether an answer about the chain's head comes from a node that lags behind the others. */
  #isStale(request: RelayRequest, node: SessionNode, answer: SignedAnswer): boolean {
    const { views } = this.#options;
    if (views === undefined || request.method !== 'eth_blockNumber') return false;
    const result = answer.scan?.result ?? null;
    if (result === null) return false;
    const text = answer.bytes.subarray(result.start, result.end);
    return views.learn(request.chain, node.id, request.method, text, this.clock()) === 'stale';
  }

  #lagging(request: RelayRequest, session: Session, node: SessionNode): void {
    this.#options.scores.quarantine(request.chain, node.id, 'stale');
    this.#hooks.onQuarantine?.(request.chain, 'stale', node.id);
    this.#options.selector.changed(session);
    void this.#options.prober?.suspect(request.chain);
  }

  #forged(request: RelayRequest, session: Session, node: SessionNode, durationMs: number): void {
    this.#hooks.onAttempt?.(request.chain, 'node_forged', durationMs);
    this.#hooks.onForged?.(node.id, request.chain);
    this.#options.scores.forged(request.chain, node.id);
    this.#options.selector.changed(session);
    void this.#options.prober?.suspect(request.chain);
  }

  #sessionFailure(
    error: unknown,
    request: RelayRequest,
    fail: (failure: RelayFailure, detail: string) => RelayOutcome,
  ): RelayOutcome {
    if (error instanceof DeadlineError) return fail('timeout', 'no session in time');
    if (!(error instanceof SessionUnavailableError)) throw error;
    if (error.error !== 'auth_fault') return fail('upstream', error.message);
    this.#hooks.onAuthFault?.(request.application.id, request.chain, error.message);
    return fail('application', error.message);
  }

  #within<T>(promise: Promise<T>, deadlineMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new DeadlineError()), Math.max(0, deadlineMs - this.clock()));
      promise.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

function attemptOf(arm: Arm, outcome: ErrorClass, detail: string, durationMs: number): RelayAttempt {
  return { session: arm.session, node: arm.node, outcome, detail, durationMs, hedge: arm.hedge };
}

/** Other gateways lease all that the node serves: as if it had refused, without asking it. */
const WITHHELD: RelayVerdict = {
  ok: false,
  error: 'exhausted',
  retry: 'other-node',
  hint: null,
  mayHaveRun: false,
  detail: "the node's allowance is spent",
};

/** Methods that no node can rightly answer with null, whatever it has pruned (execution-apis, result schemas). */
const NEVER_NULL = new Set([
  'eth_blockNumber',
  'eth_chainId',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getCode',
  'eth_getStorageAt',
  'eth_getTransactionCount',
  'eth_call',
  'eth_estimateGas',
  'eth_getLogs',
  'net_version',
]);
const EMPTY = { kind: 'bad', detail: 'a null that the method never answers with' } as const;

function isEmpty(request: RelayRequest, { bytes, scan }: Pick<SignedAnswer, 'bytes' | 'scan'>): boolean {
  const result = scan?.result ?? null;
  if (result === null || result.end - result.start !== 4 || !NEVER_NULL.has(request.method ?? '')) return false;
  return bytes.toString('latin1', result.start, result.end) === 'null';
}

class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Whether `promise` settles in time. */
function settledWithin(promise: Promise<unknown>, delayMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), delayMs);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}

/** The arm that ends first, and the other. */
function firstOf(a: Arm, b: Arm): Promise<[Arm, Arm]> {
  return Promise.race([a.verdict.then((): [Arm, Arm] => [a, b]), b.verdict.then((): [Arm, Arm] => [b, a])]);
}

/** Replies from this size on are read in more than one turn of the event loop. */
const LARGE_REPLY_BYTES = 1024 * 1024;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
