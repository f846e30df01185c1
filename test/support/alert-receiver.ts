import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** What a receiver does with one message. `lose`: takes it and closes the connection without an answer. */
export type Reception = number | 'hang' | 'lose';

/** One message as it came. */
export interface Received {
  readonly id: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  readonly reception: Reception;
  /** Verified with the library of standard-webhooks; false: it was not. */
  readonly verified: boolean;
}

/** A webhook on loopback that verifies what comes and answers as it is told. */
export class AlertReceiver {
  readonly received: Received[] = [];
  private readonly server;

  private constructor(
    secretOf: (path: string) => string,
    behave: (message: { id: string; path: string }) => Reception,
  ) {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('error', () => undefined);
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        const headers = request.headers as Record<string, string>;
        const [id, path] = [String(headers['webhook-id']), request.url ?? '/'];
        let verified = true;
        try {
          new Webhook(secretOf(path)).verify(body, headers);
        } catch {
          verified = false;
        }
        const reception = behave({ id, path });
        this.received.push({ id, body, headers, path, reception, verified });
        if (reception === 'lose') request.socket.destroy();
        else if (reception !== 'hang') response.writeHead(reception, { location: 'http://127.0.0.1:1/' }).end('taken');
      });
    });
  }

  /** Listens on a free port of loopback. */
  static async start(
    secretOf: (path: string) => string,
    behave: (message: { id: string; path: string }) => Reception = () => 204,
  ): Promise<AlertReceiver> {
    const receiver = new AlertReceiver(secretOf, behave);
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Messages that were answered with 2xx. */
  get accepted(): Received[] {
    return this.received.filter(({ reception }) => typeof reception === 'number' && reception < 300);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
