import { createHash } from 'node:crypto';
import { addressSet } from './addresses.js';
import { originRuleText, parseOriginRule } from './origins.js';

/** What an endpoint demands of requests. A list that is null or absent demands nothing; lists are ANDed, their entries ORed. */
export interface EndpointRules {
  /** `[https://]host[:port]`, or `*.host` for everything below it. */
  readonly origins?: readonly string[] | null | undefined;
  /** Whole texts, or beginnings that end with `*`; case does not matter. */
  readonly userAgents?: readonly string[] | null | undefined;
  /** IPv4 or IPv6, single or CIDR. */
  readonly addresses?: readonly string[] | null | undefined;
  /** Method names or, for chains that are spoken to by paths, verb and path (`GET /status`); or beginnings that end with `*`. */
  readonly methods?: readonly string[] | null | undefined;
  /** Contract addresses of EVM chains. */
  readonly contracts?: readonly string[] | null | undefined;
  /** Calls a second over all keys. */
  readonly perSecondMax?: number | null | undefined;
}

/** What one key demands beside its endpoint. */
export interface KeyRules {
  /** Relay chain ids. */
  readonly chains?: readonly string[] | null | undefined;
  readonly methods?: readonly string[] | null | undefined;
  readonly perSecondMax?: number | null | undefined;
}

/** A rule that cannot mean anything; the message names it and says what is expected. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

/** The rules as they are stored: each entry in its one spelling, without repeats. Null when nothing is demanded. @throws RuleError */
export function checkEndpointRules(rules: EndpointRules): EndpointRules | null {
  return stored({
    origins: each(rules.origins, 'origins', 'https://app.example.com or *.example.com', (text) => {
      const rule = parseOriginRule(text);
      return rule && originRuleText(rule);
    }),
    userAgents: each(rules.userAgents, 'userAgents', 'a text, or a beginning and *', (text) =>
      /^[\x20-\x7e]{1,200}$/.test(text) && !text.slice(0, -1).includes('*') && text !== '*' ? text.toLowerCase() : null,
    ),
    addresses: each(rules.addresses, 'addresses', '203.0.113.7 or 2001:db8::/32', (text) => {
      try {
        addressSet([text]);
        return text.toLowerCase();
      } catch {
        return null;
      }
    }),
    methods: each(rules.methods, 'methods', METHOD_HINT, methodRule),
    contracts: each(rules.contracts, 'contracts', '0x and 40 hex digits', (text) =>
      /^0x[0-9a-f]{40}$/i.test(text) ? text.toLowerCase() : null,
    ),
    perSecondMax: rules.perSecondMax ?? null,
  });
}

/** The same for a key; chains are relay chain ids already. @throws RuleError */
export function checkKeyRules(rules: KeyRules): KeyRules | null {
  return stored({
    chains: rules.chains && rules.chains.length > 0 ? [...new Set(rules.chains)] : null,
    methods: each(rules.methods, 'methods', METHOD_HINT, methodRule),
    perSecondMax: rules.perSecondMax ?? null,
  });
}

/** What is stored of an endpoint's secret: SHA-256, hex. The secret is 190 random bits, so nothing slower is needed. */
export function hashEndpointSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

const METHOD_HINT = 'eth_call or eth_*, or GET /status for chains that are spoken to by paths';

function methodRule(text: string): string | null {
  return /^(?:[A-Za-z][A-Za-z0-9_.]{0,99}|(?:GET|POST) \/[A-Za-z0-9._~%:@!$&'()+,;=/-]{0,200})\*?$/.test(text)
    ? text
    : null;
}

function each(
  entries: readonly string[] | null | undefined,
  name: string,
  expected: string,
  read: (text: string) => string | null,
): readonly string[] | null {
  if (!entries || entries.length === 0) return null;
  const texts = entries.map((entry) => {
    const text = read(entry.trim());
    if (text === null) throw new RuleError(`${name}: "${entry.slice(0, 80)}" is no rule. Write ${expected}.`);
    return text;
  });
  return [...new Set(texts)];
}

function stored<Rules extends object>(rules: Rules): Rules | null {
  const stated = Object.entries(rules).filter(([, value]) => value !== null);
  return stated.length === 0 ? null : (Object.fromEntries(stated) as Rules);
}
