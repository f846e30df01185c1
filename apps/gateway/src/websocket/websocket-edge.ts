import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isRestKind } from '#libs/chains';
import { NULL_ID_BYTES } from '#libs/jsonrpc';
import type { Logger } from '#libs/telemetry';
import { type Authoriser, type Caller, isRefusal } from '../relay/authorise.js';
import type { CallStories } from '../relay/call-stories.js';
import type { FrameServer } from '../relay/frame-server.js';
import { type Refusal, refusalBody, refuse } from '../relay/refusal.js';
import type { RequestHead } from '../relay/request-facts.js';
import { readTarget } from '../edge/relay-target.js';
import { ConnectionSubscriptions } from './connection-subscriptions.js';
import type { SubscriptionHub } from './subscription-hub.js';

export interface WebSocketEdgeOptions {
  readonly authoriser: Authoriser;
  readonly frames: FrameServer;
  readonly logger: Logger;
  readonly requestId: () => string;
  readonly docsUrl: string;
  readonly frameBytesMax: number;
  readonly connectionsMax: number;
  readonly hub: Pick<SubscriptionHub, 'subscribe'>;
  readonly subscriptionsMax?: number;
  /** Bytes of notifications a reader may leave waiting before it is dropped. */
  readonly backlogBytesMax?: number;
  readonly onNotification?: (caller: Caller) => void;
  readonly onConnections?: (count: number) => void;
  /** A silent peer is asked for a sign of life at this pace and dropped when two are missed. */
  readonly heartbeatMs?: number;
  readonly stories?: Pick<CallStories, 'refused'>;
}

/** Close codes of the wire contract. */
const CLOSE = { policy: 1008, restart: 1012, tryLater: 1013 } as const;
/** Frames of one connection under way at the same time; beyond it the socket is not read. */
const FRAMES_IN_FLIGHT_MAX = 64;
/** Bytes waiting to be sent at which no more frames are read: answers wait for their reader. */
const BACKLOG_BYTES_PAUSE = 1024 * 1024;
/** Bytes of waiting notifications at which a slow reader is dropped. */
const BACKLOG_BYTES_MAX = 16 * 1024 * 1024;
const SUBSCRIPTIONS_MAX = 100;
/** How long a peer may take to answer a close before its connection is cut. */
const CLOSE_PATIENCE_MS = 1_000;

interface Connection {
  readonly socket: WebSocket;
  caller: Caller;
  readonly head: RequestHead;
  readonly key: string | null;
  readonly chain: string | null;
  readonly subscriptions: ConnectionSubscriptions;
  inFlight: number;
  alive: boolean;
  /** Bytes that waited at the last look; a backlog that does not shrink between two looks belongs to a dead reader. */
  backlogBytes: number;
}

/**
 * JSON-RPC over WebSocket frames, through the same pipeline as HTTP; every frame is authorised anew, so a revoked key
 * ends. Subscriptions live with the connection, not with a node: nodes and sessions change behind them unnoticed.
 */
export class WebSocketEdge {
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  #heartbeat: NodeJS.Timeout | null = null;
  #closing = false;

  constructor(private readonly o: WebSocketEdgeOptions) {
    this.#server = new WebSocketServer({ noServer: true, maxPayload: o.frameBytesMax, perMessageDeflate: false });
  }

  /** Takes over the HTTP server's upgrades. */
  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const target = (request.url ?? '').length > 2_048 ? null : readTarget(request.url ?? '', request.headers);
      this.#server.handleUpgrade(request, socket, head, (websocket) => {
        websocket.on('error', () => undefined);
        // What rules ask about is the upgrade's; the request itself is not kept.
        const head = { headers: request.headers, socket: { remoteAddress: request.socket.remoteAddress } };
        void this.#accept(websocket, head, target?.key ?? null, target?.chain ?? null);
      });
    });
    this.#heartbeat = setInterval(() => this.#beat(), this.o.heartbeatMs ?? 30_000);
    this.#heartbeat.unref();
  }

  /** Open connections. */
  get size(): number {
    return this.#connections.size;
  }

  /** Open subscriptions of all connections. */
  get subscriptions(): number {
    let count = 0;
    for (const connection of this.#connections) count += connection.subscriptions.size;
    return count;
  }

  /** Refuses new connections, lets frames under way finish and tells every peer to reconnect (1012). */
  async close(timeoutMs: number): Promise<void> {
    this.#closing = true;
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
    const deadline = performance.now() + timeoutMs;
    for (const connection of this.#connections) connection.socket.pause();
    while (performance.now() < deadline && [...this.#connections].some((connection) => connection.inFlight > 0)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const connection of this.#connections) {
      connection.socket.resume();
      connection.subscriptions.end();
      connection.socket.close(CLOSE.restart, 'the gateway restarts; connect again');
    }
    const terminated = setTimeout(() => {
      for (const connection of this.#connections) connection.socket.terminate();
    }, 500);
    terminated.unref();
    this.#server.close();
  }

  async #accept(socket: WebSocket, head: RequestHead, key: string | null, chain: string | null): Promise<void> {
    // Frames that arrive while the key is looked up wait in the socket.
    socket.pause();
    const caller = await this.o.authoriser.caller(key, chain, head);
    if (this.#closing)
      return this.#dismiss(socket, CLOSE.restart, refuse('busy', 'The gateway restarts. Connect again.'));
    if (isRefusal(caller))
      return this.#dismiss(socket, caller.reason === 'busy' ? CLOSE.tryLater : CLOSE.policy, caller);
    if (isRestKind(caller.chain.kind)) {
      return this.#dismiss(
        socket,
        CLOSE.policy,
        refuse('method', `${caller.chain.name} is not served over WebSocket.`),
      );
    }
    if (this.#connections.size >= this.o.connectionsMax) {
      return this.#dismiss(socket, CLOSE.tryLater, refuse('busy', 'Too many connections. Try again later.'));
    }
    const { plan, tenantId } = caller.endpoint;
    const socketsMax = plan?.socketsMax ?? null;
    if (socketsMax !== null && this.#socketsOf(tenantId) >= socketsMax) {
      const data = { rule: 'plan-sockets', limit: socketsMax };
      return this.#dismiss(socket, CLOSE.tryLater, refuse('rate', 'The plan allows no more connections.', data));
    }
    const connection: Connection = {
      socket,
      caller,
      head,
      key,
      chain,
      subscriptions: new ConnectionSubscriptions({
        hub: this.o.hub,
        subscriptionsMax: this.o.subscriptionsMax ?? SUBSCRIPTIONS_MAX,
        payer: () => this.#authorised(connection),
        send: (text) => this.#notify(connection, text),
        trouble: (refusal) => this.#send(connection, this.#refusalBytes(refusal)),
      }),
      inFlight: 0,
      alive: true,
      backlogBytes: 0,
    };
    this.#connections.add(connection);
    this.o.onConnections?.(this.#connections.size);
    socket.on('close', () => {
      this.#connections.delete(connection);
      connection.subscriptions.end();
      this.o.onConnections?.(this.#connections.size);
    });
    socket.on('pong', () => {
      connection.alive = true;
    });
    socket.on('message', (data) => void this.#message(connection, bytesOf(data)));
    socket.resume();
  }

  #socketsOf(tenantId: string): number {
    let count = 0;
    for (const { caller } of this.#connections) if (caller.endpoint.tenantId === tenantId) count += 1;
    return count;
  }

  async #message(connection: Connection, body: Buffer): Promise<void> {
    connection.alive = true;
    connection.inFlight += 1;
    if (connection.inFlight >= FRAMES_IN_FLIGHT_MAX) connection.socket.pause();
    const requestId = this.o.requestId();
    const frame = connection.subscriptions.forFrame();
    try {
      const caller = await this.#authorised(connection);
      if (isRefusal(caller)) return;
      const reply = await this.o.frames.serve(caller, body, requestId, frame);
      if (reply.bytes !== null) this.#send(connection, reply.bytes);
      frame.sent();
    } catch (error) {
      this.o.logger.error({ err: error, requestId }, 'a frame failed inside');
      this.#send(connection, refusalBody(refuse('internal'), NULL_ID_BYTES, requestId, this.o.docsUrl));
    } finally {
      connection.inFlight -= 1;
      this.#readOn(connection);
    }
  }

  /** The connection's caller as of now. A key that does not hold any more ends the connection; a database that is away does not. */
  async #authorised(connection: Connection): Promise<Caller | Refusal> {
    const caller = await this.o.authoriser.caller(connection.key, connection.chain, connection.head);
    if (!isRefusal(caller)) {
      connection.caller = caller;
    } else if (caller.reason !== 'busy') {
      connection.subscriptions.end();
      this.#dismiss(connection.socket, CLOSE.policy, caller);
      return caller;
    }
    return connection.caller;
  }

  #notify(connection: Connection, text: string): void {
    const { socket } = connection;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > (this.o.backlogBytesMax ?? BACKLOG_BYTES_MAX)) return this.#dropSlow(connection);
    socket.send(text, { binary: false });
    this.o.onNotification?.(connection.caller);
  }

  #send(connection: Connection, bytes: Buffer): void {
    const { socket } = connection;
    if (socket.readyState !== socket.OPEN) return;
    socket.send(bytes, { binary: false }, () => this.#readOn(connection));
    if (socket.bufferedAmount > BACKLOG_BYTES_PAUSE) socket.pause();
  }

  #readOn(connection: Connection): void {
    const { socket } = connection;
    if (!socket.isPaused || this.#closing || socket.readyState !== socket.OPEN) return;
    if (connection.inFlight < FRAMES_IN_FLIGHT_MAX / 2 && socket.bufferedAmount <= BACKLOG_BYTES_PAUSE) socket.resume();
  }

  /** Closes with 1013. The close waits behind what is not read, so the connection is cut when it is not answered. */
  #dropSlow(connection: Connection): void {
    const { socket } = connection;
    connection.subscriptions.end();
    socket.resume();
    socket.close(CLOSE.tryLater, 'too slow a reader');
    setTimeout(() => socket.terminate(), CLOSE_PATIENCE_MS).unref();
  }

  #refusalBytes(refusal: Refusal): Buffer {
    const requestId = this.o.requestId();
    this.o.stories?.refused(refusal, requestId, null);
    return refusalBody(refusal, NULL_ID_BYTES, requestId, this.o.docsUrl);
  }

  #dismiss(socket: WebSocket, code: number, refusal: Refusal): void {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(this.#refusalBytes(refusal), { binary: false });
    socket.resume();
    // A close reason holds 123 bytes at most.
    socket.close(code, refusal.reason);
  }

  #beat(): void {
    for (const connection of this.#connections) {
      const { socket } = connection;
      const waitingBytes = socket.bufferedAmount;
      const stuck =
        waitingBytes > BACKLOG_BYTES_PAUSE && waitingBytes >= connection.backlogBytes && connection.backlogBytes > 0;
      connection.backlogBytes = waitingBytes;
      if (stuck) this.#dropSlow(connection);
      // A paused socket reads no pongs.
      else if (socket.isPaused) continue;
      else if (!connection.alive) socket.terminate();
      else {
        connection.alive = false;
        socket.ping();
      }
    }
  }
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
