import { type IncomingMessage, type RequestListener, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatSdkError } from '#libs/protocol';
import { resetConnection, sufferLatency } from '../faults/fault-transport.js';
import { ChallengeBook } from './challenges.js';
import { type ServiceNode, sendJson } from './service-node.js';

/** A stock node reads no more of a relay than this; what it cut off it then fails to parse. */
export const RELAY_BODY_BYTES_MAX = 1024 * 1024;

/** A port is in use that the configuration or an earlier start fixed. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

/**
 * The HTTP listener of one service node. Relays and challenges are answered here, by the node itself; every other route
 * of pocket-core goes to `rpc`, which the nodes of the process share. The port is bound before there is a network, since
 * the stake names it; until `attach` a caller gets 503.
 */
export class NodeServer {
  readonly #server: Server;
  #node: ServiceNode | null = null;
  #rpc: RequestListener | null = null;
  #challenges: ChallengeBook | null = null;

  private constructor() {
    this.#server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 60_000 }, (request, response) => {
      this.#answer(request, response);
    });
  }

  /** Binds the port; 0 takes a free one. Rejects with {@link PortInUseError} that names the port and its variable. */
  static async bind(host: string, port: number): Promise<NodeServer> {
    const created = new NodeServer();
    await new Promise<void>((resolve, reject) => {
      created.#server.once('error', (error: NodeJS.ErrnoException) => {
        reject(
          error.code === 'EADDRINUSE'
            ? new PortInUseError(`port ${port} of a service node is in use; DEVNET_NODE_PORT_BASE moves the nodes`)
            : error,
        );
      });
      created.#server.listen(port, host, 1_024, resolve);
    });
    return created;
  }

  /** The bound port. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Begins to serve. */
  attach(node: ServiceNode, rpc: RequestListener): void {
    this.#node = node;
    this.#challenges = new ChallengeBook(node);
    this.#rpc = rpc;
  }

  /** Takes no more connections, lets answers under way finish for `graceMs`, then cuts the rest. */
  async close(graceMs = 1_000): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const cut = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(cut);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // A peer that goes away mid-answer is its own affair.
    response.on('error', () => undefined);
    const node = this.#node;
    if (node === null || this.#rpc === null) {
      response.writeHead(503, { 'content-type': 'text/plain' }).end('Server Timeout Handling Request');
      return;
    }
    const { url, method } = request;
    if (url === '/v1/client/relay' || url === '/v1/client/challenge') {
      if (method !== 'POST') return refuseMethod(request, response);
      readBody(request, response, (body) => {
        if (url === '/v1/client/relay') void node.relay(body, response);
        else this.#challenge(body, response);
      });
    } else if (!node.surroundings.faults.active) {
      this.#rpc(request, response);
    } else {
      void this.#answerDisturbed(node, this.#rpc, request, response);
    }
  }

  /** Faults of the transport and of the height strike a node's other routes too; those of relays cannot. */
  async #answerDisturbed(
    node: ServiceNode,
    rpc: RequestListener,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { faults } = node.surroundings;
    const behaviour = faults.strike({ node: node.index });
    if (behaviour !== null) {
      await sufferLatency(behaviour, faults.draw(node.index));
      if (behaviour.drop) return resetConnection(response);
      const view = node.surroundings.view();
      if (behaviour.heightSkewBlocks !== undefined && view !== null && request.url === '/v1/query/height') {
        request.resume();
        return sendJson(response, 200, Buffer.from(`{"height":${view.height + behaviour.heightSkewBlocks}}\n`));
      }
    }
    rpc(request, response);
  }

  #challenge(body: Buffer, response: ServerResponse): void {
    const outcome = this.#challenges!.accept(body);
    if ('stored' in outcome) {
      sendJson(response, 200, Buffer.from(`${JSON.stringify({ response: outcome.stored })}\n`));
    } else {
      const message = formatSdkError(outcome.refused);
      sendJson(response, 400, Buffer.from(`${JSON.stringify({ code: 400, message })}\n`));
    }
  }
}

/** A browser's preflight is allowed; anything else is not a relay. */
function refuseMethod(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (request.method === 'OPTIONS') {
    response
      .writeHead(200, {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST, OPTIONS',
        'access-control-allow-headers': 'Content-Type',
        'content-length': 0,
      })
      .end();
    return;
  }
  response.writeHead(405, { allow: 'POST', 'content-type': 'text/plain; charset=utf-8' }).end('Method Not Allowed\n');
}

function readBody(request: IncomingMessage, response: ServerResponse, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    const room = RELAY_BODY_BYTES_MAX - bytes;
    if (room > 0) chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    bytes += chunk.length;
  });
  request.on('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
  request.on('error', () => response.destroy());
}
