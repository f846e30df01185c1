import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isRestKind } from '#libs/chains';
import { NULL_ID_BYTES } from '#libs/jsonrpc';
import type { Logger } from '#libs/telemetry';
import { type Authoriser, type Caller, isRefusal } from '../relay/authorise.js';
import type { FrameServer } from '../relay/frame-server.js';
import { type Refusal, refusalBody, refuse } from '../relay/refusal.js';
import { readTarget } from './relay-target.js';

export interface WebSocketEdgeOptions {
  readonly authoriser: Authoriser;
  readonly frames: FrameServer;
  readonly logger: Logger;
  readonly requestId: () => string;
  readonly docsUrl: string;
  readonly frameBytesMax: number;
  readonly connectionsMax: number;
  readonly onConnections?: (count: number) => void;
  /** A silent peer is asked for a sign of life at this pace and dropped when two are missed. */
  readonly heartbeatMs?: number;
}

/** Close codes of the wire contract. */
const CLOSE = { policy: 1008, restart: 1012, tooMany: 1013 } as const;
/** Frames of one connection under way at the same time; beyond it the socket is not read. */
const FRAMES_IN_FLIGHT_MAX = 64;
/** Bytes waiting to be sent at which a slow reader is dropped. */
const BACKLOG_BYTES_MAX = 64 * 1024 * 1024;

interface Connection {
  readonly socket: WebSocket;
  caller: Caller;
  readonly key: string | null;
  readonly chain: string | null;
  inFlight: number;
  alive: boolean;
}

/** JSON-RPC over WebSocket frames, through the same pipeline as HTTP; every frame is authorised anew, so a revoked key ends. */
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
        void this.#accept(websocket, target?.key ?? null, target?.chain ?? null);
      });
    });
    this.#heartbeat = setInterval(() => this.#beat(), this.o.heartbeatMs ?? 30_000);
    this.#heartbeat.unref();
  }

  /** Open connections. */
  get size(): number {
    return this.#connections.size;
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
      connection.socket.close(CLOSE.restart, 'the gateway restarts; connect again');
    }
    const terminated = setTimeout(() => {
      for (const connection of this.#connections) connection.socket.terminate();
    }, 500);
    terminated.unref();
    this.#server.close();
  }

  async #accept(socket: WebSocket, key: string | null, chain: string | null): Promise<void> {
    // Frames that arrive while the key is looked up wait in the socket.
    socket.pause();
    const caller = await this.o.authoriser.caller(key, chain);
    if (this.#closing)
      return this.#dismiss(socket, CLOSE.restart, refuse('busy', 'The gateway restarts. Connect again.'));
    if (isRefusal(caller))
      return this.#dismiss(socket, caller.reason === 'busy' ? CLOSE.tooMany : CLOSE.policy, caller);
    if (isRestKind(caller.chain.kind)) {
      return this.#dismiss(
        socket,
        CLOSE.policy,
        refuse('method', `${caller.chain.name} is not served over WebSocket.`),
      );
    }
    if (this.#connections.size >= this.o.connectionsMax) {
      return this.#dismiss(socket, CLOSE.tooMany, refuse('busy', 'Too many connections. Try again later.'));
    }
    const connection: Connection = { socket, caller, key, chain, inFlight: 0, alive: true };
    this.#connections.add(connection);
    this.o.onConnections?.(this.#connections.size);
    socket.on('close', () => {
      this.#connections.delete(connection);
      this.o.onConnections?.(this.#connections.size);
    });
    socket.on('pong', () => {
      connection.alive = true;
    });
    socket.on('message', (data) => void this.#message(connection, bytesOf(data)));
    socket.resume();
  }

  async #message(connection: Connection, body: Buffer): Promise<void> {
    connection.alive = true;
    connection.inFlight += 1;
    if (connection.inFlight >= FRAMES_IN_FLIGHT_MAX) connection.socket.pause();
    const requestId = this.o.requestId();
    try {
      const caller = await this.o.authoriser.caller(connection.key, connection.chain);
      if (isRefusal(caller)) {
        // A database that is away must not end connections that were authorised before.
        if (caller.reason !== 'busy') return this.#dismiss(connection.socket, CLOSE.policy, caller);
      } else {
        connection.caller = caller;
      }
      const reply = await this.o.frames.serve(connection.caller, body, requestId, true);
      if (reply.bytes !== null) this.#send(connection.socket, reply.bytes);
    } catch (error) {
      this.o.logger.error({ err: error, requestId }, 'a frame failed inside');
      this.#send(connection.socket, refusalBody(refuse('internal'), NULL_ID_BYTES, requestId, this.o.docsUrl));
    } finally {
      connection.inFlight -= 1;
      if (connection.inFlight < FRAMES_IN_FLIGHT_MAX / 2 && connection.socket.isPaused && !this.#closing) {
        connection.socket.resume();
      }
    }
  }

  #send(socket: WebSocket, bytes: Buffer): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > BACKLOG_BYTES_MAX) {
      socket.terminate();
      return;
    }
    socket.send(bytes, { binary: false });
  }

  #dismiss(socket: WebSocket, code: number, refusal: Refusal): void {
    this.#send(socket, refusalBody(refusal, NULL_ID_BYTES, this.o.requestId(), this.o.docsUrl));
    socket.resume();
    // A close reason holds 123 bytes at most.
    socket.close(code, refusal.reason);
  }

  #beat(): void {
    for (const connection of this.#connections) {
      if (!connection.alive) {
        connection.socket.terminate();
        continue;
      }
      connection.alive = false;
      connection.socket.ping();
    }
  }
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
