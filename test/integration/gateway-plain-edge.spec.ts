import fc from 'fast-check';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edge, startEdge } from './gateway-edge.js';
import { waitFor } from '../support/wait-for.js';

/** Conversations per run; set PLAIN_EDGE_CONVERSATIONS for a campaign. */
const CONVERSATIONS = Number(process.env['PLAIN_EDGE_CONVERSATIONS'] ?? 100);
/** A conversation that is still open then has no end. */
const PATIENCE_MS = 10_000;
const PATH = '/v1/wallet.none/eth-mainnet';
const CALL = '{"jsonrpc":"2.0","id":7,"method":"eth_call"}';

let plain: Edge;
let reference: Edge;
beforeAll(async () => {
  plain = await startEdge({ holdMs: 0 });
  reference = await startEdge({ plain: false, holdMs: 0 });
});
afterAll(async () => {
  await plain.close();
  await reference.close();
});

/** Where the answers in `text` end: interim ones do not count; -1 while the last is not all there or there is none. */
function answerEnd(text: string): number {
  for (let at = 0; ;) {
    const bodyAt = text.indexOf('\r\n\r\n', at) + 4;
    if (bodyAt === 3) return -1;
    const head = text.slice(at, bodyAt);
    if (!/^HTTP\/1\.1 1\d\d/.test(head)) {
      const end = bodyAt + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      return text.length >= end ? end : -1;
    }
    at = bodyAt;
  }
}

/** Sends each message in its pieces, a turn of the event loop apart, when the one before was answered. Resolves to all that came back. */
function converse(edge: Edge, messages: ReadonlyArray<readonly Buffer[]>): Promise<string[]> {
  return new Promise((resolve) => {
    const seen: string[] = [];
    let message = -1;
    const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
    socket.setNoDelay(true);
    const patience = setTimeout(() => {
      seen.push('(never ended)');
      socket.destroy();
    }, PATIENCE_MS);
    const next = (): void => {
      message += 1;
      seen.push('');
      const pieces = messages[message] ?? [];
      let at = 0;
      const piece = (): void => {
        const bytes = pieces[at];
        if (bytes === undefined || socket.destroyed) return;
        at += 1;
        socket.write(bytes, () => setImmediate(piece));
      };
      piece();
    };
    socket.on('data', (chunk: Buffer) => {
      seen[message] += chunk.toString('latin1');
      if (answerEnd(seen[message] ?? '') !== -1) next();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(patience);
      resolve(seen);
    });
    socket.once('connect', next);
  });
}

/** One character is one byte. */
function cut(text: string, cuts: readonly number[]): Buffer[] {
  const whole = Buffer.from(text, 'latin1');
  const at = [0, ...cuts.map((one) => one % whole.length).toSorted((a, b) => a - b), whole.length];
  return at
    .slice(1)
    .map((end, index) => whole.subarray(at[index], end))
    .filter((piece) => piece.length > 0);
}

/** What does not depend on when or where a conversation took place. Header names keep their order and case. */
function comparable(text: string): string {
  return text
    .replaceAll(/^date: .*$/gim, 'date')
    .replaceAll(/[0-9a-f]{32}/g, 'id')
    .replaceAll(/^ratelimit-reset: \d+/gim, 'reset');
}

function request(o: { line?: string; headers?: readonly string[]; body?: string; length?: string | null }): string {
  const body = o.body ?? CALL;
  const headers = ['Host: gateway', 'Content-Type: application/json', ...(o.headers ?? [])];
  if (o.length !== null) headers.push(`Content-Length: ${o.length ?? body.length}`);
  return `${o.line ?? `POST ${PATH} HTTP/1.1`}\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

const LAST = request({ headers: ['Connection: close'] });

const oddHeader = fc.constantFrom(
  'Connection: keep-alive',
  'Connection: Keep-Alive, x',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding : chunked',
  'transfer-encoding: identity',
  'Content-Length: 5',
  'Content-Length: +5',
  'Content-Encoding: gzip',
  'Content-Encoding: identity',
  'Expect: 100-continue',
  'Upgrade: h2c',
  'Host: other',
  'X-Api-Key: wallet.none.x',
  'Authorization: Bearer strict.quota',
  'Accept: */*',
  'User-Agent: t\tt',
  'User-Agent: caf\u00e9',
  'X-Empty:',
  ' X-Folded: a',
  'X_Under: a',
  '__proto__: a',
  'constructor: a',
  'X-Bad\u0001: a',
  'X-Bare: a\rb',
  'X-Line: a\nInjected: b',
  'Origin: https://wallet.example',
  'Cookie: a=b; c=d',
  'Content-Type: text/plain',
  'TE: trailers',
);
const line = fc.constantFrom(
  `POST ${PATH} HTTP/1.1`,
  `POST ${PATH}/ HTTP/1.1`,
  `POST ${PATH}?a=b HTTP/1.1`,
  `POST /v1/%77allet.none/eth-mainnet HTTP/1.1`,
  'POST /v1/ HTTP/1.1',
  'POST /v1 HTTP/1.1',
  'POST /v1/wallet.auth/eth-mainnet HTTP/1.1',
  'POST /v1/strict.quota/eth-mainnet HTTP/1.1',
  'POST /v1/wallet.rate/eth-mainnet HTTP/1.1',
  'POST /v1/strict.busy.x/eth-mainnet HTTP/1.1',
  'POST /other HTTP/1.1',
  `GET ${PATH} HTTP/1.1`,
  `PUT ${PATH} HTTP/1.1`,
  `OPTIONS ${PATH} HTTP/1.1`,
  `POST ${PATH} HTTP/1.0`,
  `POST  ${PATH} HTTP/1.1`,
  `post ${PATH} HTTP/1.1`,
  `POST ${PATH} HTTP/1.1 `,
  `POST http://gateway${PATH} HTTP/1.1`,
);
const body = fc.oneof(
  fc.constantFrom(
    CALL,
    '{"jsonrpc":"2.0","method":"eth_call"}',
    `[${CALL},${CALL}]`,
    '[]',
    'no json',
    '{"jsonrpc":"2.0","id":"\u00c3\u00bc","method":"eth_call"}',
    '{"jsonrpc":"2.0","id":"\u00fc","method":"eth_call"}',
    '{"jsonrpc":"2.0","id":1}',
  ),
  fc.string({ maxLength: 40 }),
);
const message = fc
  .record({
    line: fc.oneof({ weight: 3, arbitrary: fc.constant(`POST ${PATH} HTTP/1.1`) }, { weight: 2, arbitrary: line }),
    headers: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(oddHeader, { maxLength: 2 })),
    body,
    length: fc.oneof(
      { weight: 8, arbitrary: fc.constant(undefined) },
      fc.constantFrom('-1', '+2', '0x2', '2 2', '1, 1'),
    ),
  })
  .map(({ length, ...rest }) => request(length === undefined ? rest : { ...rest, length }));
const cuts = fc.array(fc.nat(1_000), { maxLength: 3 });

describe('the plain edge', () => {
  it('answers as the HTTP server behind it does, wherever the bytes of requests are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(message, cuts), { minLength: 1, maxLength: 3 }), async (messages) => {
        const all = [...messages, [LAST, []] as const];
        const [here, there] = await Promise.all([
          converse(
            plain,
            all.map(([text, at]) => cut(text, at)),
          ),
          converse(
            reference,
            all.map(([text]) => cut(text, [])),
          ),
        ]);
        expect(here.map(comparable)).toEqual(there.map(comparable));
      }),
      { numRuns: CONVERSATIONS },
    );
  }, 120_000);

  it('answers requests sent ahead of their turn in their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          body.filter((text) => text !== ''),
          { minLength: 2, maxLength: 5 },
        ),
        cuts,
        async (bodies, at) => {
          const text = bodies.map((one) => request({ body: one })).join('') + LAST;
          // All of it is one message: it ends when the connection does.
          const all = (edge: Edge, pieces: readonly Buffer[]): Promise<string> =>
            converse(edge, [pieces]).then((seen) => seen.join(''));
          const [here, there] = await Promise.all([all(plain, cut(text, at)), all(reference, cut(text, []))]);
          expect(comparable(here)).toBe(comparable(there));
        },
      ),
      { numRuns: Math.ceil(CONVERSATIONS / 3) },
    );
  }, 120_000);

  it('serves plain requests itself, whole or with the body behind the head, and keeps the connection', async () => {
    const before = plain.plainRequests();
    const text = request({});
    const bodyAt = text.indexOf('\r\n\r\n') + 4;
    const seen = await converse(plain, [
      [Buffer.from(text)],
      [
        Buffer.from(text.slice(0, bodyAt)),
        Buffer.from(text.slice(bodyAt, bodyAt + 5)),
        Buffer.from(text.slice(bodyAt + 5)),
      ],
      [Buffer.from(text)],
      [Buffer.from(LAST)],
    ]);
    expect(seen.join('').match(/HTTP\/1\.1 200 OK/g)).toHaveLength(4);
    expect(plain.plainRequests() - before).toBe(3);
  });

  it('leaves a connection whose first request does not come to the patience of the HTTP server', async () => {
    const socket = connect(Number(new URL(plain.url).port), '127.0.0.1');
    try {
      await waitFor('the connection is taken', () => plain.plainConnections() > 0);
      await waitFor('the connection is left', () => plain.plainConnections() === 0);
      expect(socket.destroyed).toBe(false);
      const answered = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())));
      socket.write(request({}));
      expect(await answered).toMatch(/^HTTP\/1\.1 200 OK/);
    } finally {
      socket.destroy();
    }
  });
});
