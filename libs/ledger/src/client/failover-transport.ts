import { Agent } from 'undici';
import { LedgerAnswerError, LedgerRefusedError, LedgerUnreachableError } from '../errors.js';
import { refusalAnswer } from './answers.js';
import { parseExactJson } from './exact-json.js';

/** Where and how long to ask. */
export interface TransportOptions {
  /** Base URLs of pocket-core nodes, the preferred first. */
  readonly urls: readonly string[];
  /** For one attempt at one URL, connecting included. */
  readonly timeoutMs: number;
  /** Keep-alive connections per URL; default 16. */
  readonly connectionsMax?: number;
}

/** Larger answers are refused: no query of ours comes near it. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;

/** `Codespace: x / Code: n / Message: "…"`, as pocket-core prints an error (facts 5.8). */
const REFUSAL_TEXT = /Codespace:\s*(\w+)\s+Code:\s*(\d+)\s+Message:\s*"?([\s\S]*?)"?\s*$/;

/**
 * JSON over HTTP to several equal nodes. A node that cannot be reached, answers 5xx or answers nonsense is skipped for the next;
 * the one that answered last is asked first next time. A refusal (400) is an answer, so nobody else is asked.
 */
export class FailoverTransport {
  readonly #urls: readonly URL[];
  readonly #agent: Agent;
  readonly #timeoutMs: number;
  #preferred = 0;

  constructor(options: TransportOptions) {
    if (options.urls.length === 0) throw new RangeError('at least one ledger URL is needed');
    this.#urls = options.urls.map((url) => new URL(url.endsWith('/') ? url : `${url}/`));
    this.#timeoutMs = options.timeoutMs;
    this.#agent = new Agent({
      connections: options.connectionsMax ?? 16,
      connectTimeout: options.timeoutMs,
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
      keepAliveTimeout: 30_000,
      maxResponseSize: ANSWER_BYTES_MAX,
    });
  }

  /** Posts `body` to `path` (without a leading slash) and gives `decode` of the answer's bytes. */
  async post<T>(path: string, body: unknown, decode: (answer: Buffer) => T): Promise<T> {
    let cause: unknown;
    for (let attempt = 0; attempt < this.#urls.length; attempt += 1) {
      const index = (this.#preferred + attempt) % this.#urls.length;
      try {
        const value = await this.#ask(this.#urls[index] as URL, path, body, decode);
        this.#preferred = index;
        return value;
      } catch (error) {
        if (error instanceof LedgerRefusedError) {
          this.#preferred = index;
          throw error;
        }
        cause = error;
      }
    }
    if (cause instanceof LedgerAnswerError && this.#urls.length === 1) throw cause;
    throw new LedgerUnreachableError(`no ledger node answered ${path}`, { cause });
  }

  /** Ends when open requests have ended. */
  close(): Promise<void> {
    return this.#agent.close();
  }

  async #ask<T>(base: URL, path: string, body: unknown, decode: (answer: Buffer) => T): Promise<T> {
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const response = await this.#agent.request({
      origin: base.origin,
      path: base.pathname + path,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    const answer = Buffer.from(await response.body.arrayBuffer());
    if (response.statusCode === 200) return decode(answer);
    if (response.statusCode === 400) throw refusalOf(answer.toString('utf8'));
    throw new LedgerAnswerError(`status ${response.statusCode} for ${path}`);
  }
}

/** The typed error of a 400: code and codespace from the text, or 1/`sdk` when it has none. */
function refusalOf(text: string): LedgerRefusedError {
  const parsed = refusalAnswer.safeParse(parseExactJson(text));
  const message = parsed.success ? parsed.data.message : text;
  const match = REFUSAL_TEXT.exec(message);
  if (!match) return new LedgerRefusedError(1, 'sdk', message.slice(0, 1_000));
  return new LedgerRefusedError(Number(match[2]), match[1] ?? 'sdk', (match[3] ?? '').slice(0, 1_000));
}
