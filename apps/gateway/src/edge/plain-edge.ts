import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { isRestKind } from '#libs/chains';
import { errorStatus } from '#libs/jsonrpc';
import type { DailyLimiter } from '#libs/quota';
import type { Logger } from '#libs/telemetry';
import { type Authoriser, type Caller, isRefusal } from '../relay/authorise.js';
import type { CallStories } from '../relay/call-stories.js';
import type { FrameReply, FrameServer } from '../relay/frame-server.js';
import { type Refusal, refuse } from '../relay/refusal.js';
import { AnswerHeads } from './answer-head.js';
import type { Coding, Compression } from './compression.js';
import { type ConnectionKeeper, PlainConnection } from './plain-connection.js';
import type { PlainHead } from './plain-head.js';
import { type RelayTarget, readTarget } from './relay-target.js';
import type { RefusalPace } from './refusal-pace.js';
import { rateLimitOf } from './response-headers.js';

export interface PlainEdgeOptions {
  readonly authoriser: Authoriser;
  readonly frames: FrameServer;
  readonly limiter: DailyLimiter;
  readonly pace: RefusalPace;
  /** Codes answers; requests that come coded are left to node:http. */
  readonly compression: Compression;
  readonly logger: Logger;
  readonly requestId: () => string;
  readonly bodyBytesMax: number;
  /** How long an idle connection is kept; the server's own. */
  readonly keepAliveMs: number;
  /** True from the moment a stop was asked for. */
  readonly stopping: () => boolean;
  readonly stories?: Pick<CallStories, 'refused'>;
  /** The id of a notice that answers of this chain carry; null: none. */
  readonly noticeHeader?: (chainId: string) => string | null;
  readonly now?: () => number;
}

type ConnectionListener = (this: Server, socket: Socket) => void;

/** Connections that stand still are looked for this often. */
const SWEEP_MS = 500;
const EMPTY = Buffer.alloc(0);

/**
 * Serves plain relay requests straight from their connections and leaves everything else, with all bytes that have come, to the HTTP
 * server behind it: other methods and paths, other framing, heads or orders of bytes that are not the common ones. A connection that
 * was handed over stays there, so that two readers never see two requests in the same bytes.
 *
 * node:http and its framework cost half of a relay; a plain request needs little of what they do.
 */
export class PlainEdge implements ConnectionKeeper {
  readonly heads: AnswerHeads;
  /** Requests answered here so far. */
  requests = 0;
  readonly bodyBytesMax: number;
  readonly #o: PlainEdgeOptions;
  readonly #now: () => number;
  readonly #connections = new Set<PlainConnection>();
  #listeners: readonly ConnectionListener[] = [];
  #server: Server | null = null;
  #sweeper: NodeJS.Timeout | null = null;
  /** Sweeps so far; a clock that costs nothing to read. */
  #tick = 0;

  constructor(options: PlainEdgeOptions) {
    this.#o = options;
    this.#now = options.now ?? Date.now;
    this.heads = new AnswerHeads(Math.floor(options.keepAliveMs / 1_000));
    this.bodyBytesMax = options.bodyBytesMax;
  }

  /** Connections served here now. */
  get connections(): number {
    return this.#connections.size;
  }

  get tick(): number {
    return this.#tick;
  }

  /** Takes the server's new connections first. Call it once, when everything else that listens to connections is in place. */
  attach(server: Server): void {
    this.#server = server;
    this.#listeners = server.listeners('connection') as ConnectionListener[];
    server.removeAllListeners('connection');
    server.on('connection', (socket: Socket) => {
      this.#connections.add(new PlainConnection(this, socket));
    });
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
    server.once('close', () => {
      if (this.#sweeper !== null) clearInterval(this.#sweeper);
    });
  }

  /** Ends connections that carry no request. */
  closeIdle(): void {
    for (const connection of this.#connections) if (connection.isIdle) connection.end();
  }

  /** A connection has ended. */
  forget(connection: PlainConnection): void {
    this.#connections.delete(connection);
  }

  /** Leaves a connection to the HTTP server, which reads `bytes` as its first. */
  handOver(connection: PlainConnection, socket: Socket, bytes: Buffer | null): void {
    this.#connections.delete(connection);
    if (this.#server === null || socket.destroyed) return;
    if (bytes !== null) socket.unshift(bytes);
    for (const listener of this.#listeners) listener.call(this.#server, socket);
    // Flow was stopped while nobody listened; what was put back is told before anything newer is read.
    socket.resume();
  }

  /** What the head asks for; null when this edge does not serve it. */
  target(head: PlainHead): RelayTarget | null {
    return readTarget(head.url, head.headers);
  }

  /** Serves one request. Exactly one of `answer` on the connection or its handing over follows. */
  serve(connection: PlainConnection, head: PlainHead, target: RelayTarget, body: Buffer): void {
    try {
      const accepted = head.headers['accept-encoding'];
      const found = this.#o.authoriser.caller(target.key, target.chain, connection.requestHead(head));
      if (found instanceof Promise) {
        found
          .then((caller) => this.#serve(connection, caller, body, accepted))
          .catch((error: unknown) => this.#failed(connection, error));
      } else {
        this.#serve(connection, found, body, accepted);
      }
    } catch (error) {
      this.#failed(connection, error);
    }
  }

  #serve(connection: PlainConnection, caller: Caller | Refusal, body: Buffer, accepted: string | undefined): void {
    if (isRefusal(caller)) {
      this.#refuse(connection, caller, body);
      return;
    }
    if (isRestKind(caller.chain.kind)) {
      connection.handOver();
      return;
    }
    const requestId = this.#o.requestId();
    const answer = (reply: FrameReply): void => {
      const retry = reply.bytes !== null && (reply.reason === 'rate' || reply.reason === 'busy');
      const send = (bytes = reply.bytes, coding?: Coding): void =>
        this.#answer(connection, requestId, caller, reply.status, bytes, retry, coding);
      if (reply.bytes === null) send();
      else if (reply.status === 429 || reply.status >= 502) this.#o.pace.hold(send);
      else {
        const encoded = this.#o.compression.encode(reply.bytes, accepted);
        if (encoded === null) send();
        else void encoded.then((coded) => send(coded?.bytes, coded?.coding));
      }
    };
    const served = this.#o.frames.serve(caller, body, requestId);
    if (served instanceof Promise) {
      served.then(
        (reply) => answer(reply),
        (error: unknown) => this.#failed(connection, error),
      );
    } else answer(served);
  }

  #failed(connection: PlainConnection, error: unknown): void {
    this.#o.logger.error({ err: error }, 'a request failed inside');
    this.#refuse(connection, refuse('internal'), EMPTY);
  }

  /** Refuses a whole request; `body` gives the callers' ids where it is JSON-RPC. */
  #refuse(connection: PlainConnection, refusal: Refusal, body: Buffer): void {
    const requestId = this.#o.requestId();
    this.#o.stories?.refused(refusal, requestId, null);
    const status = refusal.status ?? errorStatus(refusal.reason, 'wallet', false);
    this.#answer(connection, requestId, null, status, this.#o.frames.refuse(refusal, body, requestId), false);
  }

  #answer(
    connection: PlainConnection,
    requestId: string,
    caller: Caller | null,
    status: number,
    bytes: Buffer | null,
    retry: boolean,
    coding?: Coding,
  ): void {
    if (!connection.isOpen) return;
    this.requests += 1;
    const nowMs = this.#now();
    const close = this.#o.stopping() || connection.isLast;
    const head = this.heads.text(
      {
        status,
        requestId,
        rates: caller === null ? null : rateLimitOf(caller, this.#o.limiter, nowMs),
        bodyBytes: bytes === null ? null : bytes.length,
        coding,
        varies: coding !== undefined || (bytes !== null && this.#o.compression.varies(bytes.length)),
        close,
        notice: caller === null || bytes === null ? null : (this.#o.noticeHeader?.(caller.chain.id) ?? null),
        // An HTTP-date: ethers takes a plain number for milliseconds and hammers.
        retryAfter: retry ? new Date(nowMs + 2_000).toUTCString() : null,
      },
      nowMs,
    );
    connection.answer(head, bytes, close);
  }

  #sweep(): void {
    this.#tick += 1;
    const idleTicks = Math.ceil(this.#o.keepAliveMs / SWEEP_MS);
    for (const connection of this.#connections) connection.sweep(this.#tick, idleTicks);
  }
}
