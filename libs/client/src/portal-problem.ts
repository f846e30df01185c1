import type { components } from './generated/schema.js';

/** Every code that this version knows; a newer API may answer with others. */
export type ProblemCode = components['schemas']['ProblemCode'];

/** A refusal of the API (RFC 9457). `code` tells cases apart; `docs` explains it. */
export class PortalProblem extends Error {
  override readonly name = 'PortalProblem';
  /** Stable; `unknown` when something else than the API answered, a proxy for example. */
  readonly code: ProblemCode | 'unknown' | (string & {});
  readonly title: string;
  readonly detail: string;
  /** Name this when reporting a fault; empty when the answer had none. */
  readonly requestId: string;
  /** Absolute address of the explanation; empty when the answer had none. */
  readonly docs: string;
  /** The whole body: particulars of the code beside the fields above. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(
    readonly status: number,
    body: Readonly<Record<string, unknown>>,
    url: string,
  ) {
    const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
    super(`${text('title') || `HTTP ${status}`}: ${text('detail')}`);
    this.code = text('code') || 'unknown';
    this.title = text('title') || `HTTP ${status}`;
    this.detail = text('detail');
    this.requestId = text('requestId');
    this.docs = text('docs') === '' ? '' : new URL(text('docs'), url).href;
    this.body = body;
  }

  /** Reads the problem out of an answer that is none of success. Never rejects for what the answer holds. */
  static async of(response: Response, url: string): Promise<PortalProblem> {
    const text = await response.text().catch(() => '');
    try {
      const body: unknown = JSON.parse(text);
      if (typeof body === 'object' && body !== null && 'code' in body) {
        return new PortalProblem(response.status, body as Record<string, unknown>, url);
      }
    } catch {
      // Not JSON: told below.
    }
    const requestId = response.headers.get('x-request-id') ?? '';
    const detail = `The answer is no problem+json: ${text.slice(0, 200)}`;
    return new PortalProblem(response.status, { title: `HTTP ${response.status}`, detail, requestId }, url);
  }
}

/** No answer: the address is wrong, the API is away, or it took longer than allowed. `cause` says which. */
export class PortalUnreachable extends Error {
  override readonly name = 'PortalUnreachable';
  constructor(url: string, cause: unknown) {
    const reason = cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : '';
    super(`${new URL(url).origin} does not answer${reason && `: ${reason}`}`, { cause });
  }
}
