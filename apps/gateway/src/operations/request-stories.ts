import type { Candidate, RequestTrace, TraceAttempt, TraceBuffer, TraceCause, TraceDecision } from '#libs/operations';
import type { NodeSelector, RelayOutcome, Session } from '#libs/relaying';
import type { Logger } from '#libs/telemetry';
import type { Caller } from '../relay/authorise.js';
import type { CallStories, CallStory } from '../relay/call-stories.js';
import type { Refusal } from '../relay/refusal.js';
import type { ChainHealth } from './chain-health.js';
import type { RuntimeControls } from './runtime-controls.js';

export interface RequestStoriesOptions {
  readonly buffer: TraceBuffer;
  readonly controls: RuntimeControls;
  readonly selector: Pick<NodeSelector, 'candidates'>;
  readonly health: ChainHealth;
  readonly logger: Logger;
  readonly instanceId: string;
  readonly now?: () => number;
}

/** Refusals that say how nodes did, not what the caller did. */
const FAILURES: ReadonlySet<string> = new Set(['upstream', 'timeout', 'internal']);
const CANDIDATES_MAX = 50;
const ATTEMPTS_MAX = 64;
const TEXT_MAX = 200;
const UNSEEN: ReadonlySet<string> = new Set(['message', 'closest', 'docs', 'requestId']);

/**
 * Turns the ends of calls into stories: of every refused, failed or explained one, and of a share of those served. A served call
 * that is not picked costs a few comparisons. Holds what decided and where the call went; never its parameters, body or secrets.
 */
export class RequestStories implements CallStories {
  #picked = 0;
  #logged = 0;

  constructor(private readonly o: RequestStoriesOptions) {}

  callEnded(
    caller: Caller,
    method: string,
    requestId: string,
    end: { readonly refusal: Refusal | null; readonly local: boolean; readonly durationMs: number },
    story: CallStory | null,
  ): string | null {
    const { refusal } = end;
    if (story !== null) this.o.health.ended(caller.chain.id, refusal !== null && FAILURES.has(refusal.reason));
    const values = this.o.controls.values;
    if (values['log.callsShare'] > 0) this.#log(caller, method, requestId, end, values['log.callsShare']);
    const explained = caller.explain === true;
    let cause: TraceCause = 'sampled';
    if (explained) cause = 'explained';
    else if (refusal !== null) cause = FAILURES.has(refusal.reason) ? 'failed' : 'refused';
    else if (end.local || !this.#pick(values['traces.servedShare'])) return null;
    if (!this.o.buffer.hasRoom(explained)) return null;
    const { tenantId, endpointId, keyId } = caller.endpoint;
    const trace: RequestTrace = {
      ...this.#frame(requestId, cause),
      tenantId,
      endpointId,
      keyId,
      chain: caller.chain.slug,
      method: nameOf(method),
      outcome: refusal?.reason ?? (end.local ? 'local' : 'served'),
      durationMs: rounded(end.durationMs),
      decision: refusal === null ? null : decisionOf(refusal),
      ...this.#route(story),
      billedUnits: refusal === null && !end.local ? 1 : 0,
    };
    this.o.buffer.add(trace);
    return explained ? briefOf(trace) : null;
  }

  refused(refusal: Refusal, requestId: string, caller: Caller | null): void {
    const explained = caller?.explain === true;
    if (!this.o.buffer.hasRoom(explained)) return;
    const whose = caller?.endpoint ?? refusal.whose;
    this.o.buffer.add({
      ...this.#frame(requestId, explained ? 'explained' : 'refused'),
      tenantId: whose?.tenantId ?? null,
      endpointId: whose?.endpointId ?? null,
      keyId: whose?.keyId ?? null,
      chain: caller?.chain.slug ?? null,
      method: null,
      outcome: refusal.reason,
      durationMs: null,
      decision: decisionOf(refusal),
      ...this.#route(null),
      billedUnits: 0,
    });
  }

  #frame(requestId: string, cause: TraceCause) {
    return { requestId, atMs: (this.o.now ?? Date.now)(), instanceId: this.o.instanceId, cause };
  }

  #route(
    story: CallStory | null,
  ): Pick<RequestTrace, 'applications' | 'candidates' | 'attempts' | 'degraded' | 'relays'> {
    const outcome = story?.outcome ?? null;
    const attempts = outcome === null ? [] : attemptsOf(outcome);
    const session = outcome === null ? null : sessionOf(outcome);
    const served = outcome?.ok === true ? outcome.answer.session.application.id : null;
    const admitted = { admission: 'admitted' as const, used: null, limit: null };
    return {
      applications: [...(story?.passed ?? []), ...(served === null ? [] : [{ applicationId: served, ...admitted }])],
      candidates: session === null ? [] : this.#candidates(session),
      attempts: attempts.slice(0, ATTEMPTS_MAX),
      degraded: outcome?.ok === true && outcome.degraded,
      relays: attempts.length,
    };
  }

  /** As they stand at the end of the call, which is within milliseconds of the choice. */
  #candidates(session: Session): Candidate[] {
    return this.o.selector
      .candidates(session)
      .slice(0, CANDIDATES_MAX)
      .map(({ node, verdict, reason, weight, share }) => ({
        node: node.id,
        operator: node.operator,
        verdict,
        reason,
        weight: rounded(weight),
        share: rounded(share),
        left: node.left,
      }));
  }

  /** Evenly spread picks make the share exact without a random number a call. */
  #pick(share: number): boolean {
    this.#picked += share;
    if (this.#picked < 1) return false;
    this.#picked -= 1;
    return true;
  }

  #log(
    caller: Caller,
    method: string,
    requestId: string,
    end: { readonly refusal: Refusal | null; readonly local: boolean; readonly durationMs: number },
    share: number,
  ): void {
    this.#logged += share;
    if (this.#logged < 1) return;
    this.#logged -= 1;
    this.o.logger.info(
      {
        requestId,
        endpointId: caller.endpoint.endpointId,
        chain: caller.chain.slug,
        method: nameOf(method),
        outcome: end.refusal?.reason ?? (end.local ? 'local' : 'served'),
        durationMs: rounded(end.durationMs),
      },
      'call',
    );
  }
}

function attemptsOf(outcome: RelayOutcome): TraceAttempt[] {
  const attempts = (outcome.failed ?? []).map(
    ({ session, node, outcome: ended, detail, durationMs, hedge }): TraceAttempt => ({
      node: node.id,
      operator: node.operator,
      sessionHeight: session.startHeight,
      applicationId: session.application.id,
      outcome: ended,
      detail: detail.slice(0, TEXT_MAX),
      durationMs: rounded(durationMs),
      bytesIn: null,
      bytesOut: null,
      hedge,
    }),
  );
  if (!outcome.ok) return attempts;
  const { answer } = outcome;
  attempts.push({
    node: answer.node.id,
    operator: answer.node.operator,
    sessionHeight: answer.session.startHeight,
    applicationId: answer.session.application.id,
    outcome: 'ok',
    detail: null,
    durationMs: rounded(answer.durationUs / 1_000),
    bytesIn: answer.bytesIn,
    bytesOut: answer.bytes.length,
    hedge: answer.purpose === 'hedge',
  });
  return attempts;
}

function sessionOf(outcome: RelayOutcome): Session | null {
  return outcome.ok ? outcome.answer.session : (outcome.session ?? null);
}

/** The refusal without texts that repeat it, and without a contract's address, which came from the parameters. */
function decisionOf(refusal: Refusal): TraceDecision {
  const { rule, ...data } = refusal.data ?? {};
  const seen: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(data)) {
    if (UNSEEN.has(name) || (rule === 'contracts' && name === 'seen')) continue;
    if (typeof value === 'string') seen[name] = clean(value);
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null) seen[name] = value;
  }
  return {
    reason: refusal.reason,
    rule: typeof rule === 'string' ? rule : null,
    seen,
    message: refusal.message === undefined ? null : clean(refusal.message),
  };
}

/** A key in the wrong place of a URL or a header ends up in texts about it. */
function clean(text: string): string {
  return text.replaceAll(/\b(?:pk|st|sec)_\w{4,}/g, '[key]').slice(0, TEXT_MAX);
}

/** Method names are the caller's text; what is no name is not kept. */
function nameOf(method: string): string {
  return /^[A-Za-z][\w.:/ -]{0,99}$/.test(method) ? clean(method) : '(no name)';
}

/** What the header of an explained answer says; the story itself is behind the request's id. */
function briefOf(trace: RequestTrace): string {
  const last = trace.attempts.at(-1);
  const parts = [
    `request=${trace.requestId}`,
    `outcome=${trace.outcome}`,
    ...(trace.decision?.rule == null ? [] : [`rule=${trace.decision.rule}`]),
    `attempts=${trace.attempts.length}`,
    ...(last === undefined ? [] : [`node=${last.node.slice(0, 12)}`, `session=${last.sessionHeight}`]),
    `candidates=${trace.candidates.filter(({ verdict }) => verdict === 'usable').length}/${trace.candidates.length}`,
    `relays=${trace.relays}`,
    `billed=${trace.billedUnits}`,
    ...(trace.degraded ? ['degraded'] : []),
  ];
  return parts.join('; ');
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
