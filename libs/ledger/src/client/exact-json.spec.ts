import { describe, expect, it } from 'vitest';
import { LedgerAnswerError } from '../errors.js';
import { parseExactJson } from './exact-json.js';

describe('exact JSON', () => {
  it('keeps every digit of large integers, and leaves strings and other numbers alone', () => {
    const text =
      '{"a":9007199254740993,"b":[18446744073709551615,-9223372036854775808],"c":"12345678901234567890","d":1.5,"e":5}';
    expect(parseExactJson(text)).toEqual({
      a: '9007199254740993',
      b: ['18446744073709551615', '-9223372036854775808'],
      c: '12345678901234567890',
      d: 1.5,
      e: 5,
    });
  });

  it('is not confused by quotes, backslashes and digits inside strings', () => {
    const value = { 'k"1234567890123456789': '\\"9007199254740993\\', text: 'a: 9007199254740993,' };
    expect(parseExactJson(JSON.stringify(value))).toEqual(value);
  });

  it.each(['', '{', '<html>', '{"a":}', 'undefined'])('refuses %j', (text) => {
    expect(() => parseExactJson(text)).toThrow(LedgerAnswerError);
  });
});
