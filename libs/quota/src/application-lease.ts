import type { Admission, Admitted, DailyStanding, NotAdmitted } from './daily-limiter.js';
import { DAY_MS, dayOf } from './utc-day.js';

/** What one call of the lease script answered. */
export interface LeaseAnswer {
  readonly status: number;
  /** Days since 1970. */
  readonly day: number;
  readonly redisTimeUs: number;
  readonly held: number;
  readonly taken: number;
  readonly version: number;
  readonly epoch: number;
  readonly openInMs: number;
}

/** An admission that waits for Redis. */
export interface Waiter {
  readonly units: number;
  readonly limit: number;
  readonly deadline: number;
  readonly settle: (admission: Admission) => void;
}

/** Redis' clock and ours may drift apart by so much between two answers; clocks that are being slewed stay below it. */
const DRIFT = 0.001;
/** Past days whose spending is remembered: a server with an earlier clock may take over around midnight. */
const PAST_DAYS_MAX = 2;
const BLOCK_UNITS_MIN = 8;

/** One application's lease in the memory of one process. Holds figures and their rules; calls nothing. */
export class ApplicationLease {
  /** Days since 1970 that the figures below are for; -1 before the first answer. */
  day = -1;
  held = 0;
  spent = 0;
  taken = 0;
  version = 0;
  epoch = 0;
  sequence = 0;
  /** Monotonic time until which it certainly is still `day` by Redis' clock, however long the last answer was under way. */
  dayEndsAt = Number.NEGATIVE_INFINITY;
  touchedAt = 0;
  waiters: Waiter[] = [];
  isCalling = false;
  /** A call that takes units back is under way: nothing may be spent until its answer. */
  isFrozen = false;
  /** Recovered as dead by another process: this instance may not lease again. */
  isFenced = false;
  wantsRegistration = false;
  wantsRelease = false;
  failOpenUnits = 0;
  block = BLOCK_UNITS_MIN;
  lastGrant = 0;
  #grantedAt = Number.NEGATIVE_INFINITY;
  #admitted: Admitted = { admitted: true, day: '' };
  #resetAtMs = 0;
  #spentUntil = Number.NEGATIVE_INFINITY;
  #spentLimit = 0;
  #spentUnits = 0;
  readonly #pastSpent = new Map<number, number>();

  constructor(readonly applicationId: string) {}

  get unspent(): number {
    return this.held - this.spent;
  }

  /** Units may be taken from memory now: the day is certain, nobody waits, the lease covers them and the limit was not lowered below it. */
  covers(units: number, limit: number, now: number): boolean {
    return (
      this.held - this.spent >= units &&
      now < this.dayEndsAt &&
      this.taken <= limit &&
      this.waiters.length === 0 &&
      !this.isFrozen &&
      !this.wantsRelease
    );
  }

  /** Takes units; the caller checked `covers`, or serves a waiter. */
  spend(units: number, now: number): Admitted {
    this.spent += units;
    this.touchedAt = now;
    return this.#admitted;
  }

  /** The limit is known to have no such number of units left. */
  isKnownSpent(units: number, limit: number, now: number): boolean {
    return now < this.#spentUntil && limit <= this.#spentLimit && units >= this.#spentUnits;
  }

  rememberSpent(units: number, limit: number, now: number, forMs: number): void {
    const isStill = now < this.#spentUntil && limit === this.#spentLimit;
    this.#spentUnits = isStill ? Math.min(units, this.#spentUnits) : units;
    this.#spentLimit = limit;
    this.#spentUntil = Math.min(now + forMs, this.dayEndsAt);
  }

  refusal(reason: NotAdmitted['reason'], limit: number): NotAdmitted {
    const { day, used, resetAtMs } = this.standing(limit);
    return { admitted: false, reason, day, used, limit, resetAtMs };
  }

  standing(limit: number): DailyStanding {
    const used = Math.max(0, Math.min(limit, this.taken - this.unspent));
    return { day: this.#admitted.day, used, remaining: limit - used, resetAtMs: this.#resetAtMs };
  }

  /** Puts units back into the lease; false when they were not of the current day. */
  refund(units: number, day: string): boolean {
    if (day !== this.#admitted.day) return false;
    this.spent = Math.max(0, this.spent - units);
    return true;
  }

  /** Takes over an answer. `sentAt` and `receivedAt` are monotonic. */
  take(answer: LeaseAnswer, sentAt: number, receivedAt: number): void {
    this.turnTo(answer.day);
    const redisTimeMs = answer.redisTimeUs / 1_000;
    this.dayEndsAt = sentAt + ((answer.day + 1) * DAY_MS - redisTimeMs) * (1 - DRIFT) - 1;
    this.lastGrant = answer.held - this.held;
    if (this.lastGrant > 0) this.#adaptBlock(receivedAt);
    this.held = answer.held;
    this.taken = answer.taken;
    this.version = answer.version;
    this.epoch = answer.epoch;
  }

  /** Another day begins, or comes back: its figures are restored or begin at zero. The next answer brings what is held and taken. */
  turnTo(day: number): void {
    if (day === this.day) return;
    if (this.day >= 0) this.#pastSpent.set(this.day, this.spent);
    for (const past of [...this.#pastSpent.keys()].toSorted((a, b) => b - a).slice(PAST_DAYS_MAX))
      this.#pastSpent.delete(past);
    this.spent = this.#pastSpent.get(day) ?? 0;
    this.held = this.spent;
    this.taken = 0;
    this.version = 0;
    this.epoch = 0;
    this.failOpenUnits = 0;
    this.day = day;
    this.dayEndsAt = Number.NEGATIVE_INFINITY;
    this.#admitted = Object.freeze({ admitted: true, day: dayOf(day * DAY_MS) });
    this.#resetAtMs = (day + 1) * DAY_MS;
    this.#spentUntil = Number.NEGATIVE_INFINITY;
  }

  /** A lease that lasts less than 0.1 s is too small, one that lasts more than a second only withholds units from others. */
  #adaptBlock(now: number): void {
    const lastedMs = now - this.#grantedAt;
    if (lastedMs < 100) this.block *= 2;
    else if (lastedMs > 1_000) this.block = Math.max(BLOCK_UNITS_MIN, this.block / 2);
    this.#grantedAt = now;
  }
}
