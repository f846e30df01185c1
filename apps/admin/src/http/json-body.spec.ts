import { describe, expect, it } from 'vitest';
import { memberFault } from './json-body.js';

describe('a member that cannot be taken at its word', () => {
  it.each([
    ['{"a":1,"a":2}', '"a"'],
    [String.raw`{"a":1,"\u0061":2}`, '"a"'],
    ['[{"x":{"b":[],"c":{},"b":1}}]', '"b"'],
    [String.raw`{"\"":1,"\"":2}`, String.raw`"\""`],
    ['{"":1,"":2}', '""'],
  ])('is named twice in %s', (json, name) => expect(memberFault(json)).toContain(`${name} twice`));

  it.each(['{"prototype":1}', '[{"a":{"constructor":[]}}]', String.raw`{"__prot\u006f__":1}`])(
    'reaches for prototypes in %s',
    (json) => expect(memberFault(json)).toContain('may name no member'),
  );

  it.each([
    '{"prototypes":"constructor"}',
    '{"a":{"a":1},"b":{"a":1}}',
    '[{"a":1},{"a":2}]',
    String.raw`{"a":"{\"a\":1,\"a\":2}"}`,
    '{"a":"a","b":"a"}',
    '{"A":1,"a":2}',
    '"a"',
    '1',
  ])('is not found in %s', (json) => expect(memberFault(json)).toBeNull());

  it('is looked for in time that grows with the text alone', () => {
    const long = JSON.stringify({ a: '\\"'.repeat(60_000), b: Array.from({ length: 30_000 }, () => ({})) });
    const start = performance.now();
    expect(memberFault(long)).toBeNull();
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
