import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, idBytes, nodeRequestText, scanFrame } from './index.js';

const scan = (text: string | Buffer): Frame => scanFrame(Buffer.from(text as string));
const single = (text: string) => {
  const frame = scan(text);
  if (frame.kind !== 'single') throw new Error(`expected one call, got ${JSON.stringify(frame)}`);
  return frame.call;
};
const batch = (text: string) => {
  const frame = scan(text);
  if (frame.kind !== 'batch') throw new Error(`expected a batch, got ${JSON.stringify(frame)}`);
  return frame.calls;
};

describe('scanFrame', () => {
  it('reads id, method and params of a call without touching their bytes', () => {
    const text =
      ' {"jsonrpc" : "2.0","id": 12345678901234567890 ,"method":"eth_call","params":[{"to":"0x1"},"latest"]}\n';
    const body = Buffer.from(text);
    const call = single(text);
    expect(call.method).toBe('eth_call');
    expect(idBytes(body, call).toString()).toBe('12345678901234567890');
    expect(body.subarray(call.params!.start, call.params!.end).toString()).toBe('[{"to":"0x1"},"latest"]');
    expect(call).toMatchObject({ notification: false, fault: null });
    expect(nodeRequestText(body, call, '7')).toBe(text.trim().replace('12345678901234567890', '7'));
  });

  it.each(['0', '-0', '1.5e3', '""', '"\\u0000"', '"é"', 'null', '"00000000-0000-0000-0000-000000000000"'])(
    'keeps the id %s',
    (id) => {
      const text = `{"id":${id},"jsonrpc":"2.0","method":"m"}`;
      expect(idBytes(Buffer.from(text), single(text)).toString()).toBe(id);
      expect(single(text).notification).toBe(false);
    },
  );

  it('gives a notification an id on its way to the node', () => {
    const text = '{"jsonrpc":"2.0","method":"m"}';
    const call = single(text);
    expect(call.notification).toBe(true);
    expect(JSON.parse(nodeRequestText(Buffer.from(text), call, '9'))).toEqual({ jsonrpc: '2.0', method: 'm', id: 9 });
  });

  it('decodes escaped member names and methods', () => {
    const call = single('{"jsonrpc":"2.\\u0030","\\u006dethod":"eth\\u005fcall","i\\u0064":1}');
    expect(call).toMatchObject({ method: 'eth_call', notification: false, fault: null });
  });

  it.each([
    ['a repeated method', '{"jsonrpc":"2.0","id":1,"method":"eth_call","method":"debug_x"}'],
    ['a repeated id', '{"jsonrpc":"2.0","id":1,"id":2,"method":"m"}'],
    ['a repeated member behind an escape', '{"jsonrpc":"2.0","id":1,"method":"m","m\\u0065thod":"n"}'],
    ['a member that Go would match', '{"jsonrpc":"2.0","id":1,"method":"m","Method":"n"}'],
    ['a member that Go folds', '{"jsonrpc":"2.0","id":1,"method":"m","param\u017f":[1]}'],
    ['no method', '{"jsonrpc":"2.0","id":1}'],
    ['an empty method', '{"jsonrpc":"2.0","id":1,"method":""}'],
    ['a method that is no string', '{"jsonrpc":"2.0","id":1,"method":1}'],
    ['params of another kind', '{"jsonrpc":"2.0","id":1,"method":"m","params":"bar"}'],
    ['version 1', '{"jsonrpc":"1.0","id":1,"method":"m"}'],
    ['no version', '{"id":1,"method":"m"}'],
    ['a long method', `{"jsonrpc":"2.0","id":1,"method":"${'m'.repeat(129)}"}`],
  ])('refuses %s and still knows the id', (_name, text) => {
    const call = single(text);
    expect(call.fault).not.toBeNull();
    expect(call.notification).toBe(false);
    expect(idBytes(Buffer.from(text), call).toString()).toBe('1');
  });

  it.each(['true', '{}', '[1]', `"${'i'.repeat(600)}"`])('refuses the id %s with a null id', (id) => {
    const text = `{"jsonrpc":"2.0","id":${id},"method":"m"}`;
    expect(single(text).fault).not.toBeNull();
    expect(idBytes(Buffer.from(text), single(text)).toString()).toBe('null');
  });

  it('accepts chains that leave the version out when told so', () => {
    const frame = scanFrame(Buffer.from('{"id":1,"method":"getblockcount"}'), { versionOptional: true });
    expect(frame).toMatchObject({ kind: 'single', call: { fault: null } });
  });

  it('takes 64 levels and refuses 65', () => {
    const nested = (levels: number) =>
      `{"jsonrpc":"2.0","id":1,"method":"m","params":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(single(nested(64)).fault).toBeNull();
    expect(scan(nested(65))).toMatchObject({ kind: 'malformed', reason: 'size' });
    expect(scan('['.repeat(1_000_000))).toMatchObject({ kind: 'malformed', reason: 'size' });
    expect(scan(`[${nested(63)}]`)).toMatchObject({ kind: 'batch' });
    expect(scan(`[${nested(64)}]`)).toMatchObject({ kind: 'malformed', reason: 'size' });
  });

  it('takes a batch of 100, tells the ids of up to 1,000 and gives up behind that', () => {
    const many = (count: number) =>
      `[${Array.from({ length: count }, (_, id) => `{"jsonrpc":"2.0","id":${id},"method":"m"}`).join(',')}]`;
    expect(batch(many(100))).toHaveLength(100);
    const long = scan(many(101));
    expect(long).toMatchObject({ kind: 'batch-too-long', count: 101 });
    expect(long.kind === 'batch-too-long' && long.calls?.length).toBe(101);
    expect(scan(many(1_001))).toMatchObject({ kind: 'batch-too-long', calls: null, count: 1_001 });
  });

  it('reads every element of a batch on its own', () => {
    const calls = batch('[{"jsonrpc":"2.0","id":1,"method":"a"}, 1, {"foo":"boo"},{"jsonrpc":"2.0","method":"n"}]');
    expect(calls.map((call) => [call.method, call.fault !== null, call.notification])).toEqual([
      ['a', false, false],
      ['', true, false],
      ['', true, false],
      ['n', false, true],
    ]);
  });
});

describe("the specification's own examples", () => {
  it('reads positional and named parameters', () => {
    expect(single('{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}').fault).toBeNull();
    expect(
      single('{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}').fault,
    ).toBeNull();
    expect(single('{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}').notification).toBe(true);
  });
  it('tells invalid JSON from an invalid request', () => {
    expect(scan('{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]')).toMatchObject({ reason: 'parse' });
    expect(single('{"jsonrpc": "2.0", "method": 1, "params": "bar"}').fault).not.toBeNull();
    expect(
      scan('[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method"]'),
    ).toMatchObject({ reason: 'parse' });
    expect(scan('[]')).toMatchObject({ kind: 'malformed', reason: 'request' });
    expect(batch('[1]')).toHaveLength(1);
    expect(batch('[1,2,3]').every((call) => call.fault !== null)).toBe(true);
  });
});

const frameOf = (value: string) => `{"jsonrpc":"2.0","id":1,"method":"m","params":[${value}]}`;

/** Values that the grammar of RFC 8259 allows. */
const ACCEPTED = [
  '',
  ' ',
  '\n\t\r ',
  '[]',
  '[[]]',
  '{}',
  '{"":0}',
  '{"a":1,"a":2}',
  '{"a":{"b":[1,{"c":null}]}}',
  '""',
  '"a"',
  '"\\""',
  '"\\\\"',
  '"\\/"',
  '"\\b\\f\\n\\r\\t"',
  '"\\u0000"',
  '"\\uD83D\\uDE00"',
  '"\\uD800"',
  '"\\uDFFF\\uD800"',
  '"\u0080"',
  '"\u2028"',
  '"\u2029"',
  '"\u{1F600}"',
  '"\uFEFF"',
  '"\u007f"',
  '0',
  '-0',
  '1',
  '-1',
  '10',
  '0.0',
  '1.5',
  '-0.5',
  '1e1',
  '1E1',
  '1e+1',
  '1e-1',
  '1.5e10',
  '0e0',
  '0E+1',
  '123456789012345678901234567890',
  '1e400',
  '-1e-400',
  '0.1e1',
  'true',
  'false',
  'null',
  '1,2',
  '[1,[2,[3]]]',
  '{"\\u0061":1}',
  '"' + 'x'.repeat(5000) + '"',
  '[null,true,false]',
  ' 1 , 2 ',
  '{ "a" : 1 , "b" : [ ] }',
  '"\\u00e9"',
  '"a\\u0062c"',
  '"\\u000A"',
  '"\\ufeff"',
  '"\\uDBFF\\uDFFF"',
  '"\\uDC00"',
  '"\\u0022\\u005C"',
  '"/"',
  '"\u2060"',
  '"\u{10FFFF}"',
  '"\u{1D11E} and \u00fc"',
  '"[1,{\\"a\\":]"',
  '"// no comment"',
  '"\'"',
  '" "',
  '"a","b"',
  '{"a":"b","c":"d"}',
  '{"a":[]}',
  '{"a":{}}',
  '{"\\"":1}',
  '{"\\\\":1}',
  '{"\\u0000":1}',
  '{"a b":1}',
  '{"__proto__":{}}',
  '{"id":7,"method":"other"}',
  '{"a":true,"b":false,"c":null}',
  '[[],[],{}]',
  '[{},{"a":[{}]}]',
  '[ ]',
  '{ }',
  '\r\n[\r\n1\r\n]\r\n',
  '\t{\t"a"\t:\t1\t}\t',
  '[1,-1,0,-0]',
  '-1.5',
  '-1.5e-7',
  '1000000000000000000000',
  '9007199254740993',
  '-9223372036854775808',
  '0.1000000000000000000000000000000001',
  '2E308',
  '5e-324',
  '123e45',
  '123E-45',
  '123e065',
  '1e00',
];

/** Bodies that the grammar does not allow; each must be told to be no JSON. */
const REJECTED = [
  '',
  ' ',
  '{',
  '}',
  '[',
  ']',
  '{]',
  '[}',
  '{"',
  '{"a',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '{"a":1,}',
  '{,}',
  '{,"a":1}',
  '{"a" 1}',
  '{"a"::1}',
  '{"a":1 "b":2}',
  '{"a":1;}',
  '{a:1}',
  "{'a':1}",
  '{1:1}',
  '{null:1}',
  '{"a":}',
  '[1',
  '[1,',
  '[1,]',
  '[,1]',
  '[,]',
  '[1 2]',
  '[1,,2]',
  '[1;2]',
  '["a]',
  '["a',
  '[a]',
  '[tru]',
  '[True]',
  '[nul]',
  '[undefined]',
  '[NaN]',
  '[Infinity]',
  '[-Infinity]',
  '[+1]',
  '[01]',
  '[-01]',
  '[1.]',
  '[.5]',
  '[-.5]',
  '[1e]',
  '[1e+]',
  '[1E-]',
  '[1.e1]',
  '[0x1]',
  '[1_000]',
  '[-]',
  '[--1]',
  '[1-]',
  '[1.2.3]',
  '[1ee1]',
  '[\u0661]',
  '["\t"]',
  '["\n"]',
  '["\u0000"]',
  '["\\"]',
  '["\\x"]',
  '["\\u"]',
  '["\\u12"]',
  '["\\u12G4"]',
  '["\\U0041"]',
  '["\\a"]',
  '["\\\u00e9"]',
  "['a']",
  '[/* c */1]',
  '[1]// c',
  '// c\n1',
  '#',
  '<html></html>',
  '{}{}',
  '{} x',
  '[]]',
  '[][]',
  '{}}',
  '1 2',
  'truefalse',
  'nulll',
  '"a" "b"',
  '\uFEFF{}',
  '\u00a0{}',
  '\u2028{}',
  '\f[]',
  '\v[]',
  '{"a":1}\u0000',
  '\u0000',
  'abc',
  '"',
  '"a',
  '-',
  '+',
  '.',
  'e',
  '*',
  '@',
  '[1}',
  '{"a":[}',
  '{"a":1]',
  '[{"a":1]',
  '{"a":"b}',
  '{"a":tru}',
  '{"\\x":1}',
  '{"a\n":1}',
  '[1,\n2',
  '[[[[',
  ']]]]',
  '{{}}',
  '{[]:1}',
  '{"a":1,,"b":2}',
  '["\\ud8"]',
  '{"a":1}}',
  '[1]]',
  '[1',
  '{"a":1',
  '{"a":[1}',
  '{"a":{"b":1}',
  '[{]}',
  '[{}',
  '{"a":[}]',
  '[[]',
  '[]{}',
  '{}[]',
  '[]1',
  '1[]',
  '{"a":1}{"b":2}',
  '{"a":1} true',
  '{"a":1}#',
  '{"a":1}/**/',
  '/**/{"a":1}',
  '[1]/*',
  '[/*]',
  '[1 // x\n]',
  '["a"/**/]',
  '[1:2]',
  '["a":1]',
  '["a",]',
  '["a"',
  '["a",',
  '[,"a"]',
  '["a",,"b"]',
  '["a";"b"]',
  '["a" "b"]',
  '[null null]',
  '[true,fals]',
  '[TRUE]',
  '[False]',
  '[NULL]',
  '[none]',
  '[nan]',
  '[inf]',
  '[-inf]',
  '[- 1]',
  '[1 000]',
  '[1,000,]',
  '[00]',
  '[-00]',
  '[01.5]',
  '[0.e1]',
  '[0.1.2]',
  '[0e]',
  '[0e+]',
  '[1e1.5]',
  '[1e1e1]',
  '[1e+-1]',
  '[1+1]',
  '[1a]',
  '[1\u0000]',
  '[0b1]',
  '[0o7]',
  '[1n]',
  '[\uff11]',
  '[\u22121]',
  '["\u0001"]',
  '["\u001f"]',
  '["\r"]',
  '["\b"]',
  '["\\u{41}"]',
  '["\\u 041"]',
  '["\\u-041"]',
  '["\\u004"]',
  '["\\ux041"]',
  '["\\0"]',
  '["\\1"]',
  '["\\\'"]',
  '["\\ "]',
  '["\\\n"]',
  '["\\\u{1F600}"]',
  '["\\uD83D\\u"]',
  '["\\uD83D\\uDE0"]',
  '[\u201ca\u201d]',
  '[`a`]',
  '["a\']',
];

describe('JSON grammar', () => {
  it('is tested on both sides broadly', () => {
    expect(new Set(ACCEPTED).size).toBeGreaterThanOrEqual(95);
    expect(new Set(REJECTED).size).toBeGreaterThanOrEqual(188);
  });

  it.each(ACCEPTED)('accepts params [%s]', (value) => {
    expect(() => JSON.parse(frameOf(value)) as unknown).not.toThrow();
    expect(single(frameOf(value)).fault).toBeNull();
  });

  it.each(REJECTED)('refuses the body %j', (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(scan(text)).toMatchObject({ kind: 'malformed', reason: 'parse' });
  });

  it.each([
    ['an overlong slash', [0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['a lone continuation', [0x80]],
    ['a cut sequence', [0xe2, 0x82]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['UTF-16', [0xff, 0xfe]],
  ])('refuses bytes that are not UTF-8: %s', (_name, bytes) => {
    const body = Buffer.concat([
      Buffer.from('{"jsonrpc":"2.0","id":1,"method":"'),
      Buffer.from(bytes),
      Buffer.from('"}'),
    ]);
    expect(scan(body)).toMatchObject({ kind: 'malformed', reason: 'parse' });
  });

  it('agrees with JSON.parse on any JSON value', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'small' }), (text) => {
        expect(single(frameOf(text)).fault).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with JSON.parse on damaged JSON', () => {
    fc.assert(
      fc.property(
        fc.json({ depthSize: 'small' }),
        fc.nat(),
        fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'e', '.', ' ', '\u0001', 'é'),
        (text, position, damage) => {
          const whole = frameOf(text);
          const at = position % whole.length;
          const damaged = whole.slice(0, at) + damage + whole.slice(at + 1);
          let parses = true;
          try {
            JSON.parse(damaged);
          } catch {
            parses = false;
          }
          const frame = scan(damaged);
          expect(frame.kind === 'malformed' && frame.reason === 'parse').toBe(!parses);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads the same id, method and params as JSON.parse', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.string({ maxLength: 40 }), fc.constant(null)),
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.array(fc.jsonValue({ depthSize: 'small' })),
        (id, method, params) => {
          const text = JSON.stringify({ params, id, extra: { id: 5 }, method, jsonrpc: '2.0' });
          const body = Buffer.from(text);
          const call = single(text);
          expect(JSON.parse(idBytes(body, call).toString())).toEqual(id);
          expect(call.method).toBe(method);
          expect(body.subarray(call.params!.start, call.params!.end).toString()).toBe(JSON.stringify(params));
          expect(JSON.parse(nodeRequestText(body, call, '1'))).toEqual({ ...(JSON.parse(text) as object), id: 1 });
        },
      ),
      { numRuns: 300 },
    );
  });
});
