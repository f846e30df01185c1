import type { IncomingHttpHeaders } from 'node:http';
import { type RequestFacts, clientAddress } from '#libs/policy';

/** The head of a request, or of a WebSocket's upgrade. */
export interface RequestHead {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** What rules are asked about, read from a request's head. */
export function requestFacts(
  head: RequestHead,
  trustedProxies: { has(address: string): boolean } | null,
): RequestFacts {
  const {
    origin,
    'user-agent': userAgent,
    'x-forwarded-for': forwarded,
    'x-api-secret': secret,
    authorization,
  } = head.headers;
  const forwardedFor = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
  return {
    origin,
    userAgent,
    address: clientAddress(head.socket.remoteAddress ?? '', forwardedFor, trustedProxies),
    secret: typeof secret === 'string' ? secret : basicPassword(authorization),
  };
}

function basicPassword(authorization: string | undefined): string | undefined {
  const match = /^basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization ?? '');
  if (match?.[1] === undefined) return undefined;
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
