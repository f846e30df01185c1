import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplyFormatError, ReplyParser } from './reply-parser.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const parse = (...parts: string[]): ReplyParser & { whole: boolean } => {
  const parser = new ReplyParser();
  let whole = false;
  for (const part of parts) whole = parser.take(bytes(part));
  return Object.assign(parser, { whole });
};
const HEAD = 'HTTP/1.1 200 OK\r\n';

describe('reading one HTTP/1.1 reply', () => {
  it('takes a body of a stated length and keeps the connection', () => {
    const reply = parse(`${HEAD}Content-Length: 5\r\n\r\nhello`);
    expect(reply).toMatchObject({ whole: true, status: 200, reusable: true, bytes: 5 });
    expect(reply.body().toString()).toBe('hello');
  });

  it('takes chunks with extensions and trailers', () => {
    const reply = parse(`${HEAD}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1 \r\n!\r\n0\r\nX-Sum: 1\r\n\r\n`);
    expect(reply).toMatchObject({ whole: true, reusable: true });
    expect(reply.body().toString()).toBe('hello!');
  });

  it('gives the same reply wherever the bytes are cut', () => {
    const texts = [
      `HTTP/1.1 100 Continue\r\n\r\n${HEAD}Keep-Alive: timeout=5\r\ncontent-length: 11\r\n\r\nhello world`,
      `${HEAD}transfer-encoding: Chunked\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n`,
    ];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(fc.nat(120), { maxLength: 6 }), (text, cuts) => {
        const at = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
        const parser = new ReplyParser();
        const ends = at.slice(1).map((end, index) => parser.take(bytes(text.slice(at[index], end))));
        expect(ends.lastIndexOf(true)).toBe(ends.length - 1);
        expect(parser.status).toBe(200);
        expect(parser.reusable).toBe(true);
        expect(parser.body().toString()).toBe('hello world');
      }),
    );
  });

  it('reads until the connection ends when no length is told, and does not use it again', () => {
    const reply = parse('HTTP/1.0 200 OK\r\n\r\nhel', 'lo');
    expect(reply).toMatchObject({ whole: false, reusable: false });
    expect(reply.ended()).toBe(true);
    expect(reply.body().toString()).toBe('hello');
    expect(parse(`${HEAD}Content-Length: 9\r\n\r\nhel`).ended()).toBe(false);
  });

  it('does not use a connection again that is to close or that sent more than one reply', () => {
    expect(parse(`${HEAD}Connection: close\r\nContent-Length: 1\r\n\r\na`)).toMatchObject({
      whole: true,
      reusable: false,
    });
    expect(parse(`${HEAD}Content-Length: 1\r\n\r\nab`)).toMatchObject({ whole: true, reusable: false });
    expect(parse('HTTP/1.1 204 No Content\r\n\r\n')).toMatchObject({ whole: true, reusable: true, status: 204 });
  });

  it('learns for how long the node keeps the connection', () => {
    expect(parse(`${HEAD}Keep-Alive: timeout=5, max=9\r\nContent-Length: 0\r\n\r\n`).keepAliveMs).toBe(5_000);
  });

  it.each([
    ['two lengths', `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`],
    ['a length beside chunks', `${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ['another coding', `${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n`],
    ['a signed length', `${HEAD}Content-Length: +1\r\n\r\n`],
    ['a folded header', `${HEAD}A: b\r\n c: d\r\n\r\n`],
    ['space before a colon', `${HEAD}Content-Length : 1\r\n\r\n`],
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a chunk without a size', `${HEAD}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
    ['a chunk longer than its size', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n`],
    ['an endless head', `${HEAD}${'a: b\r\n'.repeat(4_000)}`],
    ['an endless size line', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(5_000)}`],
  ])('refuses %s', (_name, text) => {
    expect(() => parse(text)).toThrow(ReplyFormatError);
  });
});
