import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type Edge, startEdge } from './gateway-edge.js';

let edge: Edge;
let socket: WebSocket;

beforeAll(async () => {
  edge = await startEdge();
  socket = new WebSocket(`${edge.url.replace('http', 'ws')}/v1/wallet.none.frames/eth`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
});
afterAll(async () => {
  socket?.close();
  await edge?.close();
});

interface Item {
  jsonrpc: string;
  id: unknown;
  result?: unknown;
  error?: { code: number; data: { reason: string } };
}

async function overHttp(body: string | Buffer): Promise<{ status: number; text: string }> {
  const response = await fetch(`${edge.url}/v1/wallet.none.frames/eth`, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body as string)),
  });
  return { status: response.status, text: await response.text() };
}

/** One frame and its answer; nothing else is under way on the socket. */
function overWebSocket(body: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer) => resolve(data.toString()));
    socket.send(body);
  });
}

describe('the examples of the JSON-RPC 2.0 specification', () => {
  const call = (id: string, params: string): string =>
    `{"jsonrpc": "2.0", "method": "subtract", "params": ${params}, "id": ${id}}`;
  it.each([
    ['positional parameters', call('1', '[42, 23]'), '{"jsonrpc":"2.0","id":1,"result":"subtract"}'],
    ['positional parameters, turned', call('2', '[23, 42]'), '{"jsonrpc":"2.0","id":2,"result":"subtract"}'],
    [
      'named parameters',
      call('3', '{"subtrahend": 23, "minuend": 42}'),
      '{"jsonrpc":"2.0","id":3,"result":"subtract"}',
    ],
    ['named, turned', call('4', '{"minuend": 42, "subtrahend": 23}'), '{"jsonrpc":"2.0","id":4,"result":"subtract"}'],
    ['a string id', call('"9"', '[]'), '{"jsonrpc":"2.0","id":"9","result":"subtract"}'],
  ])('%s', async (_name, body, answer) => {
    expect((await overHttp(body)).text).toBe(answer);
    expect(await overWebSocket(body)).toBe(answer);
  });

  it.each([
    ['a notification', '{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}'],
    ['a notification without params', '{"jsonrpc": "2.0", "method": "foobar"}'],
    [
      'a batch of notifications',
      '[{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]',
    ],
  ])('%s has no answer', async (_name, body) => expect(await overHttp(body)).toEqual({ status: 204, text: '' }));

  it.each([
    ['invalid JSON', '{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]', -32700],
    ['an invalid request', '{"jsonrpc": "2.0", "method": 1, "params": "bar"}', -32600],
    [
      'an invalid batch',
      '[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method"]',
      -32700,
    ],
    ['an empty array', '[]', -32600],
  ])('%s is a single error with the id null', async (_name, body, code) => {
    for (const text of [(await overHttp(body)).text, await overWebSocket(body)]) {
      expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code } });
    }
  });

  it.each([
    ['an invalid batch that is not empty', '[1]', [[null, -32600]]],
    [
      'an invalid batch',
      '[1,2,3]',
      [
        [null, -32600],
        [null, -32600],
        [null, -32600],
      ],
    ],
    [
      'a mixed batch',
      '[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},{"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},{"foo": "boo"},{"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},{"jsonrpc": "2.0", "method": "get_data", "id": "9"}]',
      [
        ['1', 'sum'],
        ['2', 'subtract'],
        [null, -32600],
        ['5', 'foo.get'],
        ['9', 'get_data'],
      ],
    ],
  ])('%s is answered item by item', async (_name, body, expected) => {
    for (const text of [(await overHttp(body)).text, await overWebSocket(body)]) {
      const items = JSON.parse(text) as Item[];
      expect(items.map((item) => [item.id, item.result ?? item.error?.code])).toEqual(expected);
    }
  });
});

const VALID = '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}';
const withId = (id: string): string => `{"jsonrpc":"2.0","id":${id},"method":"m"}`;
const withParams = (params: string): string => `{"jsonrpc":"2.0","id":1,"method":"m","params":${params}}`;

/** Not JSON at all: each must be -32700. */
const NOT_JSON: ReadonlyArray<string | Buffer> = (
  [
    [
      '',
      ' ',
      '{',
      '}',
      '[',
      ']',
      '{]',
      '[}',
      '"',
      '"abc',
      "'a'",
      'nul',
      'True',
      'NaN',
      'Infinity',
      'undefined',
      '<html>',
      'GET / HTTP/1.1',
    ],
    [
      '[1,]',
      '[,1]',
      '[1 2]',
      '[1,,2]',
      '{"a"}',
      '{"a":}',
      '{"a":1,}',
      '{,}',
      '{a:1}',
      "{'a':1}",
      '{"a":1 "b":2}',
      '{"a"::1}',
      '{1:1}',
    ],
    [
      '01',
      '-',
      '+1',
      '1.',
      '.5',
      '1e',
      '1e+',
      '0x10',
      '1_000',
      '--1',
      '1.2.3',
      '-01',
      '1 2',
      '{"a":01}',
      '[1.]',
      '[-]',
      '[0e]',
      '[1eE2]',
    ],
    [
      '"\\x"',
      '"\\u12"',
      '"\\u12g4"',
      '"\\',
      '"a\nb"',
      '"\t"',
      '"\u0000"',
      '["a\u001f"]',
      '"\\u"',
      '"\\ "',
      '["\\a"]',
      '"""',
      '["a" "b"]',
    ],
    [
      `${VALID}x`,
      `${VALID},`,
      `${VALID}]`,
      `${VALID}${VALID}`,
      `[${VALID}`,
      `[${VALID},]`,
      `[${VALID}}`,
      `// c\n${VALID}`,
      `/* */${VALID}`,
    ],
    [
      `\u00a0${VALID}`,
      `\u2028${VALID}`,
      `\f${VALID}`,
      `\v${VALID}`,
      VALID.slice(0, -1),
      VALID.slice(1),
      VALID.replace(':', ''),
      VALID.replace('"id"', 'id'),
    ],
    [
      withParams('[1,]'),
      withParams('[tru]'),
      withParams('{"a":1,}'),
      withParams('"\\q"'),
      withParams('nil'),
      withParams('[0x1]'),
      withId('1.'),
      withId('00'),
    ],
    [
      [0xef, 0xbb, 0xbf],
      [0xff],
      [0xfe, 0xff],
      [0xc0, 0x80],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0x80, 0x22],
      [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
    ].map((bytes) => Buffer.from(bytes)),
    [
      Buffer.from(VALID, 'utf16le'),
      Buffer.concat([Buffer.from(VALID), Buffer.from([0])]),
      Buffer.from([0x5b, 0x22, 0xc3, 0x22, 0x5d]),
    ],
  ] as Array<Array<string | Buffer>>
).flat();

/** JSON, but no call: each must be -32600. */
const NO_CALL: readonly string[] = (
  [
    [
      '1',
      '"a"',
      'null',
      'true',
      '{}',
      '[]',
      '{"jsonrpc":"2.0"}',
      '{"method":"m","id":1}',
      '{"jsonrpc":"1.0","method":"m","id":1}',
    ],
    [
      '{"jsonrpc":2.0,"method":"m","id":1}',
      '{"jsonrpc":"2.0","method":"","id":1}',
      '{"jsonrpc":"2.0","method":null,"id":1}',
    ],
    [
      '{"jsonrpc":"2.0","method":["m"],"id":1}',
      withId('true'),
      withId('[1]'),
      withId('{}'),
      withId(`"${'x'.repeat(600)}"`),
    ],
    [withParams('1'), withParams('"a"'), withParams('true'), `{"jsonrpc":"2.0","id":1,"method":"${'m'.repeat(200)}"}`],
    [
      '{"jsonrpc":"2.0","id":1,"id":2,"method":"m"}',
      '{"jsonrpc":"2.0","id":1,"method":"a","method":"b"}',
      '{"jsonrpc":"2.0","ID":1,"method":"m"}',
    ],
    [
      '{"jsonrpc":"2.0","id":1,"Method":"m"}',
      '{"jsonrpc":"2.0","id":1,"method":"m","params":[],"params":[1]}',
      '{"jsonrpc":"2.0","id":1,"method":"m","PARAMS":[]}',
    ],
  ] as Array<Array<string>>
).flat();

describe('malformed frames', () => {
  it(`of ${NOT_JSON.length + NO_CALL.length} kinds are refused alike over HTTP and WebSocket, and the connection lives on`, async () => {
    expect(NOT_JSON.length + NO_CALL.length).toBeGreaterThanOrEqual(100);
    const wrong: unknown[] = [];
    for (const [bodies, code] of [
      [NOT_JSON, -32700],
      [NO_CALL, -32600],
    ] as const) {
      for (const body of bodies) {
        const { status, text } = await overHttp(body);
        const http = JSON.parse(text) as Item;
        const ws = JSON.parse(await overWebSocket(body)) as Item;
        const right = http.error?.code === code && ws.error?.code === code && [200, 400].includes(status);
        if (!right) wrong.push([body.toString().slice(0, 60), status, http.error?.code, ws.error?.code]);
      }
    }
    expect(wrong).toEqual([]);
    expect(await overWebSocket(VALID)).toBe('{"jsonrpc":"2.0","id":1,"result":"eth_blockNumber"}');
  });

  it.each([
    ['nesting of 65', withParams('['.repeat(64) + ']'.repeat(64)), -32600],
    ['1 MiB of brackets', '['.repeat(1024 * 1024), -32600],
  ])('%s are too deep', async (_name, body, code) => {
    expect((await overHttp(body)).status).toBe(413);
    expect((JSON.parse(await overWebSocket(body)) as Item).error?.code).toBe(code);
  });
});

describe('a request that is refused before its calls are read', () => {
  const refused = async (body: string): Promise<unknown> => {
    const response = await fetch(`${edge.url}/v1/wallet.auth.ids/eth`, { method: 'POST', body });
    expect(response.status).toBe(401);
    return response.json();
  };
  const error = expect.objectContaining({ code: -32016 });

  it.each(['7', '0', '"seven"', 'null', '12345678901234567890'])('carries the id %s back as it came', async (id) => {
    const response = await fetch(`${edge.url}/v1/wallet.auth.ids/eth`, {
      method: 'POST',
      body: `{"jsonrpc":"2.0","method":"eth_chainId","id":${id}}`,
    });
    expect(await response.text()).toContain(`"id":${id},"error"`);
  });

  it('answers each call of a batch but the notifications, in order', async () => {
    const batch =
      '[{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","method":"b"},{"jsonrpc":"2.0","id":"c","method":"c"}]';
    expect(await refused(batch)).toEqual([
      { jsonrpc: '2.0', id: 1, error },
      { jsonrpc: '2.0', id: 'c', error },
    ]);
  });

  it.each(['', '{', '[]', '42'])('carries null where no id can be read: %j', async (body) => {
    expect(await refused(body)).toEqual({ jsonrpc: '2.0', id: null, error });
  });
});
