import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a back end was asked. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A chain's own HTTP server, behind the devnet's nodes. */
export interface BackEnd {
  readonly url: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

type Answer = { readonly status?: number; readonly type: string; readonly body: string };

/** Keys of its JSON are in order, since pocket-core's nodes sort them. */
const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

/** A chain of the Cosmos family: CometBFT's and the SDK's paths, and JSON-RPC at the root. */
export function startCometBackEnd(): Promise<BackEnd> {
  return startBackEnd(({ method, url, body, headers }) => {
    const { pathname, searchParams } = new URL(url, 'http://chain');
    if (method === 'POST' && pathname === '/') return rpcAnswer(body, (name, params) => ({ method: name, params }));
    switch (pathname) {
      case '/status':
        return json({ id: -1, jsonrpc: '2.0', result: { sync_info: { latest_block_height: '12345678901234567890' } } });
      case '/abci_query':
        return json({ id: -1, jsonrpc: '2.0', result: { path: searchParams.get('path') } });
      case '/cosmos/bank/v1beta1/balances/osmo1xyz':
        return json({
          balances: [{ amount: '7', denom: 'uosmo' }],
          height: headers['x-cosmos-block-height'] ?? 'latest',
        });
      case '/cosmos/tx/v1beta1/txs':
        return json({ received: body, type: headers['content-type'] });
      case '/health':
        return { type: 'text/plain', body: 'grüezi, all is well\n' };
      case '/genesis':
        return json({ accounts: Array.from({ length: 500 }, (_, index) => `osmo1account${index}`) });
      case '/page':
        return { type: 'text/html', body: '<!DOCTYPE html><html>a login page</html>' };
      case '/empty':
        return { type: 'text/plain', body: '' };
      default:
        return json({ code: 12, details: [], message: 'Not Implemented' }, 501);
    }
  });
}

/** A chain that speaks JSON-RPC and is no EVM: numbers beyond 2^53, base58 texts, its own error codes. */
export function startSolanaBackEnd(): Promise<BackEnd> {
  return startBackEnd(({ body }) =>
    rpcAnswer(body, (method, params) => {
      if (method === 'getSlot') return 18_446_744_073_709n;
      if (method === 'getBalance') return { context: { slot: 7 }, value: 1_000 };
      if (method === 'getProgramAccounts')
        return Array.from({ length: 300 }, (_, index) => ({ pubkey: `So1ana${index}`, params }));
      if (method === 'getLargeAccount') return 'A'.repeat(Number((params as number[])[0]));
      if (method === 'sendTransaction') return '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnb';
      return null;
    }),
  );
}

function rpcAnswer(body: string, result: (method: string, params: unknown) => unknown): Answer {
  const { id, method, params } = JSON.parse(body) as { id: unknown; method: string; params?: unknown };
  const found = result(method, params ?? null);
  if (found === null) {
    return json({ error: { code: -32_601, message: 'Method not found' }, id, jsonrpc: '2.0' });
  }
  const text = typeof found === 'bigint' ? found.toString() : JSON.stringify(found);
  return { type: 'application/json', body: `{"id":${JSON.stringify(id)},"jsonrpc":"2.0","result":${text}}` };
}

async function startBackEnd(answer: (asked: Asked) => Answer): Promise<BackEnd> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      asked.push(one);
      const { status = 200, type, body } = answer(one);
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A gzip body of a few kilobytes that inflates to `bytes`. */
export function gzipBomb(bytes: number): Buffer {
  return gzipSync(Buffer.alloc(bytes, ' '));
}
