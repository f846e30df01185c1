import { type Server, type Socket, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SocketTransport } from '#libs/relaying';
import { waitFor } from '../support/wait-for.js';

const LIMITS = { timeoutMs: 2_000, bytesMax: 1_000_000 };
const BODY = Buffer.from('{"relay":1}');
const reply = (body: string, headers = ''): string =>
  `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;

/** A node whose every request is answered by `answer`, called with the connection and the number of the request. */
class ScriptedNode {
  readonly sockets = new Set<Socket>();
  readonly requests: string[] = [];
  connections = 0;
  #server!: Server;

  static async start(answer: (socket: Socket, request: number) => void): Promise<ScriptedNode> {
    const node = new ScriptedNode();
    node.#server = createServer((socket) => {
      node.connections += 1;
      node.sockets.add(socket);
      socket.on('close', () => node.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes) => {
        node.requests.push(bytes.toString());
        answer(socket, node.requests.length);
      });
    });
    await new Promise<void>((resolve) => node.#server.listen(0, '127.0.0.1', resolve));
    return node;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('relays over kept connections', () => {
  const started: Array<{ close(): Promise<void> } | { stop(): Promise<void> }> = [];
  const transport = (options = {}): SocketTransport => {
    const made = new SocketTransport(options);
    started.push(made);
    return made;
  };
  const node = async (answer: (socket: Socket, request: number) => void): Promise<ScriptedNode> => {
    const made = await ScriptedNode.start(answer);
    started.push(made);
    return made;
  };
  afterEach(async () => {
    for (const one of started.splice(0)) await ('close' in one ? one.close() : one.stop());
  });

  it('sends one well-formed request and uses the connection again', async () => {
    const to = await node((socket, request) => socket.write(reply(`answer ${request}`)));
    const by = transport();
    expect((await by.send(to.origin, '/v1/client/relay', BODY, LIMITS)).body.toString()).toBe('answer 1');
    expect(await by.send(to.origin, '/v1/client/relay', BODY, LIMITS)).toMatchObject({ status: 200 });
    expect(to.connections).toBe(1);
    expect(to.requests[0]).toBe(
      `POST /v1/client/relay HTTP/1.1\r\nhost: ${to.origin.slice(7)}\r\ncontent-type: application/json\r\nconnection: keep-alive\r\ncontent-length: 11\r\n\r\n{"relay":1}`,
    );
  });

  it('holds to its number of connections and serves the rest in turn', async () => {
    const to = await node((socket, request) => setTimeout(() => socket.write(reply(String(request))), 5));
    const by = transport({ connectionsPerNode: 2 });
    const replies = await Promise.all(Array.from({ length: 9 }, () => by.send(to.origin, '/', BODY, LIMITS)));
    expect(new Set(replies.map((one) => one.body.toString())).size).toBe(9);
    expect(to.connections).toBe(2);
  });

  it('takes a chunked reply in pieces and one that ends with its connection', async () => {
    const to = await node((socket, request) => {
      if (request === 1) {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab');
        setTimeout(() => socket.write('c\r\n0\r\n\r\n'), 10);
      } else socket.end('HTTP/1.0 500 Oh\r\n\r\nbroken');
    });
    const by = transport();
    expect((await by.send(to.origin, '/', BODY, LIMITS)).body.toString()).toBe('abc');
    const last = await by.send(to.origin, '/', BODY, LIMITS);
    expect([last.status, last.body.toString()]).toEqual([500, 'broken']);
  });

  it('says that nothing was sent when no connection can be made', async () => {
    const to = await node(() => undefined);
    const { origin } = to;
    await to.stop();
    started.pop();
    const by = transport();
    const sends = Array.from({ length: 3 }, () => by.send(origin, '/', BODY, LIMITS));
    for (const one of await Promise.allSettled(sends))
      expect(one).toMatchObject({ status: 'rejected', reason: { fault: 'unreachable', mayHaveRun: false } });
    await expect(by.send('http://a b', '/', BODY, LIMITS)).rejects.toMatchObject({ fault: 'unreachable' });
  });

  it('says that the call may have run when the node is silent, goes away or talks nonsense', async () => {
    const to = await node((socket, request) => {
      if (request === 2) socket.destroy();
      if (request === 3) socket.write('hello\r\n\r\n');
      if (request === 4) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
    });
    const by = transport();
    const fault = (timeoutMs: number): Promise<unknown> =>
      by.send(to.origin, '/', BODY, { ...LIMITS, timeoutMs }).catch((error: unknown) => error);
    expect(await fault(30)).toMatchObject({ fault: 'timeout', mayHaveRun: true });
    for (let request = 2; request <= 4; request += 1)
      expect(await fault(2_000)).toMatchObject({ fault: 'broken', mayHaveRun: true });
    await waitFor('every broken connection to be closed', async () => to.sockets.size === 0);
  });

  it('says that nothing was sent when time is up before a connection is free', async () => {
    const to = await node(() => undefined);
    const by = transport({ connectionsPerNode: 1 });
    const first = by.send(to.origin, '/', BODY, { ...LIMITS, timeoutMs: 200 }).catch((error: unknown) => error);
    const second = by.send(to.origin, '/', BODY, { ...LIMITS, timeoutMs: 50 }).catch((error: unknown) => error);
    expect(await second).toMatchObject({ fault: 'timeout', mayHaveRun: false });
    expect(await first).toMatchObject({ fault: 'timeout', mayHaveRun: true });
  });

  it('stops reading a reply that is too large', async () => {
    const to = await node((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n${'x'.repeat(200_000)}`),
    );
    const error = await transport()
      .send(to.origin, '/', BODY, { ...LIMITS, bytesMax: 100_000 })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fault: 'too-large', mayHaveRun: true });
    await waitFor('the connection to be closed', async () => to.sockets.size === 0);
  });

  it('drops a connection that the node closed or spoke on while nobody asked', async () => {
    const to = await node((socket, request) => {
      socket.write(reply('x'));
      if (request === 1) setTimeout(() => socket.write(reply('forged')), 5);
      if (request === 2) setTimeout(() => socket.end(), 5);
    });
    const by = transport();
    for (let request = 1; request <= 3; request += 1) {
      expect((await by.send(to.origin, '/', BODY, LIMITS)).body.toString()).toBe('x');
      if (request < 3) await waitFor('the connection to be dropped', async () => to.sockets.size === 0);
    }
    expect(to.connections).toBe(3);
  });

  it('closes after the exchanges under way and takes no more', async () => {
    const to = await node((socket) => setTimeout(() => socket.write(reply('late')), 20));
    const by = transport();
    const under = by.send(to.origin, '/', BODY, LIMITS);
    await waitFor('the request to arrive', async () => to.requests.length === 1);
    const closed = by.close();
    await expect(by.send(to.origin, '/', BODY, LIMITS)).rejects.toMatchObject({ fault: 'closed' });
    expect((await under).body.toString()).toBe('late');
    await closed;
    await waitFor('every connection to be closed', async () => to.sockets.size === 0);
  });
});
