import type { MonotonicClock, QuotaHooks } from './daily-limiter.js';

/** Options of {@link RedisDailyLimiter}. */
export interface RedisDailyLimiterOptions {
  /** Connection that fails fast (`queueConnection(url, 'producer')`), or a Cluster. The caller owns it. */
  readonly redis: RedisForQuota;
  /** Identity of this process' leases. Never reused: a restarted process takes a new one (the journal's instance id). */
  readonly instanceId: string;
  /** Units already stored as used for an application's day, from PostgreSQL; asked only when Redis knows nothing about the application. Default: 0. */
  readonly seed?: (applicationId: string, day: string) => Promise<number>;
  /** Largest lease; default 1,000 units. */
  readonly leaseUnitsMax?: number;
  /** A lease is at most 1/n of what is left, so that leases shrink to 1 as the limit runs out; default 16. */
  readonly leaseDivisor?: number;
  /** A lease untouched for so long is returned; default 5,000 ms. */
  readonly leaseIdleMs?: number;
  /** For how long a spent limit is refused from memory; default 250 ms. Never beyond midnight. */
  readonly spentCacheMs?: number;
  /** For how long an admission may wait for Redis before it is refused as unavailable; default 3,000 ms, longer than a restart of Redis and `settleMs`. */
  readonly waitMs?: number;
  /** Waiting admissions per application; more are refused at once; default 1,024. */
  readonly waitersMax?: number;
  /** Units per application that may be admitted without a lease while Redis is away, once per outage; default 0 (exactness first). */
  readonly outageUnitsMax?: number;
  /** After Redis lost state no new lease is given for so long, while every process registers what it holds; default 1,500 ms, at least two sweeps. */
  readonly settleMs?: number;
  /** Pause between two looks at idle leases and at Redis' generation; default 500 ms. */
  readonly sweepMs?: number;
  /** Key prefix; default `quota`. */
  readonly keyPrefix?: string;
  readonly hooks?: QuotaHooks;
  /** Default `performance.now`. */
  readonly clock?: MonotonicClock;
  /** Default: Node's own. */
  readonly timers?: LimiterTimers;
}

/** Timers of a limiter. Every function returns what ends the timer. */
export interface LimiterTimers {
  after(ms: number, work: () => void): () => void;
  /** Does not keep the process alive. */
  every(ms: number, work: () => void): () => void;
}

const nodeTimers: LimiterTimers = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, work) => {
    const timer = setInterval(work, ms).unref();
    return () => clearInterval(timer);
  },
};

/** What the limiter needs of ioredis; `Redis` and `Cluster` both satisfy it. */
export interface RedisForQuota {
  evalsha(sha1: string, keysCount: number, ...keysAndArgs: Array<string | number>): Promise<unknown>;
  eval(script: string, keysCount: number, ...keysAndArgs: Array<string | number>): Promise<unknown>;
  sadd(key: string, member: string): Promise<number>;
  smembers(key: string): Promise<string[]>;
  expire(key: string, seconds: number): Promise<number>;
  del(key: string): Promise<number>;
  on(event: 'ready', listener: () => void): unknown;
  off(event: 'ready', listener: () => void): unknown;
  /** True on a Cluster: then {@link call} tells its layout. */
  readonly isCluster?: boolean;
  call?(command: string, ...args: string[]): Promise<unknown>;
}

/** Defaults of {@link RedisDailyLimiterOptions}. */
export const DAILY_LIMITER_DEFAULTS = {
  leaseUnitsMax: 1_000,
  leaseDivisor: 16,
  leaseIdleMs: 5_000,
  spentCacheMs: 250,
  waitMs: 3_000,
  waitersMax: 1_024,
  outageUnitsMax: 0,
  settleMs: 1_500,
  sweepMs: 500,
  keyPrefix: 'quota',
  timers: nodeTimers,
} as const;

/** Options with their defaults filled in. */
export type DailyLimiterSettings = Required<Pick<RedisDailyLimiterOptions, keyof typeof DAILY_LIMITER_DEFAULTS>> &
  RedisDailyLimiterOptions;

/** Key of an application's state; the braces keep it in one Cluster slot. */
export function applicationKey(keyPrefix: string, applicationId: string): string {
  return `${keyPrefix}:{${applicationId}}`;
}
