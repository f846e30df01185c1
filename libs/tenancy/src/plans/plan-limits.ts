/** What happens beyond a plan's daily cap. */
export type PlanOverage =
  | { readonly mode: 'stop' }
  /** So many percent more, then stop. */
  | { readonly mode: 'allow-percent'; readonly percent: number }
  /** On and on, as far as the protocol's allowance of each session goes; relays beyond the cap have their own price. */
  | { readonly mode: 'allow-and-bill' };

/** What a plan grants beside the stake. null: the plan does not limit it. */
export interface PlanLimits {
  /** Relays of the tenant on a UTC day. Applications share it by their stakes. */
  readonly dailyRelaysMax: number | null;
  readonly overage: PlanOverage;
  /** Calls a second of the tenant, of each endpoint and of each key; rules of endpoints and keys may only lower them. */
  readonly perSecondMax: {
    readonly tenant: number | null;
    readonly endpoint: number | null;
    readonly key: number | null;
  };
  /** Calls in a JSON-RPC batch. */
  readonly batchCallsMax: number | null;
  /** Blocks that one log filter may span. */
  readonly logBlocksMax: number | null;
  /** Method names, or beginnings that end with `*`. */
  readonly methods: readonly string[] | null;
  /** WebSocket connections of the tenant at one gateway. */
  readonly socketsMax: number | null;
}

/** Id of the plan of tenants without another: it limits nothing beside the stake. */
export const STANDARD_PLAN_ID = '00000000-0000-7000-8000-000000000001';

/** What stands for "no end" as a daily limit: counters stay exact, and the protocol's session allowance ends sooner. */
export const UNBOUNDED_DAILY_RELAYS = 1_000_000_000_000;

/** What bounds one application's day. */
export interface DailyLimitFacts {
  /** What its stake buys; 0 while that is not in force. */
  readonly stakeRelays: number;
  readonly stakedUpokt: bigint;
  /** Stakes in force of all the tenant's applications, this one's included. */
  readonly tenantStakedUpokt: bigint;
  readonly limits: Pick<PlanLimits, 'dailyRelaysMax' | 'overage'>;
}

/**
 * Relays of an application on a UTC day: the smaller of what its stake buys and of its part of the plan's cap, raised by the plan's
 * overage. The parts of a cap follow the stakes and are rounded down, so that together they never exceed it.
 */
export function planDailyRelays({ stakeRelays, stakedUpokt, tenantStakedUpokt, limits }: DailyLimitFacts): number {
  if (stakeRelays === 0) return 0;
  const { dailyRelaysMax, overage } = limits;
  const part =
    dailyRelaysMax === null || tenantStakedUpokt === 0n
      ? stakeRelays
      : Number((BigInt(dailyRelaysMax) * stakedUpokt) / tenantStakedUpokt);
  const base = Math.min(stakeRelays, part);
  if (overage.mode === 'stop') return base;
  if (overage.mode === 'allow-and-bill') return Math.max(base, UNBOUNDED_DAILY_RELAYS);
  return Number((BigInt(base) * BigInt(100 + overage.percent)) / 100n);
}
