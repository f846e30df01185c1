import { type Dispatcher, Pool } from 'undici';

/** A reply that came in whole. */
export interface NodeReply {
  readonly status: number;
  readonly body: Buffer;
}

/** Why no whole reply came. */
export class NodeTransportError extends Error {
  override readonly name = 'NodeTransportError';
  /**
   * @param mayHaveRun false only when the request cannot have reached the node (no connection was made).
   */
  constructor(
    readonly fault: 'unreachable' | 'timeout' | 'broken' | 'too-large' | 'closed',
    readonly mayHaveRun: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Bounds of one exchange. */
export interface SendLimits {
  readonly timeoutMs: number;
  readonly bytesMax: number;
}

/** Carries signed relays to nodes. */
export interface NodeTransport {
  /** Rejects with {@link NodeTransportError} and with nothing else. */
  send(origin: string, path: string, body: Buffer, limits: SendLimits): Promise<NodeReply>;
  /** Waits for exchanges under way, then closes every connection. */
  close(): Promise<void>;
}

/** Options of {@link UndiciTransport}. */
export interface UndiciTransportOptions {
  /** Connections to one node; more requests wait in its queue until their deadline. */
  readonly connectionsPerNode?: number;
  /** Nodes with warm connections; the one unused longest is closed first. */
  readonly nodesMax?: number;
  readonly connectTimeoutMs?: number;
  readonly keepAliveMs?: number;
}

const HEADERS = ['content-type', 'application/json'];
const NOT_SENT_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** undici with one warm pool per node and the low-level handler, which costs half of `request` and a tenth of `fetch`. */
export class UndiciTransport implements NodeTransport {
  readonly #pools = new Map<string, Pool>();
  readonly #options: Required<UndiciTransportOptions>;
  #closed = false;

  constructor(options: UndiciTransportOptions = {}) {
    this.#options = {
      connectionsPerNode: 64,
      nodesMax: 1_024,
      connectTimeoutMs: 2_000,
      keepAliveMs: 30_000,
      ...options,
    };
  }

  send(origin: string, path: string, body: Buffer, limits: SendLimits): Promise<NodeReply> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new NodeTransportError('closed', false, 'the transport is closed'));
        return;
      }
      let pool: Pool;
      try {
        pool = this.#pool(origin);
      } catch (error) {
        reject(new NodeTransportError('unreachable', false, 'the node has no usable address', { cause: error }));
        return;
      }
      pool.dispatch(
        { method: 'POST', path, headers: HEADERS, body },
        new ReplyCollector(limits, resolve, reject) as Dispatcher.DispatchHandler,
      );
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.allSettled(pools.map((pool) => pool.close()));
  }

  #pool(origin: string): Pool {
    let pool = this.#pools.get(origin);
    if (pool !== undefined) {
      return pool;
    }
    const { connectionsPerNode, nodesMax, connectTimeoutMs, keepAliveMs } = this.#options;
    pool = new Pool(origin, {
      connections: connectionsPerNode,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      connect: { timeout: connectTimeoutMs },
      // Each exchange has a deadline of its own; undici's are far behind it as a safety net.
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
    });
    this.#pools.set(origin, pool);
    if (this.#pools.size > nodesMax) {
      const oldest = this.#pools.entries().next().value;
      if (oldest !== undefined) {
        this.#pools.delete(oldest[0]);
        void oldest[1].close();
      }
    }
    return pool;
  }
}

/** Collects one reply within its limits; settles exactly once. */
class ReplyCollector {
  #status = 0;
  #first: Buffer | null = null;
  #more: Buffer[] | null = null;
  #bytes = 0;
  #settled = false;
  #started = false;
  #controller: Dispatcher.DispatchController | null = null;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly limits: SendLimits,
    private readonly resolve: (reply: NodeReply) => void,
    private readonly reject: (error: NodeTransportError) => void,
  ) {
    this.#timer = setTimeout(() => {
      // Before a connection took the request it waits in the pool's queue; the node has seen nothing of it.
      this.#fail(new NodeTransportError('timeout', this.#started, `no whole reply within ${limits.timeoutMs} ms`));
    }, limits.timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#started = true;
    this.#controller = controller;
    if (this.#settled) controller.abort(new Error('given up'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number): void {
    this.#status = statusCode;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.limits.bytesMax) {
      this.#fail(new NodeTransportError('too-large', true, `the reply is larger than ${this.limits.bytesMax} bytes`));
    } else if (this.#first === null) {
      this.#first = chunk;
    } else {
      (this.#more ??= [this.#first]).push(chunk);
    }
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    const body = this.#more === null ? (this.#first ?? EMPTY) : Buffer.concat(this.#more, this.#bytes);
    this.resolve({ status: this.#status, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (NOT_SENT_CODES.has(code)) {
      this.#fail(new NodeTransportError('unreachable', false, `no connection (${code})`, { cause: error }));
    } else {
      this.#fail(
        new NodeTransportError('broken', true, `the exchange broke off (${code || error.name})`, { cause: error }),
      );
    }
  }

  #fail(error: NodeTransportError): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#controller?.abort(error);
    this.#first = null;
    this.#more = null;
    this.reject(error);
  }
}

const EMPTY = Buffer.alloc(0);
