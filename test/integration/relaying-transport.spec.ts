import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UndiciTransport } from '#libs/relaying';
import { freePort } from '../support/services.js';

let server: Server;
let origin: string;
let transport: UndiciTransport;
let handle: (request: IncomingMessage, response: ServerResponse) => void;
let connections: number;

beforeEach(async () => {
  connections = 0;
  server = createServer((request, response) => handle(request, response));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  transport = new UndiciTransport({ connectionsPerNode: 4, connectTimeoutMs: 500 });
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await transport.close();
});

const send = (limits = { timeoutMs: 2_000, bytesMax: 1_000 }, to = origin) =>
  transport.send(to, '/v1/client/relay', Buffer.from('{}'), limits);

describe('UndiciTransport', () => {
  it('keeps connections warm and bounds them per node', async () => {
    handle = (_request, response) => void response.end('ok');
    for (let round = 0; round < 5; round += 1) await Promise.all(Array.from({ length: 40 }, () => send()));
    expect(connections).toBeLessThanOrEqual(4);
    expect(await send()).toMatchObject({ status: 200 });
  });

  it('joins a reply that comes in pieces', async () => {
    handle = (_request, response) => {
      response.write('a'.repeat(300));
      setImmediate(() => response.end('b'.repeat(300)));
    };
    expect((await send()).body.toString()).toBe('a'.repeat(300) + 'b'.repeat(300));
  });

  it('gives up on a reply that is too large, without reading it to its end', async () => {
    let closed = false;
    handle = (_request, response) => {
      response.on('close', () => (closed = true));
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    };
    await expect(send()).rejects.toMatchObject({ fault: 'too-large', mayHaveRun: true });
    await expect.poll(() => closed).toBe(true);
  });

  it('gives up on silence and on dripping at the deadline of the whole exchange', async () => {
    handle = (_request, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    };
    const startedMs = performance.now();
    await expect(send({ timeoutMs: 200, bytesMax: 1_000 })).rejects.toMatchObject({
      fault: 'timeout',
      mayHaveRun: true,
    });
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  it('knows that a refused connection ran nothing, and that a broken one may have', async () => {
    await expect(send(undefined, `http://127.0.0.1:${await freePort()}`)).rejects.toMatchObject({
      fault: 'unreachable',
      mayHaveRun: false,
    });
    handle = (request) => void request.socket.destroy();
    await expect(send()).rejects.toMatchObject({ fault: 'broken', mayHaveRun: true });
  });

  it('knows that a call still waiting for a connection ran nothing', async () => {
    handle = () => undefined;
    const busy = Array.from({ length: 4 }, () =>
      send({ timeoutMs: 600, bytesMax: 1_000 }).catch((error: unknown) => error),
    );
    await expect(send({ timeoutMs: 200, bytesMax: 1_000 })).rejects.toMatchObject({
      fault: 'timeout',
      mayHaveRun: false,
    });
    await Promise.all(busy);
  });

  it('refuses an address that is none, and everything after its close', async () => {
    await expect(send(undefined, 'not a url')).rejects.toMatchObject({ fault: 'unreachable', mayHaveRun: false });
    await transport.close();
    await expect(send()).rejects.toMatchObject({ fault: 'closed', mayHaveRun: false });
  });
});
