import { ApplicationLease, type Waiter } from './application-lease.js';
import type { Admission, DailyLimiter, DailyStanding, NotAdmitted, QuotaHooks, SpentByDay } from './daily-limiter.js';
import { LeaseExchange } from './lease-exchange.js';
import { LeaseMode, LeaseStatus } from './lease.script.js';
import { RECOVER_SCRIPT } from './recover.script.js';
import {
  DAILY_LIMITER_DEFAULTS,
  type DailyLimiterSettings,
  type RedisDailyLimiterOptions,
  applicationKey,
} from './redis-daily-limiter.options.js';
import { RedisScript } from './redis-script.js';
import { REFUND_SCRIPT } from './refund.script.js';
import { checkLimit, checkUnits } from './units.js';
import { DAY_MS } from './utc-day.js';

/** Waiting admissions that one call carries. */
const WAITERS_PER_CALL = 64;
const RETRY_MS_MIN = 10;
const RETRY_MS_MAX = 100;
/** A lease smaller than this is near the end of the limit: fetching ahead would only withhold units from other processes. */
const PREFETCH_UNITS_MIN = 16;
const INSTANCE_TTL_SECONDS = 259_200;

const refundScript = new RedisScript(REFUND_SCRIPT);
const recoverScript = new RedisScript(RECOVER_SCRIPT);

/**
 * The daily limiter on Redis: blocks of units are leased by one Lua script and spent in memory.
 * Over any number of processes, crashes and skewed clocks the units admitted on a day by Redis' clock never exceed the limit;
 * at most the outstanding leases stay unused, and those shrink to one unit as the limit runs out.
 * What happens while Redis is slow, gone, restarted, failed over or flushed stands in the library's README.
 */
export class RedisDailyLimiter implements DailyLimiter {
  readonly #settings: DailyLimiterSettings;
  readonly #exchange: LeaseExchange;
  readonly #hooks: QuotaHooks;
  readonly #clock: () => number;
  readonly #leases = new Map<string, ApplicationLease>();
  readonly #endSweeps: () => void;
  readonly #onReady = (): void => this.#registerAll(true);
  #isDrained = false;
  #sweep: Promise<void> = Promise.resolve();

  /** Starts the sweep of idle leases; call `drain()` to end it. Throws a RangeError on an unfit instance id. */
  constructor(options: RedisDailyLimiterOptions) {
    if (!/^[A-Za-z0-9._-]{1,100}$/.test(options.instanceId)) {
      throw new RangeError('instanceId must be 1 to 100 letters, digits, dots, dashes or underscores');
    }
    this.#settings = { ...DAILY_LIMITER_DEFAULTS, ...options };
    this.#hooks = options.hooks ?? {};
    this.#clock = options.clock ?? (() => performance.now());
    this.#exchange = new LeaseExchange(this.#settings, this.#clock);
    options.redis.on('ready', this.#onReady);
    this.#endSweeps = this.#settings.timers.every(this.#settings.sweepMs, () => {
      this.#sweep = this.#sweepOnce();
    });
  }

  admit(applicationId: string, units: number, limit: number): Admission | Promise<Admission> {
    checkUnits(units);
    checkLimit(limit);
    const lease = this.#leases.get(applicationId) ?? this.#newLease(applicationId);
    const now = this.#clock();
    if (lease.covers(units, limit, now)) {
      const admission = lease.spend(units, now);
      if (lease.unspent * 4 < lease.lastGrant && lease.lastGrant >= PREFETCH_UNITS_MIN && !lease.isCalling) {
        this.#pump(lease, limit);
      }
      return admission;
    }
    if (this.#isDrained || lease.isFenced) return this.#refuse(lease, 'unavailable', units, limit);
    if (lease.isKnownSpent(units, limit, now)) return this.#refuse(lease, 'spent', units, limit);
    const downSince = this.#exchange.watch.downSince(applicationId);
    const isOutage = downSince !== null && now - downSince >= this.#settings.waitMs;
    if (isOutage || lease.waiters.length >= this.#settings.waitersMax)
      return this.#withoutRedis(lease, units, limit, now);
    return new Promise((settle) => {
      lease.touchedAt = now;
      lease.waiters.push({ units, limit, deadline: now + this.#settings.waitMs, settle });
      this.#pump(lease, limit);
    });
  }

  refund(applicationId: string, units: number, day: string): void {
    checkUnits(units);
    const lease = this.#leases.get(applicationId);
    if (lease?.refund(units, day)) return;
    const dayNumber = Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
    if (!Number.isSafeInteger(dayNumber)) return;
    // A failed refund of a past day only leaves its counter too high; billing reads receipts.
    refundScript
      .run(this.#settings.redis, applicationKey(this.#settings.keyPrefix, applicationId), [
        this.#settings.instanceId,
        dayNumber,
        units,
      ])
      .catch(() => undefined);
  }

  async peek(applicationId: string, limit: number): Promise<DailyStanding> {
    checkLimit(limit);
    const lease = this.#leases.get(applicationId) ?? this.#newLease(applicationId);
    const answer = await this.#exchange.exchange(lease, [], limit, LeaseMode.lease, 0);
    // A process that only looks (no seed function) must not declare the stored usage as known.
    if (answer.status === LeaseStatus.unseeded && this.#settings.seed !== undefined) {
      await this.#exchange.seedAndExchange(lease, [], limit, 0, answer);
    }
    return lease.standing(limit);
  }

  standing(applicationId: string, limit: number): DailyStanding | null {
    const lease = this.#leases.get(applicationId);
    return lease === undefined || this.#clock() >= lease.dayEndsAt ? null : lease.standing(limit);
  }

  async drain(): Promise<void> {
    if (this.#isDrained) return;
    this.#isDrained = true;
    this.#endSweeps();
    this.#settings.redis.off('ready', this.#onReady);
    await this.#sweep;
    await Promise.all(
      [...this.#leases.values()].map(async (lease) => {
        while (lease.isCalling) await this.#pause(RETRY_MS_MIN);
        await this.#exchange.release(lease).catch(() => undefined);
      }),
    );
  }

  /**
   * Returns what a dead instance leased and never spent, given what its journal says it spent (application id → day → units).
   * Only for instances that are proven dead: the instance is fenced and cannot lease again. Idempotent; call it again when it rejects
   * (Redis away). Resolves to the number of units returned.
   */
  async recover(instanceId: string, spent: ReadonlyMap<string, SpentByDay>): Promise<number> {
    const { redis } = this.#settings;
    const index = this.#instanceKey(instanceId);
    const applicationIds = new Set([...(await this.#exchange.inTime(redis.smembers(index))), ...spent.keys()]);
    let returned = 0;
    for (const applicationId of applicationIds) {
      const args: Array<string | number> = [instanceId];
      for (const [day, units] of spent.get(applicationId) ?? []) {
        args.push(Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS), units);
      }
      const key = applicationKey(this.#settings.keyPrefix, applicationId);
      returned += Number(await this.#exchange.inTime(recoverScript.run(redis, key, args)));
    }
    await this.#exchange.inTime(redis.del(index));
    if (returned > 0) this.#hooks.onLease?.(-returned);
    return returned;
  }

  #newLease(applicationId: string): ApplicationLease {
    if (applicationId.length === 0 || /[{}]/.test(applicationId))
      throw new RangeError('applicationId must not be empty or hold braces');
    const lease = new ApplicationLease(applicationId);
    this.#leases.set(applicationId, lease);
    this.#remember(applicationId);
    return lease;
  }

  /** Lists the application under this instance, for `recover`. Lost with a crash at this very moment, a lease only stays unused till midnight. */
  #remember(applicationId: string): void {
    const index = this.#instanceKey(this.#settings.instanceId);
    this.#settings.redis
      .sadd(index, applicationId)
      .then(() => this.#settings.redis.expire(index, INSTANCE_TTL_SECONDS))
      .catch(() => undefined);
  }

  /** Redis cannot be asked: the bounded local allowance if there is one, else a refusal. */
  #withoutRedis(lease: ApplicationLease, units: number, limit: number, now: number): Admission {
    const isOutage = this.#exchange.watch.downSince(lease.applicationId) !== null;
    if (
      isOutage &&
      now < lease.dayEndsAt &&
      !lease.isFenced &&
      !this.#isDrained &&
      lease.taken + lease.failOpenUnits + units <= limit
    ) {
      if (lease.failOpenUnits + units <= this.#settings.outageUnitsMax) {
        lease.failOpenUnits += units;
        // Spent beyond held: the next call registers the difference.
        this.#hooks.onFailOpen?.(units);
        return lease.spend(units, now);
      }
    }
    return this.#refuse(lease, 'unavailable', units, limit);
  }

  #refuse(lease: ApplicationLease, reason: NotAdmitted['reason'], units: number, limit: number): NotAdmitted {
    this.#hooks.onRefused?.(reason, units);
    return lease.refusal(reason, limit);
  }

  /** One call at a time and application: starts the loop that serves waiters, fetches ahead (`aheadLimit`), registers or returns. */
  #pump(lease: ApplicationLease, aheadLimit: number | null): void {
    if (lease.isCalling) return;
    lease.isCalling = true;
    void this.#run(lease, aheadLimit).finally(() => {
      lease.isCalling = false;
      if (lease.waiters.length > 0 || lease.wantsRegistration) this.#pump(lease, null);
    });
  }

  async #run(lease: ApplicationLease, aheadLimit: number | null): Promise<void> {
    let retryMs = RETRY_MS_MIN;
    do {
      const batch = this.#nextBatch(lease);
      const limit = batch[0]?.limit ?? aheadLimit;
      // Each of these wants is met by the call below, or told again by the event that made it.
      const wantsRelease = lease.wantsRelease;
      lease.wantsRegistration = false;
      try {
        if (limit !== null) {
          if (await this.#lease(lease, batch, limit)) retryMs = RETRY_MS_MIN;
        } else if (wantsRelease) await this.#exchange.release(lease);
        else await this.#exchange.exchange(lease, [], 0, LeaseMode.lease, 0);
      } catch {
        this.#serveFromLease(lease);
        await this.#pause(retryMs);
        retryMs = Math.min(retryMs * 2, RETRY_MS_MAX);
      }
      lease.wantsRelease = false;
      this.#expireWaiters(lease);
    } while (lease.waiters.length > 0);
  }

  /** One call for a batch. True when the batch was served; false after a pause when Redis does not lease yet. */
  async #lease(lease: ApplicationLease, batch: readonly Waiter[], limit: number): Promise<boolean> {
    const mode = lease.taken > limit ? LeaseMode.cut : LeaseMode.lease;
    const block = Math.min(lease.block, this.#settings.leaseUnitsMax);
    let answer = await this.#exchange.exchange(lease, batch, limit, mode, block);
    if (answer.status === LeaseStatus.unseeded)
      answer = await this.#exchange.seedAndExchange(lease, batch, limit, block, answer);
    if (answer.status === LeaseStatus.settling && (await this.#exchange.watch.isUnflushed(lease.applicationId))) {
      answer = await this.#exchange.exchange(lease, batch, limit, LeaseMode.lease, block, { notFlushed: answer.epoch });
    }
    if (answer.status === LeaseStatus.done) {
      this.#serve(lease, batch, limit);
      return true;
    }
    this.#serveFromLease(lease);
    if (answer.status === LeaseStatus.outOfDate) lease.isFenced = true;
    else if (lease.waiters.length > 0) await this.#pause(Math.min(Math.max(1, answer.openInMs), RETRY_MS_MAX));
    return false;
  }

  /** The waiters at the head of the queue that came with the same limit. */
  #nextBatch(lease: ApplicationLease): readonly Waiter[] {
    const limit = lease.waiters[0]?.limit;
    const end = lease.waiters.findIndex((waiter) => waiter.limit !== limit);
    return lease.waiters.slice(0, Math.min(end < 0 ? lease.waiters.length : end, WAITERS_PER_CALL));
  }

  #serve(lease: ApplicationLease, batch: readonly Waiter[], limit: number): void {
    const now = this.#clock();
    lease.waiters.splice(0, batch.length);
    for (const { units, settle } of batch) {
      if (lease.unspent >= units) {
        settle(lease.spend(units, now));
      } else {
        lease.rememberSpent(units, limit, now, this.#settings.spentCacheMs);
        settle(this.#refuse(lease, 'spent', units, limit));
      }
    }
  }

  /** Redis does not lease now: waiters at the head get what the lease in hand still covers. */
  #serveFromLease(lease: ApplicationLease): void {
    const now = this.#clock();
    for (let waiter = lease.waiters[0]; waiter !== undefined; waiter = lease.waiters[0]) {
      if (now >= lease.dayEndsAt || lease.unspent < waiter.units || lease.taken > waiter.limit) return;
      lease.waiters.shift();
      waiter.settle(lease.spend(waiter.units, now));
    }
  }

  #expireWaiters(lease: ApplicationLease): void {
    const now = this.#clock();
    const isHopeless = lease.isFenced || this.#isDrained;
    const waiters = lease.waiters;
    lease.waiters = [];
    for (const waiter of waiters) {
      if (isHopeless || now >= waiter.deadline)
        waiter.settle(this.#withoutRedis(lease, waiter.units, waiter.limit, now));
      else lease.waiters.push(waiter);
    }
  }

  async #sweepOnce(): Promise<void> {
    const { leaseIdleMs } = this.#settings;
    try {
      const look = await this.#exchange.watch.look();
      if (look !== null) {
        this.#registerAll(false, (applicationId) => look(applicationId) === 'first');
        this.#registerAll(true, (applicationId) => look(applicationId) === 'changed');
      }
    } catch {
      return;
    }
    const now = this.#clock();
    for (const lease of this.#leases.values()) {
      if (lease.day >= 0 && lease.day < this.#exchange.lastDay - 1 && !lease.isCalling)
        this.#leases.delete(lease.applicationId);
      else if (lease.unspent > 0 && now - lease.touchedAt >= leaseIdleMs && !lease.isCalling && now < lease.dayEndsAt) {
        lease.wantsRelease = true;
        this.#pump(lease, null);
      }
    }
  }

  /** Redis lost its state, or may have: what this process holds and knows is told before anyone is given a new lease. */
  #registerAll(isLost: boolean, concerns: (applicationId: string) => boolean = () => true): void {
    let applications = 0;
    for (const lease of this.#leases.values()) {
      if (lease.epoch === 0 || !concerns(lease.applicationId)) continue;
      applications += 1;
      lease.wantsRegistration = true;
      this.#remember(lease.applicationId);
      this.#pump(lease, null);
    }
    if (isLost && applications > 0) this.#hooks.onStateLost?.(applications);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#settings.timers.after(ms, resolve));
  }

  #instanceKey(instanceId: string): string {
    return `${this.#settings.keyPrefix}:instance:${instanceId}`;
  }
}
