import { timingSafeEqual } from 'node:crypto';
import { addressSet } from './addresses.js';
import { contractsOf } from './contracts.js';
import { originAllowed, parseOriginRule } from './origins.js';
import { type EndpointRules, type KeyRules, hashEndpointSecret } from './rules.js';

/** What is known of a request (or of a WebSocket's upgrade) before its body is read. */
export interface RequestFacts {
  readonly origin: string | undefined;
  readonly userAgent: string | undefined;
  /** The caller's own address, see `clientAddress`. */
  readonly address: string;
  readonly secret: string | undefined;
}

/** One call of a request. */
export interface CallFacts {
  readonly method: string;
  readonly isEvm: boolean;
  /** The params as JSON text; empty when there are none. */
  readonly paramsText: string;
}

/** Which rule decided, and on what. `method-policy` where the method is what is not allowed. */
export interface PolicyRefusal {
  readonly reason: 'policy' | 'method-policy';
  readonly rule: string;
  /** At most 120 characters of what was seen; null when nothing was. */
  readonly seen: string | null;
  readonly message: string;
}

/** An endpoint's and a key's rules, compiled once per change. */
export interface Policy {
  /** Calls a second over the endpoint's keys, and for this key; null: no limit. */
  readonly endpointPerSecondMax: number | null;
  readonly keyPerSecondMax: number | null;
  /** Decides on a request's head; null allows it. */
  request(facts: RequestFacts, chainId: string): PolicyRefusal | null;
  /** Decides on one call; null allows it. */
  call(facts: CallFacts): PolicyRefusal | null;
}

/** Compiles stored rules; null when nothing is demanded, so that endpoints without rules pay nothing. */
export function compilePolicy(
  endpoint: (EndpointRules & { readonly secretHash?: string | null }) | null,
  key: KeyRules | null,
): Policy | null {
  const requests = [...requestChecks(endpoint ?? {}), ...keyChainCheck(key?.chains)];
  const calls = [
    ...methodCheck('methods', endpoint?.methods),
    ...methodCheck('key-methods', key?.methods),
    ...contractCheck(endpoint?.contracts),
  ];
  const endpointPerSecondMax = endpoint?.perSecondMax ?? null;
  const keyPerSecondMax = key?.perSecondMax ?? null;
  if (requests.length + calls.length === 0 && endpointPerSecondMax === null && keyPerSecondMax === null) return null;
  return {
    endpointPerSecondMax,
    keyPerSecondMax,
    request: (facts, chainId) => first(requests, (check) => check(facts, chainId)),
    call: (facts) => first(calls, (check) => check(facts)),
  };
}

type RequestCheck = (facts: RequestFacts, chainId: string) => PolicyRefusal | null;
type CallCheck = (facts: CallFacts) => PolicyRefusal | null;

function requestChecks(rules: EndpointRules & { readonly secretHash?: string | null }): RequestCheck[] {
  const checks: RequestCheck[] = [];
  const { secretHash, origins, userAgents, addresses } = rules;
  if (secretHash) {
    const expected = Buffer.from(secretHash, 'hex');
    checks.push(({ secret }) =>
      secret !== undefined && timingSafeEqual(Buffer.from(hashEndpointSecret(secret), 'hex'), expected)
        ? null
        : refusal(
            'secret',
            secret === undefined ? null : 'another secret',
            'This endpoint needs its secret. Send it as X-Api-Secret, or as the password of Basic authentication.',
          ),
    );
  }
  if (addresses) {
    const set = addressSet(addresses);
    checks.push(({ address }) =>
      set.has(address)
        ? null
        : refusal('addresses', address, 'This endpoint does not allow requests from this address.'),
    );
  }
  if (origins) {
    const allowed = origins.map(parseOriginRule).filter((rule) => rule !== null);
    checks.push(({ origin }) =>
      origin !== undefined && originAllowed(allowed, origin)
        ? null
        : refusal('origins', origin ?? null, 'This endpoint does not allow requests from this origin.'),
    );
  }
  if (userAgents) {
    const matches = matcher(userAgents);
    checks.push(({ userAgent }) =>
      userAgent !== undefined && matches(userAgent.toLowerCase())
        ? null
        : refusal('userAgents', userAgent ?? null, 'This endpoint does not allow this user agent.'),
    );
  }
  return checks;
}

function keyChainCheck(chains: readonly string[] | null | undefined): RequestCheck[] {
  if (!chains) return [];
  const allowed = new Set(chains);
  return [
    (_facts, chainId) =>
      allowed.has(chainId) ? null : refusal('key-chains', chainId, 'This key may not use this chain.'),
  ];
}

function methodCheck(rule: string, methods: readonly string[] | null | undefined): CallCheck[] {
  if (!methods) return [];
  const matches = matcher(methods);
  return [
    ({ method }) =>
      matches(method)
        ? null
        : {
            ...refusal(
              rule,
              method,
              `This key may not call ${method.slice(0, 100)}. Allow the method or use another key.`,
            ),
            reason: 'method-policy',
          },
  ];
}

function contractCheck(contracts: readonly string[] | null | undefined): CallCheck[] {
  if (!contracts) return [];
  const allowed = new Set(contracts);
  return [
    ({ method, isEvm, paramsText }) => {
      const named = isEvm ? contractsOf(method, paramsText) : null;
      if (named === null)
        return refusal(
          'contracts',
          method,
          'This endpoint is limited to certain contracts, and this call does not plainly name one.',
        );
      const stranger = named.find((address) => !allowed.has(address));
      return stranger === undefined
        ? null
        : refusal('contracts', stranger, 'This endpoint does not allow this contract.');
    },
  ];
}

/** Exact entries, or beginnings that end with `*`. */
function matcher(entries: readonly string[]): (text: string) => boolean {
  const exact = new Set(entries.filter((entry) => !entry.endsWith('*')));
  const beginnings = entries.filter((entry) => entry.endsWith('*')).map((entry) => entry.slice(0, -1));
  return (text) => exact.has(text) || beginnings.some((beginning) => text.startsWith(beginning));
}

function refusal(rule: string, seen: string | null, message: string): PolicyRefusal {
  return { reason: 'policy', rule, seen: seen === null ? null : seen.slice(0, 120), message };
}

function first<Check>(checks: readonly Check[], ask: (check: Check) => PolicyRefusal | null): PolicyRefusal | null {
  for (const check of checks) {
    const found = ask(check);
    if (found !== null) return found;
  }
  return null;
}
