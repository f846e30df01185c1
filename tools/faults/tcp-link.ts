import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { type Random, seededRandom } from './random.js';

/**
 * Ways in which a network fails. `reset`: connections end with RST and new ones are refused. `half-open`: connections stay
 * and nothing arrives on either side. `deaf`: requests arrive, answers do not. `slow`: everything takes longer.
 * `torn`: connections end with RST in the middle of what they carry, new ones may succeed.
 */
export const CUTS = ['reset', 'half-open', 'deaf', 'slow', 'torn'] as const;

/** One of {@link CUTS}. */
export type Cut = (typeof CUTS)[number];

/** Longest delay of a `slow` network in one direction. */
const DELAY_MS_MAX = 120;

/** Chance that a `torn` network breaks at a chunk. */
const TEAR_CHANCE = 0.2;

interface Connection {
  readonly inner: Socket;
  readonly outer: Socket;
  /** Bytes of it were swallowed, so it can carry nothing sensible any more. */
  holed: boolean;
}

/** A port that leads to another, through a network that fails on demand. */
export class TcpLink {
  readonly #connections = new Set<Connection>();
  readonly #server: Server;
  #cut: Cut | null = null;
  #random: Random = seededRandom(0);

  private constructor(private targetPort: number) {
    this.#server = createServer((inner) => this.#accept(inner));
  }

  /** Listens on a free loopback port and forwards to `targetPort`. */
  static async start(targetPort: number): Promise<TcpLink> {
    const link = new TcpLink(targetPort);
    await new Promise<void>((resolve, reject) => {
      link.#server.once('error', reject);
      link.#server.listen(0, '127.0.0.1', resolve);
    });
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Makes the network fail; `seed` chooses delays and tears. */
  cut(cut: Cut, seed: number): void {
    this.#cut = cut;
    this.#random = seededRandom(seed);
    if (cut === 'reset') this.#endAll();
  }

  /** The network works again. Connections that lost bytes meanwhile end with RST, as they would by their sequence numbers. */
  restore(): void {
    this.#cut = null;
    for (const connection of this.#connections) if (connection.holed) end(connection);
  }

  /** Leads new connections elsewhere and ends those there are. */
  retarget(port: number): void {
    this.targetPort = port;
    this.#endAll();
  }

  /** Ends everything. */
  async close(): Promise<void> {
    this.#endAll();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #endAll(): void {
    for (const connection of this.#connections) end(connection);
  }

  #accept(inner: Socket): void {
    inner.setNoDelay(true);
    if (this.#cut === 'reset') {
      inner.on('error', () => undefined);
      inner.resetAndDestroy();
      return;
    }
    const outer = connect({ port: this.targetPort, host: '127.0.0.1', noDelay: true });
    const connection: Connection = { inner, outer, holed: false };
    this.#connections.add(connection);
    this.#carry(connection, inner, outer, false);
    this.#carry(connection, outer, inner, true);
  }

  #carry(connection: Connection, from: Socket, to: Socket, isAnswer: boolean): void {
    let queue = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      if (this.#cut === 'half-open' || (this.#cut === 'deaf' && isAnswer)) connection.holed = true;
      if (connection.holed && (isAnswer || this.#cut !== 'deaf')) return;
      if (this.#cut === 'torn' && this.#random() < TEAR_CHANCE) {
        to.write(chunk.subarray(0, Math.floor(chunk.length * this.#random())), () => end(connection));
        return;
      }
      if (this.#cut === 'slow') {
        const delayMs = this.#random() * DELAY_MS_MAX;
        queue = queue.then(() => new Promise((resolve) => setTimeout(resolve, delayMs)));
        void queue.then(() => to.writable && to.write(chunk));
        return;
      }
      // What came while the network was slow goes first.
      void queue.then(() => to.writable && to.write(chunk));
    });
    from.on('end', () => void queue.then(() => to.end()));
    from.on('error', () => end(connection));
    from.on('close', (hadError) => {
      this.#connections.delete(connection);
      void queue.then(() => (hadError || connection.holed ? to.destroy() : to.end()));
    });
  }
}

function end(connection: Connection): void {
  for (const socket of [connection.inner, connection.outer]) {
    socket.on('error', () => undefined);
    if (!socket.destroyed) socket.resetAndDestroy();
  }
}
