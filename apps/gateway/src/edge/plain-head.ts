import type { IncomingHttpHeaders } from 'node:http';

/** The head of a request of the plain kind. */
export interface PlainHead {
  /** Path as it stands in the request line; begins with `/v1/` and holds no escape and no query. */
  readonly url: string;
  /** By lower-case name, one value each, as node:http gives them. */
  readonly headers: IncomingHttpHeaders;
  /** From 1. */
  readonly bodyBytes: number;
}

const START = 'POST ';
const END = ' HTTP/1.1';
const URL = /^\/v1\/[A-Za-z0-9._~/-]+$/;
const URL_CHARS_MAX = 2_048;
const HEADERS_MAX = 64;
/** Names and values narrower than the grammar: no underscores, no empty values, nothing outside of printable ASCII. */
const HEADER = /^([A-Za-z][A-Za-z0-9-]*): ?([!-~](?:[ -~]*[!-~])?)$/;
const LENGTH = /^[1-9][0-9]{0,8}$/;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+(?:; ?charset=[a-z0-9-]+)?$/i;
/** Headers that change how a message or its connection is read. Whoever sends one is served by node:http. */
const FRAMING = new Set([
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'content-encoding',
  'keep-alive',
  'proxy-connection',
  'http2-settings',
]);

/** Headers that ask for something out of the ordinary, such as an explanation. */
const WISHES = 'x-portal-';

/**
 * Reads the head of a plain relay request: HTTP/1.1, POST to a path under `/v1/`, a length, a media type, one host, each header once.
 * Null for everything else, sound or not: what is not understood here in full must be read by node:http from its first byte.
 *
 * @param text the head in Latin-1, without the empty line that ends it.
 */
export function readPlainHead(text: string): PlainHead | null {
  const lineEnd = text.indexOf('\r\n');
  if (lineEnd === -1 || !text.startsWith(START) || !text.startsWith(END, lineEnd - END.length)) return null;
  const url = text.slice(START.length, lineEnd - END.length);
  if (url.length > URL_CHARS_MAX || !URL.test(url)) return null;
  const headers: IncomingHttpHeaders = {};
  let count = 0;
  for (let at = lineEnd + 2; at < text.length;) {
    let end = text.indexOf('\r\n', at);
    if (end === -1) end = text.length;
    const header = HEADER.exec(text.slice(at, end));
    if (header === null || (count += 1) > HEADERS_MAX) return null;
    const name = (header[1] ?? '').toLowerCase();
    const value = header[2] ?? '';
    if (FRAMING.has(name) || name.startsWith(WISHES) || Object.hasOwn(headers, name)) return null;
    if (name === 'connection' && value.toLowerCase() !== 'keep-alive') return null;
    headers[name] = name === 'set-cookie' ? [value] : value;
    at = end + 2;
  }
  const length = headers['content-length'];
  if (headers.host === undefined || length === undefined || !LENGTH.test(length)) return null;
  if (!MEDIA_TYPE.test(headers['content-type'] ?? '')) return null;
  return { url, headers, bodyBytes: Number(length) };
}
