import type { EndpointRules, Policy } from '#libs/policy';
import type { PlanRules } from '../plans/plan-rules.js';
import type { Aat } from '#libs/protocol';

/** What the gateway knows of an application: enough to sign, to choose and to limit. */
export interface ApplicationSnapshot {
  readonly applicationId: string;
  readonly publicKeyHex: string;
  readonly addressHex: string;
  readonly aat: Aat;
  /** Relay chain ids staked for. */
  readonly chains: readonly string[];
  readonly stakedUpokt: bigint;
  /** Relays a UTC day, by stake and plan; 0 unless the stake is in force. */
  readonly dailyRelaysMax: number;
  /** The stake is in force. */
  readonly active: boolean;
}

/** Everything the hot path asks about a key. Immutable: a change is a new object, so a request sees one state throughout. */
export interface EndpointSnapshot {
  readonly endpointId: string;
  readonly tenantId: string;
  readonly keyId: string;
  /** suspended also when the tenant is. */
  readonly status: 'active' | 'suspended';
  readonly suspendedReason: string | null;
  readonly answerStyle: 'wallet' | 'strict';
  readonly verifyInline: boolean;
  /** Nodes that a read is put to; absent: 1. */
  readonly readQuorum?: number;
  /** Relay chain ids allowed; null: every chain of the applications. */
  readonly chains: ReadonlySet<string> | null;
  readonly applications: readonly ApplicationSnapshot[];
  /** What the tenant's plan demands of calls; null or absent: nothing. */
  readonly plan?: PlanRules | null;
  /** The endpoint's and the key's rules; null or absent: none. */
  readonly policy?: Policy | null;
}

/** An endpoint's state without the key that led to it. */
export type EndpointState = Omit<EndpointSnapshot, 'keyId' | 'policy'> & {
  readonly planId: string;
  readonly rules: (EndpointRules & { readonly secretHash: string | null }) | null;
};

/**
 * Relays a day that a stake buys: floor(stake in POKT × relays per POKT), 0 while it is not in force.
 * Bounded by the safe integers, which no real stake reaches.
 */
export function dailyRelaysMax(stakedUpokt: bigint, relaysPerPoktPerDay: number, inForce: boolean): number {
  if (!inForce) return 0;
  const relays = (stakedUpokt * BigInt(relaysPerPoktPerDay)) / 1_000_000n;
  return relays > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(relays);
}
