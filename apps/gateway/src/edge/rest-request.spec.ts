import { describe, expect, it } from 'vitest';
import { isRpcAtRoot, restIntent } from './rest-request.js';

const NONE = Buffer.alloc(0);

describe('a request of a chain that is spoken to by paths', () => {
  it('keeps method, path, query and body, and names the body’s type and the block height', () => {
    const headers = { 'content-type': 'text/plain', 'x-cosmos-block-height': '7', cookie: 'a=b', 'x-api-key': 'k' };
    expect(restIntent('POST', '/a%2Fb/c?x=../y', headers, Buffer.from('grüezi'))).toEqual({
      data: 'grüezi',
      httpMethod: 'POST',
      path: '/a%2Fb/c?x=../y',
      headers: { 'Content-Type': 'text/plain', 'X-Cosmos-Block-Height': '7' },
    });
    expect(restIntent('HEAD', '', {}, NONE)).toEqual({ data: '', httpMethod: 'GET', path: '/', headers: null });
    expect(restIntent('GET', '/a', { 'x-cosmos-block-height': '1\tx' }, NONE)).toMatchObject({ headers: null });
  });

  it.each([
    '/a/../b',
    '/..',
    '/./a',
    '/a/%2e%2e/b',
    '/a/%2E./b',
    '/a%2f..%2fb',
    '/a\\..\\b',
    '/a%5c..',
    '/%252e%252e/b',
  ])('is refused when its path climbs: %s', (path) =>
    expect(restIntent('GET', path, {}, NONE)).toMatchObject({ reason: 'request' }),
  );

  it.each(['/a..b', '/...', '/.well-known', '/a?b=/../', '/denoms/ibc%2FABC', '/100%'])('may be %s', (path) =>
    expect(restIntent('GET', path, {}, NONE)).toMatchObject({ path }),
  );

  it('is refused when its body is no text, rather than changed on the way', () => {
    expect(restIntent('POST', '/tx', {}, Buffer.from([0xff, 0xfe]))).toMatchObject({ reason: 'request' });
  });

  it('is a frame of JSON-RPC at the root of CometBFT alone', () => {
    expect([isRpcAtRoot('cosmos', ''), isRpcAtRoot('cosmos', '/'), isRpcAtRoot('cosmos', '/status')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isRpcAtRoot('radix', '/')).toBe(false);
  });
});
