import type { Socket } from 'node:net';
import type { RequestHead } from '../relay/request-facts.js';
import { type PlainHead, readPlainHead } from './plain-head.js';
import type { RelayTarget } from './relay-target.js';

const HEAD_END = Buffer.from('\r\n\r\n');
/** Larger heads are left to node:http, which has its own bound. */
const HEAD_BYTES_MAX = 8_192;
/** Answers up to this size leave in one write with their head. */
const ONE_PIECE_BYTES_MAX = 16_384;
/** Sweeps that a connection may stand still in before its first request, or within one. */
const STILL_TICKS = 1;

/** What a connection needs of the edge it belongs to. */
export interface ConnectionKeeper {
  readonly bodyBytesMax: number;
  /** Sweeps so far; a clock that costs nothing to read. */
  readonly tick: number;
  /** What the head asks for; null when the edge does not serve it. */
  target(head: PlainHead): RelayTarget | null;
  /** Serves one request. Exactly one of `answer` on the connection or its handing over follows. */
  serve(connection: PlainConnection, head: PlainHead, target: RelayTarget, body: Buffer): void;
  /** Leaves a connection to the HTTP server, which reads `bytes` as its first. */
  handOver(connection: PlainConnection, socket: Socket, bytes: Buffer | null): void;
  /** A connection has ended. */
  forget(connection: PlainConnection): void;
}

/** Where a connection stands. */
type State = 'first' | 'idle' | 'body' | 'serving' | 'draining' | 'gone';

/** One connection of the plain edge: one request at a time, in order. */
export class PlainConnection {
  #state: State = 'first';
  /** Bytes of the request under way as they came, for the HTTP server should it have to read them again. */
  #bytes: Buffer | null = null;
  /** Parts of a body that has not all come, and their length. */
  #parts: Buffer[] = [];
  #partBytes = 0;
  /** Came while a request was served. */
  #next: Buffer | null = null;
  #bodyAt = 0;
  #needed = 0;
  #isLast = false;
  #sinceTick: number;
  #headText = '';
  #head: PlainHead | null = null;
  #target: RelayTarget | null = null;
  readonly #onData = (chunk: Buffer): void => this.#take(chunk);
  readonly #onEnd = (): void => this.#ended();
  readonly #onClose = (): void => this.#closed();
  readonly #onDrain = (): void => {
    if (this.#state === 'draining') this.#free();
  };

  constructor(
    private readonly edge: ConnectionKeeper,
    private readonly socket: Socket,
  ) {
    this.#sinceTick = edge.tick;
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('close', this.#onClose);
    socket.on('drain', this.#onDrain);
    socket.on('error', ignore);
  }

  /** No request is under way. */
  get isIdle(): boolean {
    return this.#state === 'first' || this.#state === 'idle';
  }

  get isOpen(): boolean {
    return this.#state !== 'gone';
  }

  /** The client sends nothing more: the answer under way is the last. */
  get isLast(): boolean {
    return this.#isLast;
  }

  /** The head in the form that rules read. */
  requestHead(head: PlainHead): RequestHead {
    return { headers: head.headers, socket: this.socket };
  }

  end(): void {
    this.#state = 'gone';
    this.edge.forget(this);
    this.socket.end();
  }

  /** Writes the answer to the request under way; its head is ASCII. */
  answer(head: string, bytes: Buffer | null, close: boolean): void {
    if (this.#state !== 'serving') return;
    const { socket } = this;
    this.#bytes = null;
    let flowing: boolean;
    // Latin-1 carries any bytes unchanged, and one text is one write.
    if (bytes === null) flowing = socket.write(head, 'latin1');
    else if (bytes.length <= ONE_PIECE_BYTES_MAX) flowing = socket.write(head + bytes.toString('latin1'), 'latin1');
    else {
      socket.cork();
      socket.write(head, 'latin1');
      flowing = socket.write(bytes);
      socket.uncork();
    }
    if (close) {
      this.end();
      return;
    }
    this.#sinceTick = this.edge.tick;
    if (flowing) this.#free();
    else this.#state = 'draining';
  }

  /** Leaves the connection, from the first byte of the request under way on, to the HTTP server. */
  handOver(): void {
    if (this.#isLast) {
      // Nothing can be put back into a stream that has ended.
      this.socket.destroy();
      return;
    }
    const held = [this.#bytes, ...this.#parts, this.#next].filter((part) => part !== null);
    this.#state = 'gone';
    const { socket } = this;
    socket.pause();
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('close', this.#onClose);
    socket.off('drain', this.#onDrain);
    socket.off('error', ignore);
    this.edge.handOver(
      this,
      socket,
      held.length === 0 ? null : held.length === 1 ? (held[0] ?? null) : Buffer.concat(held),
    );
  }

  /** Looks for what stands still. The HTTP server counts anew, so little of its patience may be used up here. */
  sweep(tick: number, idleTicks: number): void {
    const stood = tick - this.#sinceTick;
    if (this.#state === 'first' || this.#state === 'body') {
      if (stood > STILL_TICKS) this.handOver();
    } else if ((this.#state === 'idle' || this.#state === 'draining') && stood > idleTicks) {
      if (this.#state === 'idle') this.end();
      else this.socket.destroy();
    }
  }

  #take(chunk: Buffer): void {
    switch (this.#state) {
      case 'first':
      case 'idle':
        this.#begin(chunk);
        return;
      case 'body':
        this.#parts.push(chunk);
        this.#partBytes += chunk.length;
        if (this.#partBytes < this.#needed) return;
        if (this.#partBytes > this.#needed) this.handOver();
        else this.#serve(Buffer.concat([(this.#bytes ?? chunk).subarray(this.#bodyAt), ...this.#parts]));
        return;
      case 'gone':
        return;
      default:
        // Sent before the answer: its turn comes then, and until then no more is read.
        this.#next = this.#next === null ? chunk : Buffer.concat([this.#next, chunk]);
        this.socket.pause();
    }
  }

  #begin(chunk: Buffer): void {
    this.#bytes = chunk;
    const headEnd = chunk.indexOf(HEAD_END);
    if (headEnd === -1 || headEnd > HEAD_BYTES_MAX) {
      this.handOver();
      return;
    }
    const text = chunk.toString('latin1', 0, headEnd);
    // Clients repeat themselves: the same head, byte for byte, has been read before.
    if (text !== this.#headText) {
      this.#head = readPlainHead(text);
      this.#target = this.#head === null ? null : this.edge.target(this.#head);
      this.#headText = text;
    }
    const head = this.#head;
    if (head === null || this.#target === null || head.bodyBytes > this.edge.bodyBytesMax) {
      this.handOver();
      return;
    }
    this.#bodyAt = headEnd + 4;
    const missing = this.#bodyAt + head.bodyBytes - chunk.length;
    if (missing === 0) this.#serve(chunk.subarray(this.#bodyAt));
    else if (missing < 0) this.handOver();
    else {
      this.#state = 'body';
      this.#needed = missing;
      this.#sinceTick = this.edge.tick;
    }
  }

  #serve(body: Buffer): void {
    const { edge } = this;
    if (this.#parts.length > 0) {
      // One piece from here on, should it be handed over.
      this.#bytes = Buffer.concat([this.#bytes ?? body, ...this.#parts]);
      this.#parts = [];
      this.#partBytes = 0;
    }
    this.#state = 'serving';
    if (this.#head !== null && this.#target !== null) edge.serve(this, this.#head, this.#target, body);
  }

  /** Ready for the next request. */
  #free(): void {
    this.#state = 'idle';
    const next = this.#next;
    if (next !== null) {
      this.#next = null;
      this.socket.resume();
      this.#begin(next);
    }
    if (this.#isLast && this.isIdle) this.end();
  }

  #ended(): void {
    this.#isLast = true;
    // A body that never came whole has no answer.
    if (this.#state === 'body') this.socket.destroy();
    else if (this.isIdle) this.end();
  }

  #closed(): void {
    this.#state = 'gone';
    this.edge.forget(this);
  }
}

function ignore(): void {
  // An error is followed by the connection's close, which is all that matters here.
}
