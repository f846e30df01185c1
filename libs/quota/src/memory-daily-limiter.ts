import type { Admission, DailyLimiter, DailyStanding } from './daily-limiter.js';
import { dayOf, nextMidnightMs } from './utc-day.js';
import { checkLimit, checkUnits } from './units.js';

/** Options of {@link MemoryDailyLimiter}. */
export interface MemoryDailyLimiterOptions {
  /** Unix milliseconds; plays the role of Redis' clock. Default `Date.now`. */
  readonly now?: () => number;
  /** Counters shared by several limiters, as processes share Redis; default: its own. */
  readonly store?: MemoryQuotaStore;
}

/** The counters that limiters share: units used by application and day. */
export class MemoryQuotaStore {
  readonly #used = new Map<string, number>();

  /** Units used; 0 when none were. */
  used(applicationId: string, day: string): number {
    return this.#used.get(`${day}/${applicationId}`) ?? 0;
  }

  /** Adds units, or takes them off when negative, never below 0. */
  add(applicationId: string, day: string, units: number): void {
    this.#used.set(`${day}/${applicationId}`, Math.max(0, this.used(applicationId, day) + units));
  }
}

/** The in-memory twin of the Redis limiter: same contract, one process. For tests, the simulator and single-process use. */
export class MemoryDailyLimiter implements DailyLimiter {
  readonly #now: () => number;
  readonly #store: MemoryQuotaStore;
  #drained = false;

  constructor(options: MemoryDailyLimiterOptions = {}) {
    this.#now = options.now ?? Date.now;
    this.#store = options.store ?? new MemoryQuotaStore();
  }

  admit(applicationId: string, units: number, limit: number): Admission {
    checkUnits(units);
    checkLimit(limit);
    const now = this.#now();
    const day = dayOf(now);
    const used = this.#store.used(applicationId, day);
    if (!this.#drained && used + units <= limit) {
      this.#store.add(applicationId, day, units);
      return { admitted: true, day };
    }
    const reason = this.#drained ? 'unavailable' : 'spent';
    return { admitted: false, reason, day, used: Math.min(used, limit), limit, resetAtMs: nextMidnightMs(now) };
  }

  refund(applicationId: string, units: number, day: string): void {
    checkUnits(units);
    this.#store.add(applicationId, day, -units);
  }

  peek(applicationId: string, limit: number): Promise<DailyStanding> {
    return Promise.resolve(this.standing(applicationId, limit));
  }

  standing(applicationId: string, limit: number): DailyStanding {
    checkLimit(limit);
    const now = this.#now();
    const day = dayOf(now);
    const used = Math.min(this.#store.used(applicationId, day), limit);
    return { day, used, remaining: limit - used, resetAtMs: nextMidnightMs(now) };
  }

  drain(): Promise<void> {
    this.#drained = true;
    return Promise.resolve();
  }
}
