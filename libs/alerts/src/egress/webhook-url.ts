import { isIP } from 'node:net';

/** Where webhooks may go. */
export interface EgressPolicy {
  /** Ports of `https` URLs. */
  readonly ports: readonly number[];
  /**
   * Loopback hosts (`127.0.0.1`, `localhost`) that may be reached, also by `http` and on any port. For development and tests only; empty in production.
   */
  readonly loopbackHosts: readonly string[];
}

/** What production uses. */
export const EGRESS_POLICY_DEFAULT: EgressPolicy = { ports: [443], loopbackHosts: [] };

/** Longest URL, characters. */
export const WEBHOOK_URL_LENGTH_MAX = 2_048;

/** Hosts that {@link EgressPolicy.loopbackHosts} may name. */
export const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost'] as const;

/** A URL that a webhook may not have. The message says why and never repeats the URL, which may hold a token. */
export class WebhookUrlError extends Error {
  override readonly name = 'WebhookUrlError';
}

/** Names that are somebody's own network or nobody's: RFC 6761, 6762, 8375, 9476 and what routers and clusters use. */
const LOCAL_SUFFIXES = new Set(
  'localhost local localdomain internal intranet private corp home lan arpa test example invalid onion alt svc cluster'.split(
    ' ',
  ),
);

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A webhook's URL, when its text alone shows nothing against it; what its name resolves to is checked at every connection.
 * Only `https` on the allowed ports, a DNS name of two or more labels in plain ASCII, no user information, no fragment. A host that
 * the URL standard would rewrite (numbers as IPv4, percent signs, full-width digits) is refused rather than rewritten.
 *
 * @throws WebhookUrlError
 */
export function parseWebhookUrl(text: string, policy: EgressPolicy = EGRESS_POLICY_DEFAULT): URL {
  if (text.length > WEBHOOK_URL_LENGTH_MAX) throw new WebhookUrlError('The URL is longer than 2,048 characters.');
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('\\')) {
    throw new WebhookUrlError('The URL may hold visible ASCII characters only, and no backslash.');
  }
  const [, scheme = '', authority = ''] = /^([a-z]+):\/\/([^/?#]*)/i.exec(text) ?? [];
  if (authority.includes('@')) throw new WebhookUrlError('The URL may hold no user name or password.');
  if (text.includes('#')) throw new WebhookUrlError('The URL may hold no fragment.');
  const url = URL.canParse(text) ? new URL(text) : null;
  const host = authority.replace(/:[0-9]*$/, '').toLowerCase();
  if (url === null || scheme === '' || url.hostname !== host) {
    throw new WebhookUrlError('The URL’s host must be a plain DNS name.');
  }
  if (policy.loopbackHosts.includes(host)) {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new WebhookUrlError('The URL must be http(s).');
    return url;
  }
  if (url.protocol !== 'https:') throw new WebhookUrlError('The URL must begin with https://.');
  if (!policy.ports.includes(url.port === '' ? 443 : Number(url.port))) {
    throw new WebhookUrlError(`The URL’s port must be ${policy.ports.join(' or ')}.`);
  }
  checkName(host);
  return url;
}

/** @throws WebhookUrlError unless the host is a public DNS name. */
function checkName(host: string): void {
  if (host.startsWith('[') || isIP(host) !== 0) throw new WebhookUrlError('The URL must name a host, not an address.');
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  if (host.length > 253 || !labels.every((label) => LABEL.test(label)) || /^[0-9]/.test(last)) {
    throw new WebhookUrlError('The URL’s host is not a DNS name.');
  }
  if (labels.length < 2 || LOCAL_SUFFIXES.has(last)) {
    throw new WebhookUrlError('The URL’s host is not a name of the public internet.');
  }
}
