import { type Socket, connect } from 'node:net';
import {
  type NodeReply,
  type NodeTransport,
  NodeTransportError,
  type SendLimits,
  UndiciTransport,
  type UndiciTransportOptions,
} from './node-transport.js';
import { ReplyParser } from './reply-parser.js';

const DEFAULTS = { connectionsPerNode: 64, nodesMax: 1_024, connectTimeoutMs: 2_000, keepAliveMs: 30_000 };
/** One read from a connection. */
const READ_BYTES = 16_384;
/** A node that says how long it keeps a connection is believed less this, which is what a request may be under way. */
const KEEP_ALIVE_MARGIN_MS = 1_000;
const SWEEP_MS = 1_000;

/** One request and who waits for its reply; settles exactly once. */
interface Exchange {
  readonly path: string;
  readonly body: Buffer;
  readonly limits: SendLimits;
  readonly resolve: (reply: NodeReply) => void;
  readonly reject: (error: NodeTransportError) => void;
  timer: NodeJS.Timeout;
  /** The connection that carries it; null while it waits for one. */
  on: Connection | null;
  isSettled: boolean;
}

/**
 * Relays over plain connections, doing for a relay only what a relay needs: a kept connection, one write of head and body, one
 * strict reading of the reply. That costs a third of what a general client costs. `https` nodes go through undici.
 */
export class SocketTransport implements NodeTransport {
  readonly #options: typeof DEFAULTS;
  readonly #secure: UndiciTransport;
  readonly #nodes = new Map<string, Node>();
  readonly #sweep: NodeJS.Timeout;
  readonly #leaving = new Set<Node>();
  #isClosed = false;

  constructor(options: UndiciTransportOptions = {}) {
    this.#options = { ...DEFAULTS, ...options };
    this.#secure = new UndiciTransport(options);
    this.#sweep = setInterval(() => {
      const now = performance.now();
      for (const node of this.#nodes.values()) node.dropIdle(now);
    }, SWEEP_MS).unref();
  }

  send(origin: string, path: string, body: Buffer, limits: SendLimits): Promise<NodeReply> {
    const node = this.#nodes.get(origin);
    if (node === undefined && origin.startsWith('https:')) return this.#secure.send(origin, path, body, limits);
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(new NodeTransportError('closed', false, 'the transport is closed'));
        return;
      }
      const to = node ?? this.#add(origin);
      if (to === null) reject(new NodeTransportError('unreachable', false, 'the node has no usable address'));
      else to.send(path, body, limits, resolve, reject);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweep);
    const nodes = [...this.#nodes.values(), ...this.#leaving];
    this.#nodes.clear();
    await Promise.all([this.#secure.close(), ...nodes.map((node) => node.close())]);
  }

  #add(origin: string): Node | null {
    const url = URL.canParse(origin) ? new URL(origin) : null;
    if (url?.protocol !== 'http:' || url.pathname !== '/' || url.search !== '' || url.username !== '') return null;
    const node = new Node(url, this.#options);
    this.#nodes.set(origin, node);
    if (this.#nodes.size > this.#options.nodesMax) {
      const oldest = this.#nodes.entries().next().value;
      if (oldest !== undefined) {
        const [key, leaving] = oldest;
        this.#nodes.delete(key);
        this.#leaving.add(leaving);
        void leaving.close().finally(() => this.#leaving.delete(leaving));
      }
    }
    return node;
  }
}

/** The connections to one node. */
class Node {
  readonly host: string;
  readonly port: number;
  /** Head of every request up to its length, by path. */
  readonly #heads = new Map<string, string>();
  readonly #hostHeader: string;
  readonly #idle: Connection[] = [];
  readonly #waiting: Exchange[] = [];
  #connections = 0;
  #opening = 0;
  #whenEmpty: (() => void) | null = null;

  constructor(
    url: URL,
    readonly options: typeof DEFAULTS,
  ) {
    this.host = url.hostname.replace(/^\[|\]$/g, '');
    this.port = Number(url.port || 80);
    this.#hostHeader = url.host;
  }

  send(
    path: string,
    body: Buffer,
    limits: SendLimits,
    resolve: (reply: NodeReply) => void,
    reject: (error: NodeTransportError) => void,
  ): void {
    const exchange: Exchange = {
      path,
      body,
      limits,
      resolve,
      reject,
      on: null,
      isSettled: false,
      timer: setTimeout(() => this.#expire(exchange), limits.timeoutMs),
    };
    const connection = this.#idle.pop();
    if (connection !== undefined) {
      connection.carry(exchange);
      return;
    }
    this.#waiting.push(exchange);
    this.#open();
  }

  /** Closes connections that have been idle for longer than the node keeps them. */
  dropIdle(now: number): void {
    // The one unused longest is first.
    while (this.#idle[0] !== undefined && now >= this.#idle[0].idleUntil) this.#idle[0].drop();
  }

  /** Waits for exchanges under way, then closes every connection. */
  close(): Promise<void> {
    for (const connection of this.#idle.splice(0)) connection.drop();
    if (this.#connections === 0 && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#whenEmpty = resolve));
  }

  requestHead(path: string, bytes: number): string {
    let head = this.#heads.get(path);
    if (head === undefined) {
      head = `POST ${path} HTTP/1.1\r\nhost: ${this.#hostHeader}\r\ncontent-type: application/json\r\nconnection: keep-alive\r\ncontent-length: `;
      this.#heads.set(path, head);
    }
    return `${head}${bytes}\r\n\r\n`;
  }

  /** A connection is made, or free again: the oldest waiting request takes it. */
  free(connection: Connection, keepMs: number): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      connection.carry(next);
      return;
    }
    if (this.#whenEmpty !== null || keepMs <= 0) {
      connection.drop();
      return;
    }
    connection.idleUntil = performance.now() + keepMs;
    this.#idle.push(connection);
  }

  opened(): void {
    this.#opening -= 1;
  }

  /** A connection is gone. `unreachable`: it never was one, so the oldest request that waits cannot have been sent. */
  gone(connection: Connection, unreachable: Error | null): void {
    this.#connections -= 1;
    const at = this.#idle.indexOf(connection);
    if (at !== -1) this.#idle.splice(at, 1);
    if (unreachable !== null) {
      this.#opening -= 1;
      const first = this.#waiting.shift();
      if (first !== undefined) {
        const code = (unreachable as NodeJS.ErrnoException).code ?? unreachable.name;
        fail(first, 'unreachable', false, `no connection (${code})`, unreachable);
      }
    }
    this.#open();
    if (this.#connections === 0 && this.#waiting.length === 0) this.#whenEmpty?.();
  }

  /** As many connections on their way as requests wait, within the bound. */
  #open(): void {
    while (this.#opening < this.#waiting.length && this.#connections < this.options.connectionsPerNode) {
      this.#opening += 1;
      this.#connections += 1;
      new Connection(this);
    }
  }

  #expire(exchange: Exchange): void {
    const { on } = exchange;
    // Before a connection took the request the node has seen nothing of it.
    fail(exchange, 'timeout', on !== null, `no whole reply within ${exchange.limits.timeoutMs} ms`);
    if (on !== null) on.drop();
    else this.#waiting.splice(this.#waiting.indexOf(exchange), 1);
  }
}

/** One connection; carries one exchange at a time. */
class Connection {
  /** By `performance.now`, while idle. */
  idleUntil = 0;
  readonly #socket: Socket;
  readonly #parser = new ReplyParser();
  readonly #connectTimer: NodeJS.Timeout;
  #exchange: Exchange | null = null;
  #isOpen = false;
  #isGone = false;
  #error: Error | null = null;

  constructor(private readonly node: Node) {
    this.#socket = connect({
      host: node.host,
      port: node.port,
      noDelay: true,
      keepAlive: true,
      // Read into one buffer of this connection's own: no buffer is made and no stream is run per reply.
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        callback: (bytes, buffer) => {
          this.#read(Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
          return true;
        },
      },
    });
    this.#connectTimer = setTimeout(() => {
      this.#socket.destroy(Object.assign(new Error('the connection was not made in time'), { code: 'ETIMEDOUT' }));
    }, node.options.connectTimeoutMs);
    this.#socket.once('connect', () => {
      clearTimeout(this.#connectTimer);
      this.#isOpen = true;
      node.opened();
      node.free(this, node.options.keepAliveMs);
    });
    this.#socket.on('error', (error) => (this.#error ??= error));
    this.#socket.on('end', () => this.#ended());
    this.#socket.once('close', () => this.#gone());
  }

  carry(exchange: Exchange): void {
    if (this.#isGone) {
      fail(exchange, 'broken', false, 'the connection was lost before anything was sent');
      return;
    }
    this.#exchange = exchange;
    exchange.on = this;
    const { body } = exchange;
    const head = this.node.requestHead(exchange.path, body.length);
    // Head and body in one piece: two would be gathered by the stream at more than the price of this copy.
    const bytes = Buffer.allocUnsafe(head.length + body.length);
    bytes.write(head, 'latin1');
    body.copy(bytes, head.length);
    this.#socket.write(bytes);
  }

  /** Ends it now, whatever is under way. */
  drop(): void {
    this.#socket.destroy();
    this.#gone();
  }

  #read(chunk: Buffer): void {
    const exchange = this.#exchange;
    if (exchange === null) {
      // Nobody asked for this.
      this.drop();
      return;
    }
    const parser = this.#parser;
    try {
      if (!parser.take(chunk)) {
        if (parser.bytes > exchange.limits.bytesMax) this.#tooLarge(exchange);
        return;
      }
    } catch (error) {
      fail(exchange, 'broken', true, `the reply is no HTTP (${(error as Error).message})`, error as Error);
      this.drop();
      return;
    }
    if (parser.bytes > exchange.limits.bytesMax) this.#tooLarge(exchange);
    else this.#finish(exchange);
  }

  #tooLarge(exchange: Exchange): void {
    fail(exchange, 'too-large', true, `the reply is larger than ${exchange.limits.bytesMax} bytes`);
    this.drop();
  }

  #finish(exchange: Exchange): void {
    const parser = this.#parser;
    const reply = { status: parser.status, body: parser.body() };
    const { keepAliveMs } = this.node.options;
    const told = parser.keepAliveMs === null ? keepAliveMs : parser.keepAliveMs - KEEP_ALIVE_MARGIN_MS;
    const keepMs = parser.reusable ? Math.min(keepAliveMs, told) : 0;
    parser.reset();
    this.#exchange = null;
    succeed(exchange, reply);
    if (keepMs > 0) this.node.free(this, keepMs);
    else this.drop();
  }

  /** The node sends no more: that completes a reply without a length, and breaks off any other. */
  #ended(): void {
    const exchange = this.#exchange;
    if (exchange !== null && this.#parser.ended()) this.#finish(exchange);
    else this.drop();
  }

  #gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    clearTimeout(this.#connectTimer);
    const exchange = this.#exchange;
    this.#exchange = null;
    if (exchange !== null) {
      const code = (this.#error as NodeJS.ErrnoException | null)?.code ?? 'closed by the node';
      fail(exchange, 'broken', true, `the exchange broke off (${code})`, this.#error);
    }
    this.node.gone(this, this.#isOpen ? null : (this.#error ?? new Error('closed')));
  }
}

function succeed(exchange: Exchange, reply: NodeReply): void {
  if (exchange.isSettled) return;
  exchange.isSettled = true;
  clearTimeout(exchange.timer);
  exchange.resolve(reply);
}

function fail(
  exchange: Exchange,
  fault: NodeTransportError['fault'],
  mayHaveRun: boolean,
  message: string,
  cause: Error | null = null,
): void {
  if (exchange.isSettled) return;
  exchange.isSettled = true;
  clearTimeout(exchange.timer);
  exchange.reject(new NodeTransportError(fault, mayHaveRun, message, cause === null ? undefined : { cause }));
}
