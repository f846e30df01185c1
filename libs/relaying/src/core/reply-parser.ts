/** Why a node's bytes are no usable HTTP/1.1 reply; the connection they came on must not be used again. */
export class ReplyFormatError extends Error {
  override readonly name = 'ReplyFormatError';
}

/** Room for a status line and headers, and for a chunk's size line or trailers. */
const HEAD_BYTES_MAX = 16_384;
const LINE_BYTES_MAX = 4_096;
const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |$)/;
const CHUNK_SIZE = /^([0-9a-f]{1,8})[ \t]*(?:;|$)/i;
const DIGITS = /^\d{1,15}$/;
const CR = 0x0d;
const LF = 0x0a;
const EMPTY = Buffer.alloc(0);

/** How the body's end is told. */
type Framing = 'head' | 'length' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'until-close';

/**
 * Reads one HTTP/1.1 reply to a POST from a connection's bytes. Strict where laxity lets one reply pass for another: two lengths,
 * a length beside chunks, folded headers, codings other than chunked and upgrades are refused. Bytes handed in are copied.
 */
export class ReplyParser {
  status = 0;
  /** Body bytes read so far. */
  bytes = 0;
  /** The connection may carry another request after this reply. */
  reusable = false;
  /** For how long the node keeps an idle connection, as it says; null: it does not say. */
  keepAliveMs: number | null = null;
  #framing: Framing = 'head';
  #pending: Buffer = EMPTY;
  #left = 0;
  #first: Buffer | null = null;
  #more: Buffer[] | null = null;
  /** The line behind the last trailer has come. */
  #isWhole = false;

  /** Nothing of a reply has come yet. */
  get isUntouched(): boolean {
    return this.#framing === 'head' && this.#pending.length === 0 && this.status === 0;
  }

  /** Makes it ready for the next reply. */
  reset(): void {
    this.status = 0;
    this.bytes = 0;
    this.reusable = false;
    this.keepAliveMs = null;
    this.#framing = 'head';
    this.#pending = EMPTY;
    this.#left = 0;
    this.#first = null;
    this.#more = null;
  }

  /** Takes the next bytes. True when the reply is whole; bytes behind its end make it not reusable. Throws {@link ReplyFormatError}. */
  take(chunk: Buffer): boolean {
    let at = 0;
    for (;;) {
      switch (this.#framing) {
        case 'head': {
          const next = this.#head(chunk, at);
          if (next === -1) return false;
          at = next;
          if (this.#hasNoBody()) return this.#end(chunk, at);
          break;
        }
        case 'length':
        case 'chunk': {
          const part = Math.min(this.#left, chunk.length - at);
          this.#collect(chunk, at, at + part);
          at += part;
          this.#left -= part;
          if (this.#left > 0) return false;
          if (this.#framing === 'length') return this.#end(chunk, at);
          this.#framing = 'chunk-end';
          break;
        }
        case 'until-close':
          this.#collect(chunk, at, chunk.length);
          return false;
        default: {
          const next = this.#line(chunk, at);
          if (next === -1) return false;
          at = next;
          if (this.#isWhole) return this.#end(chunk, at);
        }
      }
    }
  }

  /** The connection has ended. True when that completes the reply. */
  ended(): boolean {
    return this.#framing === 'until-close';
  }

  /** The body of a whole reply. */
  body(): Buffer {
    if (this.#more !== null) return Buffer.concat(this.#more, this.bytes);
    return this.#first ?? EMPTY;
  }

  #hasNoBody(): boolean {
    return this.#framing === 'length' && this.#left === 0;
  }

  #end(chunk: Buffer, at: number): boolean {
    if (at !== chunk.length) this.reusable = false;
    this.#isWhole = false;
    return true;
  }

  #collect(chunk: Buffer, from: number, to: number): void {
    if (from === to) return;
    this.bytes += to - from;
    const copy = Buffer.allocUnsafe(to - from);
    chunk.copy(copy, 0, from, to);
    if (this.#first === null) this.#first = copy;
    else (this.#more ??= [this.#first]).push(copy);
  }

  /** Where the bytes behind the head begin in `chunk`; -1 while the head is not all there. */
  #head(chunk: Buffer, from: number): number {
    const before = this.#pending.length;
    const text = before === 0 && from === 0 ? chunk : Buffer.concat([this.#pending, chunk.subarray(from)]);
    const end = text.indexOf('\r\n\r\n', Math.max(0, before - 3), 'latin1');
    if (end === -1) {
      if (text.length > HEAD_BYTES_MAX) throw new ReplyFormatError('the head is too large');
      this.#pending = text === chunk ? Buffer.from(chunk) : text;
      return -1;
    }
    if (end > HEAD_BYTES_MAX) throw new ReplyFormatError('the head is too large');
    this.#pending = EMPTY;
    this.#readHead(text.toString('latin1', 0, end));
    return from + end + 4 - before;
  }

  #readHead(head: string): void {
    const statusEnd = lineEnd(head, 0);
    const line = head.slice(0, statusEnd);
    // By far the most replies begin so; the pattern decides about the rest.
    let close = false;
    if (line === 'HTTP/1.1 200 OK') this.status = 200;
    else {
      const status = STATUS_LINE.exec(line);
      if (status === null) throw new ReplyFormatError('no HTTP/1.1 status line');
      this.status = Number(status[2]);
      close = status[1] === '0';
    }
    let length: number | null = null;
    let chunked = false;
    for (let at = statusEnd + 2; at < head.length;) {
      const end = lineEnd(head, at);
      const colon = head.indexOf(':', at);
      if (colon <= at || colon >= end || head.charCodeAt(at) <= 0x20 || head.charCodeAt(colon - 1) <= 0x20)
        throw new ReplyFormatError('a malformed header');
      // Only names of these lengths say anything about the message.
      const chars = colon - at;
      if (chars === 14 || chars === 17 || chars === 10) {
        const name = head.slice(at, colon).toLowerCase();
        const value = head.slice(colon + 1, end).trim();
        if (name === 'content-length') {
          if (!DIGITS.test(value) || (length !== null && length !== Number(value)))
            throw new ReplyFormatError('a length that is none');
          length = Number(value);
        } else if (name === 'transfer-encoding') {
          if (chunked || value.toLowerCase() !== 'chunked')
            throw new ReplyFormatError('a transfer coding other than chunked');
          chunked = true;
        } else if (name === 'connection') {
          const wish = value.toLowerCase();
          if (wish.includes('close')) close = true;
          else if (wish.includes('keep-alive')) close = false;
        } else if (name === 'keep-alive') {
          const seconds = /\btimeout=(\d{1,6})\b/i.exec(value)?.[1];
          if (seconds !== undefined) this.keepAliveMs = Number(seconds) * 1_000;
        }
      }
      at = end + 2;
    }
    if (chunked && length !== null) throw new ReplyFormatError('a length beside chunks');
    if (this.status === 101) throw new ReplyFormatError('an upgrade that nobody asked for');
    // Interim answers (100, 103) have no body; the real one follows.
    if (this.status < 200) {
      this.status = 0;
      return;
    }
    this.reusable = !close;
    if (this.status === 204 || this.status === 304) {
      this.#framing = 'length';
      this.#left = 0;
    } else if (chunked) {
      this.#framing = 'chunk-size';
    } else if (length !== null) {
      this.#framing = 'length';
      this.#left = length;
    } else {
      this.#framing = 'until-close';
      this.reusable = false;
    }
  }

  /** One line between chunks. Where the bytes behind it begin in `chunk`; -1 while it is not all there. */
  #line(chunk: Buffer, from: number): number {
    const lineEnd = chunk.indexOf(LF, from);
    if (this.#pending.length + (lineEnd === -1 ? chunk.length : lineEnd) - from > LINE_BYTES_MAX)
      throw new ReplyFormatError('a line between chunks is too long');
    if (lineEnd === -1) {
      this.#pending = Buffer.concat([this.#pending, chunk.subarray(from)]);
      return -1;
    }
    const bytes = Buffer.concat([this.#pending, chunk.subarray(from, lineEnd)]);
    this.#pending = EMPTY;
    if (bytes[bytes.length - 1] !== CR) throw new ReplyFormatError('a line between chunks without its end');
    this.#readLine(bytes.toString('latin1', 0, bytes.length - 1));
    return lineEnd + 1;
  }

  #readLine(line: string): void {
    if (this.#framing === 'chunk-end') {
      if (line !== '') throw new ReplyFormatError('a chunk longer than its size');
      this.#framing = 'chunk-size';
    } else if (this.#framing === 'trailers') {
      this.#isWhole = line === '';
    } else {
      const size = CHUNK_SIZE.exec(line)?.[1];
      if (size === undefined) throw new ReplyFormatError('a chunk without a size');
      this.#left = Number.parseInt(size, 16);
      this.#framing = this.#left === 0 ? 'trailers' : 'chunk';
    }
  }
}

/** Where the line that holds `from` ends, without its line break. */
function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end === -1 ? text.length : end;
}
