import { type Dispatcher, Pool } from 'undici';

/** What a relay asks of the chain, in the names of its payload. */
export interface ChainRequest {
  readonly data: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>> | null;
}

/** The chain could not be asked; a servicer answers code 28 with this text. */
export class ChainCallError extends Error {
  override readonly name = 'ChainCallError';
}

const METHOD = /^[A-Za-z][A-Za-z-]*$/;

/** Sets of headers a transport manages itself; passing them on would break the framing. */
const FRAMING_HEADERS = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'host',
  'expect',
  'keep-alive',
  'upgrade',
]);

/**
 * One hosted chain, reached as a servicer reaches it (morse-protocol.md, section 5.5): method POST unless the payload
 * names one, the payload's headers alone or a JSON content type when it has none, an empty user agent, any status taken
 * for an answer. Connections are kept alive and shared by the nodes of the process.
 */
export class ChainClient {
  readonly #pool: Pool;
  readonly #basePath: string;
  readonly #timeoutMs: number;
  readonly #answerBytesMax: number;

  constructor(settings: {
    readonly url: string;
    readonly timeoutMs: number;
    readonly connectionsMax?: number;
    readonly answerBytesMax?: number;
  }) {
    const url = new URL(settings.url);
    this.#basePath = url.pathname.replace(/^\/+|\/+$/g, '');
    this.#timeoutMs = settings.timeoutMs;
    this.#answerBytesMax = settings.answerBytesMax ?? 128 * 1024 * 1024;
    this.#pool = new Pool(url.origin, {
      connections: settings.connectionsMax ?? 64,
      pipelining: 1,
      keepAliveTimeout: 30_000,
      bodyTimeout: settings.timeoutMs,
      headersTimeout: settings.timeoutMs,
    });
  }

  /** The bytes of the chain's answer, whatever its status. Rejects with {@link ChainCallError}. */
  call(chainRequest: ChainRequest): Promise<Buffer> {
    const method = chainRequest.method === '' ? 'POST' : chainRequest.method;
    if (!METHOD.test(method)) return Promise.reject(new ChainCallError(`net/http: invalid method "${method}"`));
    const bodyless = chainRequest.data === '' && (method === 'GET' || method === 'HEAD');
    return new Promise((resolve, reject) => {
      try {
        this.#pool.dispatch(
          {
            path: this.#pathOf(chainRequest.path),
            method: method as Dispatcher.HttpMethod,
            headers: headersOf(chainRequest.headers),
            body: bodyless ? null : chainRequest.data,
          },
          new AnswerCollector(this.#answerBytesMax, resolve, reject),
        );
      } catch (error) {
        reject(new ChainCallError((error as Error).message));
      }
    });
  }

  /** Milliseconds after which a silent chain is given up. */
  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  /** Ends every connection. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }

  #pathOf(path: string): string {
    const trimmed = path.replace(/^\/+|\/+$/g, '');
    const joined = [this.#basePath, trimmed].filter((part) => part !== '').join('/');
    return `/${joined}`;
  }
}

function headersOf(headers: ChainRequest['headers']): string[] {
  const names = headers === null ? [] : Object.keys(headers);
  if (names.length === 0) return ['content-type', 'application/json', 'user-agent', ''];
  const list = ['user-agent', ''];
  for (const name of names) {
    if (!FRAMING_HEADERS.has(name.toLowerCase())) list.push(name, headers![name] as string);
  }
  return list;
}

class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly resolve: (body: Buffer) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  onRequestStart(): void {}

  onResponseStart(): void {}

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.bytesMax) controller.abort(new ChainCallError('the answer is too large'));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.resolve(this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.reject(error instanceof ChainCallError ? error : new ChainCallError(error.message));
  }
}
