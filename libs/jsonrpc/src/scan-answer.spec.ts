import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinBatch, scanAnswer, spliceId } from './index.js';

const scan = (text: string, id = '7') => scanAnswer(Buffer.from(text), id);

describe('scanAnswer', () => {
  it('finds id and result', () => {
    const text = '{"id":7,"jsonrpc":"2.0","result":{"a":[1,"}"]}}';
    const answer = scan(text);
    if (!answer.ok || answer.result === null) throw new Error('expected a result');
    expect(text.slice(answer.result.start, answer.result.end)).toBe('{"a":[1,"}"]}');
    expect(answer.error).toBeNull();
  });

  it('reads code and message of an error', () => {
    expect(
      scan('{"jsonrpc":"2.0","id":7,"error":{"data":{"code":1},"message":"execution \\"reverted\\"","code":3}}'),
    ).toMatchObject({
      ok: true,
      error: { code: 3, message: 'execution "reverted"' },
      result: null,
    });
  });

  it('takes a null beside the other member as absent', () => {
    expect(scan('{"jsonrpc":"2.0","id":7,"result":null}')).toMatchObject({ ok: true, error: null });
    expect(scan('{"jsonrpc":"2.0","id":7,"result":1,"error":null}')).toMatchObject({ ok: true, error: null });
    expect(scan('{"jsonrpc":"2.0","id":7,"result":null,"error":{"code":1,"message":"m"}}')).toMatchObject({
      ok: true,
      error: { code: 1 },
    });
  });

  it.each([
    ['empty', ''],
    ['empty', ' \n'],
    ['html', '<html><body>502</body></html>'],
    ['not-json', 'upstream connect error'],
    ['not-json', '{"jsonrpc":"2.0","id":7,"result":"0x'],
    ['not-json', '{"jsonrpc":"2.0","id":7,"result":1} trailing'],
    ['not-json', '{"jsonrpc":"2.0","id":7,"result":01}'],
    ['not-an-answer', '[]'],
    ['not-an-answer', 'true'],
    ['not-an-answer', '{}'],
    ['not-an-answer', '{"request_id":"x","jsonrpc":"2.0","id":7}'],
    ['not-an-answer', '{"jsonrpc":"2.0","id":7,"error":"boom"}'],
    ['not-an-answer', '{"jsonrpc":"2.0","id":7,"id":7,"result":1}'],
    ['version', '{"id":7,"result":1}'],
    ['version', '{"jsonrpc":"1.0","id":7,"result":1}'],
    ['wrong-id', '{"jsonrpc":"2.0","id":8,"result":1}'],
    ['wrong-id', '{"jsonrpc":"2.0","id":"7","result":1}'],
    ['wrong-id', '{"jsonrpc":"2.0","id":70,"result":1}'],
    ['wrong-id', '{"jsonrpc":"2.0","id":null,"result":1}'],
    ['wrong-id', '{"jsonrpc":"2.0","result":1}'],
    ['result-and-error', '{"jsonrpc":"2.0","id":7,"result":1,"error":{"code":1,"message":"m"}}'],
  ])('calls it %s: %s', (fault, text) => {
    expect(scan(text)).toEqual({ ok: false, fault });
  });

  it('gives the id back byte for byte and leaves every other byte alone', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), fc.json({ maxDepth: 0 }), (result, id) => {
        const text = JSON.stringify({ result, jsonrpc: '2.0', id: 7 });
        const answer = Buffer.from(text);
        const envelope = scanAnswer(answer, '7');
        if (!envelope.ok) throw new Error(envelope.fault);
        expect(spliceId(answer, envelope.id, Buffer.from(id)).toString()).toBe(text.replace(/7}$/, () => `${id}}`));
      }),
      { numRuns: 200 },
    );
  });
});

describe('joinBatch', () => {
  it('keeps the order and leaves notifications out', () => {
    expect(joinBatch([Buffer.from('1'), null, Buffer.from('2')])?.toString()).toBe('[1,2]');
  });
  it('has no answer for notifications alone', () => expect(joinBatch([null, null])).toBeNull());
});
