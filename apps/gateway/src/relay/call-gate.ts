import type { Call } from '#libs/jsonrpc';
import type { Chain } from '#libs/chains';
import type { Policy, PolicyRefusal } from '#libs/policy';
import type { RateDecision } from '#libs/quota';
import type { EndpointSnapshot } from '#libs/tenancy';
import { type Refusal, refuse } from './refusal.js';

/** What a gate asks of the per-second limiter. */
export interface Rates {
  take(key: string, units: number, limit: number): RateDecision;
}

/** Decides on single calls of a caller whose endpoint or key has rules. */
export interface CallGate {
  /** One JSON-RPC call of `body`; null lets it pass. */
  call(body: Buffer, call: Call): Refusal | null;
  /** One request of a chain that is spoken to by paths, as `GET /path`. */
  rest(method: string): Refusal | null;
}

/** The gate of a policy and of the tenant's plan. Refused calls count against no rate. */
export function callGate(policy: Policy | null, endpoint: EndpointSnapshot, chain: Chain, rates: Rates): CallGate {
  const isEvm = chain.kind === 'evm';
  const decide = (method: string, paramsText: string): Refusal | null => {
    const refusal = policy?.call({ method, isEvm, paramsText }) ?? null;
    if (refusal !== null) return refusalOf(refusal);
    const beyond = endpoint.plan?.call(method, paramsText) ?? null;
    if (beyond !== null) return refuse(beyond.reason, beyond.message, beyond.data);
    return limited(policy, endpoint, rates);
  };
  return {
    call: (body, { method, params }) =>
      decide(method, params === null ? '' : body.toString('utf8', params.start, params.end)),
    rest: (method) => decide(method, ''),
  };
}

/** A rule's refusal on the wire: it names the rule and the value that was seen. */
export function refusalOf({ reason, message, rule, seen }: PolicyRefusal): Refusal {
  return refuse(reason, message, { rule, seen });
}

function limited(policy: Policy | null, endpoint: EndpointSnapshot, rates: Rates): Refusal | null {
  const { plan = null, keyId, endpointId, tenantId } = endpoint;
  return (
    smaller(rates, 'key-rate', `key:${keyId}`, policy?.keyPerSecondMax ?? null, plan?.keyPerSecondMax ?? null) ??
    smaller(
      rates,
      'endpoint-rate',
      `endpoint:${endpointId}`,
      policy?.endpointPerSecondMax ?? null,
      plan?.endpointPerSecondMax ?? null,
    ) ??
    over(rates, 'plan-tenant-rate', `tenant:${tenantId}`, plan?.tenantPerSecondMax ?? null)
  );
}

/** A rule of one's own may only lower what the plan grants. */
function smaller(rates: Rates, rule: string, key: string, own: number | null, plan: number | null): Refusal | null {
  if (plan === null || (own !== null && own <= plan)) return over(rates, rule, key, own);
  return over(rates, `plan-${rule}`, key, plan);
}

function over(rates: Rates, rule: string, key: string, limit: number | null): Refusal | null {
  if (limit === null) return null;
  const decision = rates.take(key, 1, limit);
  if (decision.allowed) return null;
  return refuse('rate', undefined, { rule, limit, retryAfterMs: decision.retryAfterMs });
}
