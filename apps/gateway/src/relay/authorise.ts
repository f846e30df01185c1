import type { Chain, ChainCatalogue } from '#libs/chains';
import { type EndpointSnapshot, type SnapshotStore, parseKey } from '#libs/tenancy';
import { type CallGate, type Rates, callGate, refusalOf } from './call-gate.js';
import { readQuorum } from './read-quorum.js';
import { type Refusal, refuse } from './refusal.js';
import { type RequestHead, requestFacts } from './request-facts.js';

/** Who calls, and for which chain. */
export interface Caller {
  readonly endpoint: EndpointSnapshot;
  readonly chain: Chain;
  /** Decides on each call; absent where the endpoint and the key have no rules, which then cost nothing. */
  readonly gate?: CallGate;
  /** It asked for an explanation, and the endpoint's callers may. */
  readonly explain?: true;
  /** Nodes that each read is put to; absent: one. */
  readonly quorum?: number;
}

/** What rules need beside the key. */
export interface RuleSettings {
  readonly rates: Rates;
  /** Proxies whose `X-Forwarded-For` is believed; null: none. */
  readonly trustedProxies: { has(address: string): boolean } | null;
  /** Whether callers of an endpoint may ask for explanations; absent: nobody may. */
  readonly mayExplain?: (endpointId: string) => boolean;
}

/** What the pipeline needs of the tenancy. */
export type KeyResolver = Pick<SnapshotStore, 'resolve'>;

const KEY_UNKNOWN = refuse('auth');
const KEY_MISSING = refuse(
  'auth',
  'The API key is missing. Put it into the URL (/v1/<key>/<chain>) or send it as "Authorization: Bearer <key>" or "X-Api-Key".',
);
const KEY_MISTYPED = refuse(
  'auth',
  'This is not an API key: it was mistyped or cut off. A key looks like pk_<32 characters>_<6 characters>.',
);

/** Decides whether a key may use a chain. Unknown and revoked keys get the same refusal; a typo is told apart. */
export class Authoriser {
  constructor(
    private readonly keys: KeyResolver,
    private readonly chains: ChainCatalogue,
    private readonly onUnavailable: (error: unknown) => void = () => undefined,
    private readonly rules: RuleSettings = UNLIMITED,
  ) {}

  /** At once when the key is known here. Never rejects. Without a head, rules that ask for one refuse. */
  caller(
    key: string | null,
    chainText: string | null,
    head: RequestHead = NO_HEAD,
  ): Caller | Refusal | Promise<Caller | Refusal> {
    if (key === null || key === '') return KEY_MISSING;
    const found = this.keys.resolve(key);
    if (!(found instanceof Promise)) return this.#attributed(key, found, chainText, head);
    return found.then(
      (endpoint) => this.#attributed(key, endpoint, chainText, head),
      (error: unknown) => {
        this.onUnavailable(error);
        return refuse('busy', 'The key cannot be checked at the moment. Try again in a few seconds.');
      },
    );
  }

  /** The decision, with whose key it was and whether the caller asked for an explanation. */
  #attributed(
    key: string,
    endpoint: EndpointSnapshot | null,
    chainText: string | null,
    head: RequestHead,
  ): Caller | Refusal {
    const decided = this.#decide(key, endpoint, chainText, head);
    if (isRefusal(decided)) {
      if (endpoint === null) return decided;
      const { tenantId, endpointId, keyId } = endpoint;
      return { ...decided, whose: { tenantId, endpointId, keyId } };
    }
    if (head.headers['x-portal-explain'] === undefined) return decided;
    return this.rules.mayExplain?.(decided.endpoint.endpointId) === true ? { ...decided, explain: true } : decided;
  }

  #decide(
    key: string,
    endpoint: EndpointSnapshot | null,
    chainText: string | null,
    head: RequestHead,
  ): Caller | Refusal {
    if (endpoint === null) return parseKey(key) === 'malformed' ? KEY_MISTYPED : KEY_UNKNOWN;
    if (endpoint.status === 'suspended') {
      return refuse(
        'suspended',
        undefined,
        endpoint.suspendedReason === null ? {} : { cause: endpoint.suspendedReason },
      );
    }
    if (chainText === null || chainText === '') {
      return refuse('chain', 'The URL names no chain. Write /v1/<key>/<chain>; GET /v1/chains lists all of them.', {
        closest: [],
      });
    }
    const chain = this.chains.chainByAny(chainText);
    if (chain === undefined) {
      const closest = this.chains.closestSlugs(chainText);
      return refuse(
        'chain',
        `No chain is called "${chainText.slice(0, 64)}". Did you mean ${closest.join(', ')}? GET /v1/chains lists all of them.`,
        { closest },
      );
    }
    if (endpoint.chains !== null && !endpoint.chains.has(chain.id)) {
      return refuse(
        'policy',
        `This endpoint does not allow the chain ${chain.slug}. Allow it for the endpoint first.`,
        {
          rule: 'chains',
          seen: chain.slug,
        },
      );
    }
    const policy = endpoint.policy ?? null;
    const quorum = readQuorum(head.headers, endpoint.readQuorum);
    if (typeof quorum !== 'number') return quorum;
    const asked = quorum === 1 ? undefined : { quorum };
    if (policy === null) {
      if ((endpoint.plan ?? null) === null) return { endpoint, chain, ...asked };
      return { endpoint, chain, gate: callGate(null, endpoint, chain, this.rules.rates), ...asked };
    }
    const refusal = policy.request(requestFacts(head, this.rules.trustedProxies), chain.id);
    if (refusal !== null) return refusalOf(refusal);
    return { endpoint, chain, gate: callGate(policy, endpoint, chain, this.rules.rates), ...asked };
  }
}

const NO_HEAD: RequestHead = { headers: {}, socket: {} };
const UNLIMITED: RuleSettings = { rates: { take: () => ({ allowed: true }) }, trustedProxies: null };

/** Tells a refusal from a caller. */
export function isRefusal(value: object): value is Refusal {
  return 'reason' in value;
}
