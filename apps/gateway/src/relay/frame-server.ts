import {
  type Call,
  type Frame,
  type FrameLimits,
  NULL_ID_BYTES,
  errorStatus,
  idBytes,
  joinBatch,
  scanFrame,
} from '#libs/jsonrpc';
import type { Caller } from './authorise.js';
import type { CallEnd, CallServer } from './call-server.js';
import type { CallStories } from './call-stories.js';
import { type Refusal, refusalBody, refuse } from './refusal.js';
import type { Subscriber } from './subscriber.js';

/** What goes back for one frame; `bytes` null means nothing does (notifications). */
export interface FrameReply {
  readonly status: number;
  readonly bytes: Buffer | null;
  /** Why the whole request was refused or its only call failed; null for answers and for batches. */
  readonly reason: Refusal['reason'] | null;
  /** How the only call was served, for a caller that asked and may know. */
  readonly brief?: string;
}

export interface FrameServerOptions {
  readonly calls: CallServer;
  readonly limits: FrameLimits;
  readonly batchConcurrency: number;
  readonly docsUrl: string;
  readonly stories?: Pick<CallStories, 'refused'>;
}

/** Serves a frame of JSON-RPC, single or batch, over any transport. */
export class FrameServer {
  constructor(private readonly options: FrameServerOptions) {}

  /** `subscriber`: what serves subscriptions where the transport can carry them. Never rejects. */
  serve(
    caller: Caller,
    body: Buffer,
    requestId: string,
    subscriber: Subscriber | null = null,
  ): Promise<FrameReply> | FrameReply {
    const frame = scanFrame(body, { limits: this.options.limits, versionOptional: caller.chain.kind === 'bitcoin' });
    switch (frame.kind) {
      case 'single':
        return this.#single(caller, body, frame.call, requestId, subscriber);
      case 'batch': {
        const { calls } = frame;
        const planMax = caller.endpoint.plan?.batchCallsMax ?? null;
        if (planMax === null || calls.length <= planMax) return this.#batch(caller, body, calls, requestId, subscriber);
        return this.#tooLong(caller, body, { kind: 'batch-too-long', calls, count: calls.length }, requestId, planMax);
      }
      case 'batch-too-long':
        return this.#tooLong(caller, body, frame, requestId);
      default: {
        const refusal = refuse(frame.reason, frame.message);
        this.options.stories?.refused(refusal, requestId, caller);
        return {
          status: errorStatus(frame.reason, caller.endpoint.answerStyle, false),
          bytes: this.#refusal(refusal, NULL_ID_BYTES, requestId),
          reason: frame.reason,
        };
      }
    }
  }

  /**
   * The answer to a body none of whose calls is looked at (unknown key, unknown chain …): the refusal under each caller's id,
   * an array for a batch, and under null where no id can be read.
   */
  refuse(refusal: Refusal, body: Buffer, requestId: string): Buffer {
    const frame = scanFrame(body, { limits: this.options.limits, versionOptional: true });
    if (frame.kind === 'single') return this.#refusal(refusal, idBytes(body, frame.call), requestId);
    if ((frame.kind !== 'batch' && frame.kind !== 'batch-too-long') || frame.calls === null) {
      return this.#refusal(refusal, NULL_ID_BYTES, requestId);
    }
    const answers = frame.calls.map((call) =>
      call.notification ? null : this.#refusal(refusal, idBytes(body, call), requestId),
    );
    return joinBatch(answers) ?? this.#refusal(refusal, NULL_ID_BYTES, requestId);
  }

  async #single(
    caller: Caller,
    body: Buffer,
    call: Call,
    requestId: string,
    subscriber: Subscriber | null,
  ): Promise<FrameReply> {
    const end = await this.options.calls.call(caller, body, call, requestId, subscriber);
    const brief = end.brief === undefined ? undefined : { brief: end.brief };
    if (call.notification) return { status: 204, bytes: null, reason: null, ...brief };
    if (end.refusal === null) return { status: 200, bytes: end.bytes, reason: null, ...brief };
    const { reason } = end.refusal;
    return {
      ...brief,
      status: errorStatus(reason, caller.endpoint.answerStyle, call.id !== null),
      bytes: this.#refusal(end.refusal, idBytes(body, call), requestId),
      reason,
    };
  }

  async #batch(
    caller: Caller,
    body: Buffer,
    calls: readonly Call[],
    requestId: string,
    subscriber: Subscriber | null,
  ): Promise<FrameReply> {
    const answers = calls.map((): Buffer | null => null);
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < calls.length) {
        const index = next;
        next += 1;
        const call = calls[index];
        if (call === undefined) return;
        const end = await this.options.calls.call(caller, body, call, requestId, subscriber);
        answers[index] = call.notification ? null : this.#bytes(end, idBytes(body, call), requestId);
      }
    };
    const lanes = Math.min(calls.length, this.options.batchConcurrency);
    await Promise.all(Array.from({ length: lanes }, lane));
    const joined = joinBatch(answers);
    return { status: joined === null ? 204 : 200, bytes: joined, reason: null };
  }

  #tooLong(
    caller: Caller,
    body: Buffer,
    frame: Extract<Frame, { kind: 'batch-too-long' }>,
    requestId: string,
    limit = this.options.limits.batchCallsMax,
  ): FrameReply {
    const refusal = refuse('size', `A batch may hold ${limit} calls; this one has ${frame.count}. Split it.`, {
      limit,
      size: frame.count,
    });
    this.options.stories?.refused(refusal, requestId, caller);
    const strictStatus = errorStatus('size', caller.endpoint.answerStyle, false);
    if (frame.calls === null) {
      return { status: strictStatus, bytes: this.#refusal(refusal, NULL_ID_BYTES, requestId), reason: 'size' };
    }
    const bytes = joinBatch(
      frame.calls.map((call) => (call.notification ? null : this.#refusal(refusal, idBytes(body, call), requestId))),
    );
    return { status: caller.endpoint.answerStyle === 'wallet' ? 200 : strictStatus, bytes, reason: 'size' };
  }

  #bytes(end: CallEnd, id: Buffer, requestId: string): Buffer {
    return end.refusal === null ? end.bytes : this.#refusal(end.refusal, id, requestId);
  }

  #refusal(refusal: Refusal, id: Buffer, requestId: string): Buffer {
    return refusalBody(refusal, id, requestId, this.options.docsUrl);
  }
}
