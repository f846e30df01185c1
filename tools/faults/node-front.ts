import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TcpLink } from './tcp-link.js';

const SERVICE_URL = /http:\/\/127\.0\.0\.1:(\d+)/g;

/**
 * pocket-core's RPC as gateways see it: the real one, except that every service node it names is reached through a link
 * of its own, which can be cut.
 */
export class NodeFront {
  readonly #links = new Map<number, Promise<TcpLink>>();
  readonly #server: Server;

  private constructor(private readonly rpcPort: number) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', () => response.destroy());
      request.on('end', () => {
        this.#forward(request.method ?? 'POST', request.url ?? '/', Buffer.concat(chunks)).then(
          (answer) => response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text),
          // As a server that went away: the caller sees its connection end.
          () => response.destroy(),
        );
      });
    });
  }

  /** Listens on a free loopback port in front of the RPC on `rpcPort`. */
  static async start(rpcPort: number): Promise<NodeFront> {
    const front = new NodeFront(rpcPort);
    await new Promise<void>((resolve, reject) => {
      front.#server.once('error', reject);
      front.#server.listen(0, '127.0.0.1', resolve);
    });
    return front;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Links of the nodes named so far, by the nodes' ports. */
  async links(): Promise<readonly TcpLink[]> {
    const ports = [...this.#links.keys()].sort((left, right) => left - right);
    return Promise.all(ports.map((port) => this.#links.get(port)!));
  }

  /** Ends the front and every link. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const link of await this.links()) await link.close();
  }

  async #forward(method: string, path: string, body: Buffer): Promise<{ status: number; type: string; text: string }> {
    const response = await fetch(`http://127.0.0.1:${this.rpcPort}${path}`, {
      method,
      ...(method === 'GET' ? {} : { body: new Uint8Array(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const ports = new Map<string, number>();
    for (const [, port] of text.matchAll(SERVICE_URL)) {
      if (port !== undefined && !ports.has(port)) ports.set(port, (await this.#link(Number(port))).port);
    }
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? 'application/json',
      text: text.replaceAll(SERVICE_URL, (_url, port: string) => `http://127.0.0.1:${ports.get(port)}`),
    };
  }

  #link(port: number): Promise<TcpLink> {
    const known = this.#links.get(port);
    if (known) return known;
    const link = TcpLink.start(port);
    this.#links.set(port, link);
    return link;
  }
}
