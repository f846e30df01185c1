import { STATUS_CODES } from 'node:http';
import type { Coding } from './compression.js';
import { COMMON_HEADERS, type RateLimitHeaders } from './response-headers.js';

/** What the head of an answer says. */
export interface AnswerHead {
  readonly status: number;
  readonly requestId: string;
  /** Null before it is known who calls. */
  readonly rates: RateLimitHeaders | null;
  /** Null for answers without a body. */
  readonly bodyBytes: number | null;
  /** The body's content coding; absent: none. */
  readonly coding?: Coding | undefined;
  /** The body depends on `Accept-Encoding`. */
  readonly varies?: boolean;
  /** The connection ends with this answer. */
  readonly close: boolean;
  /** The id of a notice in force; null: none. */
  readonly notice: string | null;
  /** Value of Retry-After; null: none. */
  readonly retryAfter: string | null;
}

const COMMON = Object.entries(COMMON_HEADERS)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');

/** Writes heads as node:http does, from constant parts. */
export class AnswerHeads {
  readonly #statusLines = new Map<number, string>();
  readonly #kept: string;
  #second = -1;
  #date = '';

  /** @param keepAliveSeconds for how long an idle connection is kept, as told to clients. */
  constructor(keepAliveSeconds: number) {
    this.#kept = `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}\r\n\r\n`;
  }

  /** The head with the empty line that ends it; ASCII. `nowMs` is Unix time. */
  text(head: AnswerHead, nowMs: number): string {
    const { rates, bodyBytes } = head;
    let text = `${this.#start(head.status)}x-request-id: ${head.requestId}\r\n`;
    if (rates !== null) {
      text += `ratelimit-limit: ${rates.limit}\r\nratelimit-remaining: ${rates.remaining}\r\nratelimit-reset: ${rates.resetSeconds}\r\n`;
    }
    if (bodyBytes !== null) {
      text += `content-type: application/json; charset=utf-8\r\ncontent-length: ${bodyBytes}\r\n`;
    }
    if (head.coding !== undefined) text += `content-encoding: ${head.coding}\r\n`;
    if (head.varies === true) text += 'vary: Accept-Encoding\r\n';
    if (head.notice !== null) text += `x-portal-notice: ${head.notice}\r\n`;
    if (head.retryAfter !== null) text += `retry-after: ${head.retryAfter}\r\n`;
    const date = this.#dateAt(nowMs);
    return head.close ? `${text}connection: close\r\nDate: ${date}\r\n\r\n` : `${text}Date: ${date}\r\n${this.#kept}`;
  }

  #start(status: number): string {
    let line = this.#statusLines.get(status);
    if (line === undefined) {
      line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${COMMON}`;
      this.#statusLines.set(status, line);
    }
    return line;
  }

  #dateAt(nowMs: number): string {
    const second = Math.floor(nowMs / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = new Date(second * 1_000).toUTCString();
    }
    return this.#date;
  }
}
