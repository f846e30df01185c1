import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** A network that delivers everything, in order, so many milliseconds late. What is under way when the sender dies is lost with it. */
export class DelayedLink {
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** Listens on a free loopback port in front of `targetPort`. */
  static async start(targetPort: number, delayMs: number): Promise<DelayedLink> {
    const server = createServer();
    const link = new DelayedLink(server);
    server.on('connection', (inner) => {
      const outer = connect(targetPort, '127.0.0.1');
      link.#carry(inner, outer, delayMs);
      link.#carry(outer, inner, delayMs);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends every connection; what was under way never arrives. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends the network. */
  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  #carry(from: Socket, to: Socket, delayMs: number): void {
    this.#sockets.add(from);
    from.on('error', () => undefined);
    from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), delayMs));
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
