import type { IncomingHttpHeaders } from 'node:http';

/** What a URL and its headers ask for. */
export interface RelayTarget {
  readonly key: string | null;
  readonly chain: string | null;
  /** Path and query behind the chain, with its leading slash; empty when there is none. */
  readonly rest: string;
}

const PREFIX = '/v1/';

/**
 * Reads `/v1/<key>/<chain>[/<path>]` or, with the key in a header, `/v1/<chain>[/<path>]`. A trailing slash is forgiven.
 * Null when the URL is not under `/v1/`.
 */
export function readTarget(url: string, headers: IncomingHttpHeaders): RelayTarget | null {
  if (!url.startsWith(PREFIX)) return null;
  const queryAt = url.indexOf('?');
  const path = queryAt === -1 ? url : url.slice(0, queryAt);
  const query = queryAt === -1 ? '' : url.slice(queryAt);
  const first = nextSegment(path, PREFIX.length);
  const second = nextSegment(path, first.next);
  const headerKey = keyInHeaders(headers);
  if (first.text.startsWith('pk_') || (headerKey === null && second.text !== '')) {
    return { key: decode(first.text), chain: decode(second.text) || null, rest: restOf(path, second.next, query) };
  }
  return { key: headerKey, chain: decode(first.text) || null, rest: restOf(path, first.next, query) };
}

function nextSegment(path: string, from: number): { text: string; next: number } {
  const end = path.indexOf('/', from);
  return end === -1 ? { text: path.slice(from), next: path.length } : { text: path.slice(from, end), next: end + 1 };
}

function restOf(path: string, from: number, query: string): string {
  const tail = path.slice(from);
  return tail === '' && query === '' ? '' : `/${tail}${query}`;
}

/** The key from `Authorization: Bearer` or `X-Api-Key`. */
function keyInHeaders(headers: IncomingHttpHeaders): string | null {
  const { authorization } = headers;
  if (authorization !== undefined) {
    const match = /^bearer +(\S+) *$/i.exec(authorization);
    if (match?.[1] !== undefined) return match[1];
  }
  const apiKey = headers['x-api-key'];
  return typeof apiKey === 'string' && apiKey !== '' ? apiKey : null;
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
