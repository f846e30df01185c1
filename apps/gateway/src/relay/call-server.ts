import type { Chain } from '#libs/chains';
import { type Call, type ErrorReason, idBytes, nodeRequestText, resultBody, spliceId } from '#libs/jsonrpc';
import type { Admission, DailyLimiter } from '#libs/quota';
import { JournalUnavailableError, type Receipt } from '#libs/receipts';
import {
  type QuorumReader,
  type RelayIntent,
  type RelayOutcome,
  type RelayRequest,
  type Relayer,
  type SignedAnswer,
  isWritingMethod,
  orderApplications,
} from '#libs/relaying';
import type { ApplicationSnapshot, EndpointSnapshot } from '#libs/tenancy';
import type { Logger } from '#libs/telemetry';
import type { LoadGate } from '../health/load-gate.js';
import type { TraceApplication } from '#libs/operations';
import type { Caller } from './authorise.js';
import type { CallStories, CallStory } from './call-stories.js';
import { isSubscription, localResult } from './local-methods.js';
import { receiptOf } from './receipt-of.js';
import { type Refusal, refuse } from './refusal.js';
import type { Subscriber } from './subscriber.js';

/** Where receipts go; the journal. */
export interface ReceiptSink {
  /** False while receipts cannot be taken: a relay sent then would be answered and lost. */
  readonly accepting: boolean;
  append(receipt: Receipt): void;
  flushed(): Promise<void>;
}

/** Counts for metrics; cheap, never throwing. */
export interface CallObserver {
  callEnded(chain: Chain, outcome: 'served' | 'local' | ErrorReason, durationMs: number): void;
}

export interface CallServerOptions {
  readonly relayer: Relayer;
  /** Serves verified reads. */
  readonly quorum: Pick<QuorumReader, 'read'>;
  readonly limiter: DailyLimiter;
  readonly journal: ReceiptSink;
  readonly logger: Logger;
  readonly observer: CallObserver;
  /** Keeps the stories of calls; absent: none are kept. */
  readonly stories?: CallStories;
  readonly deadlineMs: number;
  /** Lets calls begin, or sheds them. */
  readonly load: Pick<LoadGate, 'enter' | 'leave' | 'inFlight'>;
  /** Unix milliseconds, stamped on receipts. */
  readonly now?: () => number;
}

/** One call's end: the answer's bytes, or a refusal that the caller wraps with the id. */
export type CallEnd = (
  { readonly bytes: Buffer; readonly refusal: null } | { readonly bytes: null; readonly refusal: Refusal }
) & {
  /** How it was served, for a caller that asked and may know. */
  readonly brief?: string;
};

/** How a relay ended. */
type RelayEnd =
  | { readonly answer: SignedAnswer; readonly refusal: null; readonly story: CallStory }
  | (Extract<CallEnd, { bytes: null }> & Told);

/** With what its story is made of. */
interface Told {
  readonly story?: CallStory;
}

/** What one relay asks, JSON-RPC or not. */
interface Work {
  readonly caller: Caller;
  readonly requestId: string;
  readonly method: string;
  readonly intent: RelayIntent;
  readonly expectedId: string | null;
  readonly writing: boolean;
}

/** `witnesses`: other nodes' answers that a verified read was decided by. */
type Outcome = RelayOutcome & { readonly witnesses?: readonly SignedAnswer[] };

/** Largest id we send to nodes; they re-encode numbers through float64, so it stays small. */
const NODE_ID_MAX = 0x3fff_ffff;

/**
 * Serves single calls: admits them on an application's day, relays them, and lets an answer go only when its receipt is
 * in the journal. A unit that bought no answer is given back.
 */
export class CallServer {
  readonly #o: CallServerOptions;
  readonly #now: () => number;
  #nodeId = 0;

  constructor(options: CallServerOptions) {
    this.#o = options;
    this.#now = options.now ?? Date.now;
  }

  /** Calls under way. */
  get inFlight(): number {
    return this.#o.load.inFlight;
  }

  /** Serves one JSON-RPC call of `body`. */
  async call(
    caller: Caller,
    body: Buffer,
    call: Call,
    requestId: string,
    subscriber: Subscriber | null,
  ): Promise<CallEnd> {
    const startedMs = this.#o.relayer.clock();
    const end = await this.#call(caller, body, call, requestId, subscriber);
    const outcome = end.refusal?.reason ?? (end.local === true ? 'local' : 'served');
    const durationMs = this.#o.relayer.clock() - startedMs;
    this.#o.observer.callEnded(caller.chain, outcome, durationMs);
    return this.#told(caller, call.method, requestId, end, durationMs);
  }

  /** The end of a call with what its caller is told about it, after its story was given away. */
  #told(
    caller: Caller,
    method: string,
    requestId: string,
    end: CallEnd & Told & { readonly local?: boolean },
    durationMs: number,
  ): CallEnd {
    if (this.#o.stories === undefined) return end;
    const { refusal, local = false, story = null } = end;
    const brief = this.#o.stories.callEnded(caller, method, requestId, { refusal, local, durationMs }, story);
    return brief === null ? end : { ...end, brief };
  }

  /** Serves one request of a chain that is spoken to by paths. */
  async rest(caller: Caller, intent: RelayIntent, requestId: string): Promise<CallEnd> {
    const startedMs = this.#o.relayer.clock();
    const barred = caller.gate?.rest(`${intent.httpMethod} ${intent.path.split('?')[0]}`) ?? null;
    const method = `${intent.httpMethod} ${firstSegments(intent.path)}`;
    if (barred !== null) {
      const durationMs = this.#o.relayer.clock() - startedMs;
      this.#o.observer.callEnded(caller.chain, barred.reason, durationMs);
      return this.#told(caller, method, requestId, refused(barred), durationMs);
    }
    const end = await this.#relay({
      caller,
      requestId,
      method,
      intent,
      expectedId: null,
      writing: intent.httpMethod !== 'GET' && intent.httpMethod !== 'HEAD',
    });
    const durationMs = this.#o.relayer.clock() - startedMs;
    this.#o.observer.callEnded(caller.chain, end.refusal?.reason ?? 'served', durationMs);
    const served = 'answer' in end ? { bytes: end.answer.bytes, refusal: null, story: end.story } : end;
    return this.#told(caller, method, requestId, served, durationMs);
  }

  async #call(
    caller: Caller,
    body: Buffer,
    call: Call,
    requestId: string,
    subscriber: Subscriber | null,
  ): Promise<CallEnd & Told & { readonly local?: boolean }> {
    if (call.fault !== null) return refused(refuse('request', call.fault.message));
    const local = localResult(caller.chain, call.method);
    if (local !== null) return { bytes: resultBody(idBytes(body, call), local), refusal: null, local: true };
    const barred = caller.gate?.call(body, call) ?? null;
    if (barred !== null) return refused(barred);
    if (isSubscription(call.method)) {
      if (subscriber === null) {
        return refused(
          refuse('method', `${call.method} needs a WebSocket. Poll eth_blockNumber or eth_getLogs instead.`, {
            method: call.method,
          }),
        );
      }
      const params = call.params === null ? null : body.toString('utf8', call.params.start, call.params.end);
      const served = await subscriber.serve(caller, call.method, params);
      if (typeof served !== 'string') return refused(served);
      return { bytes: resultBody(idBytes(body, call), served), refusal: null, local: true };
    }
    const nodeId = String((this.#nodeId = (this.#nodeId % NODE_ID_MAX) + 1));
    const end = await this.#relay({
      caller,
      requestId,
      method: call.method,
      intent: { data: nodeRequestText(body, call, nodeId), httpMethod: 'POST', path: '', headers: null },
      expectedId: nodeId,
      writing: isWritingMethod(call.method),
    });
    if (!('answer' in end)) return end;
    const { bytes, scan } = end.answer;
    return {
      bytes: scan === null ? bytes : spliceId(bytes, scan.id, idBytes(body, call)),
      refusal: null,
      story: end.story,
    };
  }

  async #relay(work: Work): Promise<RelayEnd> {
    const { tenantId } = work.caller.endpoint;
    if (!this.#o.journal.accepting || !this.#o.load.enter(tenantId)) return refused(refuse('busy'));
    try {
      return await this.#relayAdmitted(work);
    } catch (error) {
      if (error instanceof JournalUnavailableError) return refused(unrecordedRefusal(work));
      this.#o.logger.error(
        { err: error, requestId: work.requestId, chain: work.caller.chain.slug },
        'a call failed inside',
      );
      return refused(refuse('internal'));
    } finally {
      this.#o.load.leave(tenantId);
    }
  }

  async #relayAdmitted(work: Work): Promise<RelayEnd> {
    const { endpoint, chain } = work.caller;
    const applications = usableApplications(endpoint, chain);
    if (applications.length === 0) return refused(noApplication(endpoint, chain));
    const deadlineMs = this.#o.relayer.clock() + this.#o.deadlineMs;
    // Only calls that read, and that have an answer to compare, can be put to several nodes.
    const units = work.writing || work.expectedId === null ? 1 : (work.caller.quorum ?? 1);
    let notAdmitted: Extract<Admission, { admitted: false }> | null = null;
    let failed: Extract<RelayOutcome, { ok: false }> | null = null;
    let passed: TraceApplication[] | null = null;

    for (const application of orderApplications(applications, (one) => this.#budget(one, chain))) {
      const asked = this.#o.limiter.admit(application.applicationId, units, application.dailyRelaysMax);
      const admission = asked instanceof Promise ? await asked : asked;
      if (!admission.admitted) {
        if (notAdmitted === null || admission.reason === 'unavailable') notAdmitted = admission;
        const { reason, used, limit } = admission;
        (passed ??= []).push({ applicationId: application.applicationId, admission: reason, used, limit });
        continue;
      }
      let charged = 0;
      try {
        const request: RelayRequest = {
          application: {
            id: application.applicationId,
            publicKeyHex: application.publicKeyHex,
            addressHex: application.addressHex,
            credential: application.aat,
            owner: endpoint,
          },
          chain: chain.id,
          intent: work.intent,
          method: work.method,
          expected: { id: work.expectedId, versionOptional: chain.kind === 'bitcoin' },
          writing: work.writing,
          verify: endpoint.verifyInline,
          deadlineMs,
          onLate: (late) => this.#appendLate(work, admission.day, late),
        };
        const outcome: Outcome = units === 1 ? await this.#o.relayer.relay(request) : await this.#poll(request, units);
        for (const spare of outcome.spare) this.#append(work, admission.day, spare, false);
        if (outcome.ok) {
          this.#append(work, admission.day, outcome.answer, true);
          for (const witness of outcome.witnesses ?? []) this.#append(work, admission.day, witness, true, 'quorum');
          await this.#o.journal.flushed();
          charged = 1 + (outcome.witnesses?.length ?? 0);
          return { answer: outcome.answer, refusal: null, story: { outcome, passed } };
        }
        failed = outcome;
        (passed ??= []).push({
          applicationId: application.applicationId,
          admission: 'admitted',
          used: null,
          limit: null,
        });
      } finally {
        if (charged < units) this.#o.limiter.refund(application.applicationId, units - charged, admission.day);
      }
      // Another application can only help where this one, or its session, was the obstacle.
      if (failed.failure !== 'application' && failed.failure !== 'exhausted') break;
    }
    if (failed !== null) {
      this.#o.logger.warn(
        {
          requestId: work.requestId,
          chain: chain.slug,
          method: work.method,
          endpointId: endpoint.endpointId,
          failure: failed.failure,
          attempts: failed.attempts,
          detail: failed.detail,
        },
        'no node answered',
      );
      return { ...refused(failureRefusal(failed)), story: { outcome: failed, passed } };
    }
    return { ...refused(limitRefusal(notAdmitted)), story: { outcome: null, passed } };
  }

  /** A verified read: what its answer was decided by is charged, the rest is cost. */
  async #poll(request: RelayRequest, quorum: number): Promise<Outcome> {
    const outcome = await this.#o.quorum.read(request, quorum);
    const { spare, asked: attempts } = outcome;
    if (!outcome.ok) return { ...outcome, attempts };
    const [answer, ...witnesses] = outcome.agreed;
    return { ok: true, answer, witnesses, spare, attempts, degraded: false };
  }

  #budget(application: ApplicationSnapshot, chain: Chain): { dayLeft: number; sessionLeft: number } {
    const limit = application.dailyRelaysMax;
    const sessionLeft = this.#o.relayer.sessionLeft(application, chain.id);
    if (limit === 0) return { dayLeft: 0, sessionLeft };
    const standing = this.#o.limiter.standing(application.applicationId, limit);
    return { dayLeft: standing === null ? 1 : standing.remaining / limit, sessionLeft };
  }

  /** The slower arm of a hedge, after its call was answered; the journal may be closing by then. */
  #appendLate(work: Work, day: string, answer: SignedAnswer): void {
    try {
      if (this.#o.journal.accepting) this.#append(work, day, answer, false);
    } catch (error) {
      this.#o.logger.debug({ err: error, requestId: work.requestId }, 'a late answer found the journal closed');
    }
  }

  #append(
    work: Work,
    day: string,
    answer: SignedAnswer,
    charged: boolean,
    purpose: Receipt['purpose'] = charged ? 'client' : (answer.purpose ?? 'retry'),
  ): void {
    const { endpoint, chain } = work.caller;
    this.#o.journal.append(
      receiptOf(answer, {
        requestId: work.requestId,
        endpoint,
        chain,
        method: work.method,
        day,
        answeredAtMs: this.#now(),
        purpose,
        billable: charged,
      }),
    );
  }
}

function refused(refusal: Refusal): Extract<CallEnd, { bytes: null }> {
  return { bytes: null, refusal };
}

function usableApplications(endpoint: EndpointSnapshot, chain: Chain): readonly ApplicationSnapshot[] {
  const { applications } = endpoint;
  const only = applications.length === 1 ? applications[0] : undefined;
  if (only !== undefined) return only.active && only.chains.includes(chain.id) ? applications : [];
  return applications.filter((application) => application.active && application.chains.includes(chain.id));
}

function noApplication(endpoint: EndpointSnapshot, chain: Chain): Refusal {
  if (endpoint.applications.length === 0) {
    return refuse('policy', 'This endpoint has no application yet. Add one with staked POKT.', {
      rule: 'applications',
    });
  }
  if (!endpoint.applications.some((application) => application.chains.includes(chain.id))) {
    return refuse('policy', `No application of this endpoint is staked for ${chain.slug}. Stake one for it first.`, {
      rule: 'staked-chains',
      seen: chain.slug,
    });
  }
  return refuse(
    'upstream',
    "The application's stake is not in force yet, or no longer. Try again after the next session begins.",
  );
}

function failureRefusal(failed: Extract<RelayOutcome, { ok: false }>): Refusal {
  const data = { attempts: failed.attempts };
  switch (failed.failure) {
    case 'timeout':
      return refuse('timeout', undefined, data);
    case 'too-large':
      return refuse(
        'size',
        'This call is larger than the nodes of the network accept (1 MiB when signed). Send less in one call.',
      );
    case 'maybe-run':
      return refuse(
        'upstream',
        'A node may have run this call, but its answer did not arrive. Look the transaction up by its hash before you send it again.',
        { ...data, mayHaveRun: true },
      );
    case 'disagreement':
      return refuse(
        'upstream',
        'The nodes do not agree on the answer, so none is given. Name a block instead of "latest", or try again.',
        { ...data, agreed: false },
      );
    case 'exhausted':
      return refuse(
        'upstream',
        "The application's allowance for this session is spent. It returns with the next session.",
        data,
      );
    case 'application':
      return refuse('upstream', `The application cannot be used right now: ${failed.detail}.`, data);
    default:
      return refuse('upstream', undefined, data);
  }
}

/** A node answered and its answer could not be recorded, so it may not leave. */
function unrecordedRefusal(work: Work): Refusal {
  if (!work.writing) return refuse('busy', 'The answer could not be recorded. Try again in a few seconds.');
  return refuse(
    'upstream',
    'A node has run this call, but its answer could not be recorded. Look the transaction up by its hash before you send it again.',
    { mayHaveRun: true },
  );
}

function limitRefusal(admission: Extract<Admission, { admitted: false }> | null): Refusal {
  if (admission === null || admission.reason === 'unavailable') {
    return refuse('busy', 'The daily limit cannot be checked at the moment. Try again in a few seconds.');
  }
  return refuse('quota', undefined, {
    limit: admission.limit,
    used: admission.used,
    resetAt: new Date(admission.resetAtMs).toISOString(),
  });
}

/** A bounded name for a path: its first two segments, without anything that looks like an id. */
function firstSegments(path: string): string {
  const [plain = ''] = path.split('?');
  const segments = plain.split('/').filter(Boolean).slice(0, 3);
  return `/${segments.map((segment) => (/^[a-z][a-z0-9_-]{0,31}$/i.test(segment) ? segment : ':id')).join('/')}`;
}
