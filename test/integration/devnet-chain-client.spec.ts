import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChainCallError, ChainClient, type ChainRequest } from '../../apps/devnet/src/chain/chain-client.js';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let chain: Server;
let client: ChainClient;
let seen: Seen[] = [];
let answerWith: { status: number; body: string } | 'silence' | 'reset' = { status: 200, body: 'ok' };

beforeAll(async () => {
  chain = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      if (answerWith === 'reset') request.socket.resetAndDestroy();
      else if (answerWith !== 'silence') response.writeHead(answerWith.status).end(answerWith.body);
    });
  });
  await new Promise<void>((resolve) => chain.listen(0, '127.0.0.1', resolve));
  const { port } = chain.address() as AddressInfo;
  client = new ChainClient({ url: `http://127.0.0.1:${port}/base/`, timeoutMs: 500 });
});

beforeEach(() => {
  seen = [];
  answerWith = { status: 200, body: 'ok' };
});

afterAll(async () => {
  await client.close();
  chain.closeAllConnections();
  await new Promise((resolve) => chain.close(resolve));
});

async function call(request: Partial<ChainRequest>): Promise<{ answer: string; request: Seen }> {
  const answer = await client.call({ data: '', method: '', path: '', headers: null, ...request });
  return { answer: answer.toString(), request: seen[0] as Seen };
}

describe('a node calls its chain as pocket-core does', () => {
  it('posts JSON to the hosted URL when the payload names nothing else', async () => {
    const { answer, request } = await call({ data: '{"id":1}' });
    expect(answer).toBe('ok');
    expect(request).toMatchObject({ method: 'POST', url: '/base', body: '{"id":1}' });
    expect(request.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': '' });
  });

  it('appends the path with its query and uses the method', async () => {
    const { request } = await call({ method: 'GET', path: '/eth/v1/node/health?full=1' });
    expect(request).toMatchObject({ method: 'GET', url: '/base/eth/v1/node/health?full=1', body: '' });
  });

  it('sends exactly the headers given, without a content type of its own', async () => {
    const { request } = await call({ data: 'x', headers: { 'X-Token': 'a', accept: 'text/plain' } });
    expect(request.headers).toMatchObject({ 'x-token': 'a', accept: 'text/plain' });
    expect(request.headers['content-type']).toBeUndefined();
  });

  it('takes any status for an answer, and an empty body too', async () => {
    answerWith = { status: 503, body: 'busy' };
    expect((await call({ data: 'x' })).answer).toBe('busy');
    answerWith = { status: 200, body: '' };
    expect((await call({ data: 'x' })).answer).toBe('');
  });

  it.each(['silence', 'reset'] as const)('fails on %s', async (behaviour) => {
    answerWith = behaviour;
    await expect(call({ data: 'x' })).rejects.toThrow(ChainCallError);
  });

  it('refuses a method that is no token, and header injection', async () => {
    await expect(call({ data: 'x', method: 'PO ST' })).rejects.toThrow(ChainCallError);
    await expect(call({ data: 'x', headers: { 'x-a': 'b\r\nx-c: d' } })).rejects.toThrow(ChainCallError);
    expect(seen).toEqual([]);
  });
});
