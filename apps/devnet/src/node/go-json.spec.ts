import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortRelayResponse } from '#libs/protocol';
import { goJsonStringify, goText, sortJsonResponse } from './go-json.js';

describe('sortJsonResponse', () => {
  it('sorts keys of an object at every level', () => {
    expect(sortJsonResponse('{"jsonrpc":"2.0","id":1,"result":{"b":[{"z":1,"a":2}],"a":null}}')).toBe(
      '{"id":1,"jsonrpc":"2.0","result":{"a":null,"b":[{"a":2,"z":1}]}}',
    );
  });

  it.each([
    ['12345678901234567890', '12345678901234567000'],
    ['1e21', '1e+21'],
    ['100000000000000000000', '100000000000000000000'],
    ['1000000000000000000000', '1e+21'],
    ['0.0000001', '1e-7'],
    ['0.000001', '0.000001'],
    ['1.0', '1'],
    ['-0', '-0'],
    ['-0.0', '-0'],
    ['1.5e3', '1500'],
    ['5e-324', '5e-324'],
    ['1.7976931348623157e308', '1.7976931348623157e+308'],
    ['9007199254740993', '9007199254740992'],
  ])('writes the number %s as Go writes a float64: %s', (sent, written) => {
    expect(sortJsonResponse(`{"n":${sent}}`)).toBe(`{"n":${written}}`);
  });

  it('leaves a number beyond float64 and with it the whole answer unchanged', () => {
    expect(sortJsonResponse('{"b":1e400,"a":1}')).toBe('{"b":1e400,"a":1}');
  });

  it.each(['[{"b":1,"a":2}]', 'plain <b>text</b>', '', '{"b":1,', '"text"', '17', '{"a":1} x'])(
    'passes %j unchanged',
    (body) => {
      expect(sortJsonResponse(body)).toBe(body);
    },
  );

  it('writes a lone null without its blanks, as Go does for a nil map', () => {
    expect(sortJsonResponse(' null\n')).toBe('null');
  });

  it('keeps the last of two equal keys and an own __proto__ key', () => {
    expect(sortJsonResponse('{"a":1,"a":2,"__proto__":{"x":1}}')).toBe('{"__proto__":{"x":1},"a":2}');
  });

  it('sorts keys by their UTF-8 bytes', () => {
    expect(sortJsonResponse('{"\u{1f600}":1,"\uffee":2,"é":3,"z":4}')).toBe('{"z":4,"é":3,"\uffee":2,"\u{1f600}":1}');
  });
});

describe('sortJsonResponse beside the protocol library', () => {
  it('agrees with the slower reference on any JSON object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        expect(sortJsonResponse(text)).toBe(sortRelayResponse(text));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('goJsonStringify', () => {
  it('escapes what Go 1.21 escapes and nothing else', () => {
    expect(goJsonStringify('<a href="x">&\u2028\u2029\b\f\n\r\t\u0001\u007f/é\\b')).toBe(
      '"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028\\u2029\\u0008\\u000c\\n\\r\\t\\u0001\u007f/é\\\\b"',
    );
  });

  it('turns an unpaired surrogate into U+FFFD', () => {
    expect(goJsonStringify('a\ud800b')).toBe('"a\ufffdb"');
  });

  it('refuses a value that JSON does not have', () => {
    expect(goJsonStringify(undefined)).toBeNull();
    expect(goJsonStringify([Number.POSITIVE_INFINITY])).toBeNull();
  });
});

describe('goText', () => {
  it('gives one U+FFFD for each broken byte', () => {
    expect(goText(Buffer.from([0x61, 0xe2, 0x82, 0x62, 0xff, 0xc3, 0xa9]))).toEqual({
      text: 'a\ufffd\ufffdb\ufffdé',
      valid: false,
    });
  });

  it('passes valid UTF-8 through', () => {
    expect(goText(Buffer.from('é<\ufffd'))).toEqual({ text: 'é<\ufffd', valid: true });
  });
});
