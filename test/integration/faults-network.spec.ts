import { type Socket, connect, createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TcpLink } from '../../tools/faults/tcp-link.js';
import { waitFor } from '../support/wait-for.js';

describe('a network that fails on demand', () => {
  let server: Server;
  let link: TcpLink;
  let heard: string;
  const clients: Socket[] = [];

  beforeEach(async () => {
    heard = '';
    // Answers each message with the same in capitals.
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        heard += String(chunk);
        socket.write(String(chunk).toUpperCase());
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    link = await TcpLink.start((server.address() as AddressInfo).port);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await link.close();
    server.close();
  });

  const open = (): { socket: Socket; received: () => string; ended: () => string | null } => {
    const socket = connect(link.port, '127.0.0.1');
    clients.push(socket);
    let received = '';
    let ended: string | null = null;
    socket.on('data', (chunk) => (received += String(chunk)));
    socket.on('error', (error: NodeJS.ErrnoException) => (ended = error.code ?? error.message));
    socket.on('close', () => (ended ??= 'closed'));
    return { socket, received: () => received, ended: () => ended };
  };

  it('carries both ways, and what came while it was slow arrives whole and in order', async () => {
    const client = open();
    client.socket.write('a');
    await waitFor('the answer', () => client.received() === 'A');
    link.cut('slow', 1);
    for (const letter of 'bcdef') client.socket.write(letter);
    link.restore();
    client.socket.write('g');
    await waitFor('all answers', () => client.received() === 'ABCDEFG');
    expect(client.ended()).toBeNull();
  });

  it('resets what is open and what is new, until it is restored', async () => {
    const before = open();
    before.socket.write('a');
    await waitFor('the answer', () => before.received() === 'A');
    link.cut('reset', 1);
    await waitFor('a reset', () => before.ended() === 'ECONNRESET');
    const during = open();
    await waitFor('another reset', () => during.ended() === 'ECONNRESET');
    link.restore();
    const after = open();
    after.socket.write('b');
    await waitFor('the answer', () => after.received() === 'B');
    expect(heard).toBe('ab');
  });

  it('goes deaf: requests arrive, answers do not, and the connection ends with a reset when it is restored', async () => {
    const client = open();
    link.cut('deaf', 1);
    client.socket.write('a');
    await waitFor('the request to arrive', () => heard === 'a');
    expect(client.received()).toBe('');
    link.restore();
    await waitFor('a reset', () => client.ended() === 'ECONNRESET');
    expect(client.received()).toBe('');
  });

  it('is half open: nothing arrives on either side and nobody is told', async () => {
    const client = open();
    client.socket.write('a');
    await waitFor('the answer', () => client.received() === 'A');
    link.cut('half-open', 1);
    client.socket.write('b');
    const other = open();
    other.socket.write('c');
    await waitFor('the connection to stand', () => !other.socket.connecting);
    expect([heard, client.ended(), other.ended()]).toEqual(['a', null, null]);
    link.restore();
    await waitFor('resets', () => client.ended() === 'ECONNRESET' && other.ended() === 'ECONNRESET');
    expect(heard).toBe('a');
  });

  it('tears messages: a part arrives at most, then a reset', async () => {
    link.cut('torn', 3);
    const message = 'x'.repeat(64);
    const client = open();
    const timer = setInterval(() => client.socket.write(message), 2);
    await waitFor('a reset', () => client.ended() !== null);
    clearInterval(timer);
    expect(heard.length % message.length === 0 && client.received().length === heard.length).toBe(false);
  });
});
