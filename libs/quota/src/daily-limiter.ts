/** The answer to a request for units of an application's daily limit. */
export type Admission = Admitted | NotAdmitted;

/** The units are the caller's to use; `day` (YYYY-MM-DD by Redis' clock) must be stamped on the receipt. */
export interface Admitted {
  readonly admitted: true;
  readonly day: string;
}

/** The units were not given. */
export interface NotAdmitted {
  readonly admitted: false;
  /** `spent`: the limit has not that many units left for this gateway; `unavailable`: Redis cannot be asked and the local allowance is used up. */
  readonly reason: 'spent' | 'unavailable';
  /** The day asked for; empty, and `resetAtMs` 0, while Redis' clock was never read. */
  readonly day: string;
  /** Units taken of the day's limit by all gateways, at most `limit`. */
  readonly used: number;
  readonly limit: number;
  /** The next 00:00 UTC by Redis' clock, Unix milliseconds. */
  readonly resetAtMs: number;
}

/** Where an application stands on its day. */
export interface DailyStanding {
  readonly day: string;
  /** Units taken by all gateways (units leased by another gateway and not spent yet count as taken), at most the limit. */
  readonly used: number;
  readonly remaining: number;
  readonly resetAtMs: number;
}

/**
 * Exact daily limits per application, shared by any number of processes.
 * Guarantee: admitted units of an application on a UTC day never exceed the largest limit passed on that day.
 */
export interface DailyLimiter {
  /**
   * Takes `units` (a positive integer; a batch of k costs k, all or nothing) of the day's `limit`.
   * Synchronous while the lease held in memory covers it, and while the limit is known to be spent. Never rejects.
   */
  admit(applicationId: string, units: number, limit: number): Admission | Promise<Admission>;
  /** Gives back units that were admitted on `day` and bought no answer. Never throws. */
  refund(applicationId: string, units: number, day: string): void;
  /** The state of the day. Rejects when Redis cannot be asked. */
  peek(applicationId: string, limit: number): Promise<DailyStanding>;
  /** What memory knows without asking, for `RateLimit-*` headers; null before the first admission of the day. */
  standing(applicationId: string, limit: number): DailyStanding | null;
  /** Returns unspent leases and refuses from then on (`unavailable`). Call it after the last admission. Idempotent. */
  drain(): Promise<void>;
}

/** Units spent by application and day (YYYY-MM-DD), as a journal or PostgreSQL tells. */
export type SpentByDay = ReadonlyMap<string, number>;

/** Counts for metrics; the library knows no metrics client. Every function must be cheap and must not throw. */
export interface QuotaHooks {
  /** One call to Redis ended. `outcome` names the policy case. */
  onRedisCall?(outcome: 'ok' | 'failed' | 'settling' | 'unseeded', durationMs: number): void;
  /** Units were leased from Redis (positive) or returned to it (negative). */
  onLease?(units: number): void;
  /** Units were admitted without a lease because Redis was away (fail-open, bounded by `outageUnitsMax`). */
  onFailOpen?(units: number): void;
  /** Units were refused. */
  onRefused?(reason: 'spent' | 'unavailable', units: number): void;
  /** Redis lost state (restart, flush, failover to a lagging replica) and this process registered its leases again. */
  onStateLost?(applications: number): void;
  /** The seed function failed; the application stays closed until it succeeds. */
  onSeedFailed?(error: unknown): void;
}

/** Time since an arbitrary origin, in milliseconds, never going backwards. Wall clocks are not used: the day is Redis'. */
export type MonotonicClock = () => number;
