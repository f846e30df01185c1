import { randomUUID } from 'node:crypto';
import { ApplicationLease, type LeaseAnswer, type Waiter } from './application-lease.js';
import type { Admission, DailyLimiter, DailyStanding, NotAdmitted, QuotaHooks, SpentByDay } from './daily-limiter.js';
import { LEASE_SCRIPT, LeaseMode, LeaseStatus } from './lease.script.js';
import { RECOVER_SCRIPT } from './recover.script.js';
import type { RedisDailyLimiterOptions } from './redis-daily-limiter.options.js';
import { RedisScript } from './redis-script.js';
import { REFUND_SCRIPT } from './refund.script.js';
import { checkLimit, checkUnits } from './units.js';
import { DAY_MS, dayOf } from './utc-day.js';

const DEFAULTS = {
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
} as const;

type Settings = Required<Pick<RedisDailyLimiterOptions, keyof typeof DEFAULTS>> & RedisDailyLimiterOptions;

/** Waiting admissions that one call carries. */
const WAITERS_PER_CALL = 64;
const RETRY_MS_MIN = 10;
const RETRY_MS_MAX = 100;
const CALL_TIMEOUT_MS_MAX = 500;
/** A lease smaller than this is near the end of the limit: fetching ahead would only withhold units from other processes. */
const PREFETCH_UNITS_MIN = 16;
const INSTANCE_TTL_SECONDS = 259_200;

const leaseScript = new RedisScript(LEASE_SCRIPT);
const refundScript = new RedisScript(REFUND_SCRIPT);
const recoverScript = new RedisScript(RECOVER_SCRIPT);

/** What a call tells the script beyond the lease's figures. */
interface CallFacts {
  /** Units stored as used. */
  readonly stored?: number;
  /** Epoch of a state that cannot stem from a flush. */
  readonly notFlushed?: number;
}

/** Redis did not answer in time. */
class RedisSilentError extends Error {
  override readonly name = 'RedisSilentError';
}

/**
 * The daily limiter on Redis: blocks of units are leased by one Lua script and spent in memory.
 * Over any number of processes, crashes and skewed clocks the units admitted on a day by Redis' clock never exceed the limit;
 * at most the outstanding leases stay unused, and those shrink to one unit as the limit runs out.
 * What happens while Redis is slow, gone, restarted, failed over or flushed stands in the library's README.
 */
export class RedisDailyLimiter implements DailyLimiter {
  readonly #settings: Settings;
  readonly #hooks: QuotaHooks;
  readonly #clock: () => number;
  readonly #leases = new Map<string, ApplicationLease>();
  readonly #sweepTimer: NodeJS.Timeout;
  readonly #onReady = (): void => this.#registerAll();
  /** A random value in Redis: it is gone after a flush. */
  #generation: string | null = null;
  #generationSince = 0;
  #downSince: number | null = null;
  #lastDay = -1;
  #isDrained = false;
  #sweep: Promise<void> = Promise.resolve();

  /** Starts the sweep of idle leases; call `drain()` to end it. Throws a RangeError on an unfit instance id. */
  constructor(options: RedisDailyLimiterOptions) {
    if (!/^[A-Za-z0-9._-]{1,100}$/.test(options.instanceId)) {
      throw new RangeError('instanceId must be 1 to 100 letters, digits, dots, dashes or underscores');
    }
    this.#settings = { ...DEFAULTS, ...options };
    this.#hooks = options.hooks ?? {};
    this.#clock = options.clock ?? (() => performance.now());
    options.redis.on('ready', this.#onReady);
    this.#sweepTimer = setInterval(() => {
      this.#sweep = this.#sweepOnce();
    }, this.#settings.sweepMs).unref();
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
    const isOutage = this.#downSince !== null && now - this.#downSince >= this.#settings.waitMs;
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
      .run(this.#settings.redis, this.#key(applicationId), [this.#settings.instanceId, dayNumber, units])
      .catch(() => undefined);
  }

  async peek(applicationId: string, limit: number): Promise<DailyStanding> {
    checkLimit(limit);
    const lease = this.#leases.get(applicationId) ?? this.#newLease(applicationId);
    while (lease.isCalling) await this.#pause(RETRY_MS_MIN);
    lease.isCalling = true;
    try {
      const answer = await this.#exchange(lease, [], limit, LeaseMode.lease, 0);
      if (answer.status === LeaseStatus.unseeded) await this.#seedAnd(lease, [], limit, 0, answer);
    } finally {
      lease.isCalling = false;
      if (lease.waiters.length > 0) this.#pump(lease, null);
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
    clearInterval(this.#sweepTimer);
    this.#settings.redis.off('ready', this.#onReady);
    await this.#sweep;
    await Promise.all(
      [...this.#leases.values()].map(async (lease) => {
        while (lease.isCalling) await this.#pause(RETRY_MS_MIN);
        await this.#release(lease).catch(() => undefined);
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
    const applicationIds = new Set([...(await redis.smembers(index)), ...spent.keys()]);
    let returned = 0;
    for (const applicationId of applicationIds) {
      const args: Array<string | number> = [instanceId];
      for (const [day, units] of spent.get(applicationId) ?? []) {
        args.push(Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS), units);
      }
      returned += Number(await recoverScript.run(redis, this.#key(applicationId), args));
    }
    await redis.del(index);
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
    const isOutage = this.#downSince !== null;
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
        } else if (wantsRelease) await this.#release(lease);
        else await this.#exchange(lease, [], 0, LeaseMode.lease, 0);
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
    let answer = await this.#exchange(lease, batch, limit, mode, block);
    if (answer.status === LeaseStatus.unseeded) answer = await this.#seedAnd(lease, batch, limit, block, answer);
    if (answer.status === LeaseStatus.settling && (await this.#isUnflushed())) {
      answer = await this.#exchange(lease, batch, limit, LeaseMode.lease, block, { notFlushed: answer.epoch });
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

  /** Asks for the stored usage, then repeats the call with it. */
  async #seedAnd(
    lease: ApplicationLease,
    batch: readonly Waiter[],
    limit: number,
    block: number,
    answer: LeaseAnswer,
  ): Promise<LeaseAnswer> {
    let stored = 0;
    try {
      stored = (await this.#settings.seed?.(lease.applicationId, dayOf(answer.day * DAY_MS))) ?? 0;
    } catch (error) {
      this.#hooks.onSeedFailed?.(error);
      throw error;
    }
    return this.#exchange(lease, batch, limit, LeaseMode.lease, block, { stored: Math.max(0, Math.floor(stored)) });
  }

  async #release(lease: ApplicationLease): Promise<void> {
    if (lease.unspent <= 0 || lease.day < 0) return;
    await this.#exchange(lease, [], 0, LeaseMode.release, 0);
  }

  /** One call of the lease script, repeated once when the day turned meanwhile. */
  async #exchange(
    lease: ApplicationLease,
    batch: readonly Waiter[],
    limit: number,
    mode: number,
    block: number,
    facts: CallFacts = {},
  ): Promise<LeaseAnswer> {
    if (lease.day < 0 && this.#lastDay >= 0) lease.turnTo(this.#lastDay);
    const answer = await this.#call(lease, batch, limit, mode, block, facts);
    return answer.status === LeaseStatus.otherDay
      ? this.#call(lease, batch, limit, LeaseMode.lease, block, facts)
      : answer;
  }

  async #call(
    lease: ApplicationLease,
    batch: readonly Waiter[],
    limit: number,
    mode: number,
    block: number,
    facts: CallFacts = {},
  ): Promise<LeaseAnswer> {
    const { redis, instanceId, leaseDivisor, settleMs } = this.#settings;
    lease.sequence += 1;
    const args = [
      instanceId,
      lease.sequence,
      lease.day,
      lease.spent,
      lease.epoch,
      lease.version,
      lease.taken,
      lease.held,
    ];
    args.push(limit, Math.floor(block), leaseDivisor, settleMs, mode, facts.stored ?? '', facts.notFlushed ?? '');
    for (const waiter of batch) args.push(waiter.units);
    const takesBack = mode !== LeaseMode.lease;
    lease.isFrozen ||= takesBack;
    const sentAt = this.#clock();
    try {
      const reply = await this.#inTime(leaseScript.run(redis, this.#key(lease.applicationId), args));
      const receivedAt = this.#clock();
      const answer = parseAnswer(reply);
      this.#downSince = null;
      lease.failOpenUnits = 0;
      this.#lastDay = answer.day;
      if (answer.status === LeaseStatus.otherDay) lease.turnTo(answer.day);
      else if (answer.status !== LeaseStatus.outOfDate) {
        lease.take(answer, sentAt, receivedAt);
        if (lease.lastGrant !== 0) this.#hooks.onLease?.(lease.lastGrant);
      } else lease.held = lease.spent;
      this.#hooks.onRedisCall?.(OUTCOMES[answer.status] ?? 'ok', receivedAt - sentAt);
      return answer;
    } catch (error) {
      // Units that may have been given back must not be spent; the next answer tells.
      if (takesBack) lease.held = Math.min(lease.held, lease.spent);
      const now = this.#clock();
      this.#downSince ??= sentAt;
      this.#hooks.onRedisCall?.('failed', now - sentAt);
      throw error;
    } finally {
      if (takesBack) lease.isFrozen = false;
    }
  }

  /** ioredis may hold a command for long when the network is cut without a word: the answer is not waited for as long. */
  #inTime<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new RedisSilentError('Redis did not answer in time')),
        this.#settings.waitMs / 4,
      );
      call.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  async #sweepOnce(): Promise<void> {
    const { redis, keyPrefix, leaseIdleMs } = this.#settings;
    const key = `${keyPrefix}:generation`;
    try {
      let generation = await this.#inTime(redis.get(key));
      if (generation === null) {
        await redis.set(key, randomUUID(), 'NX');
        generation = await redis.get(key);
      }
      this.#downSince = null;
      if (generation !== this.#generation) {
        if (this.#generation !== null) this.#registerAll();
        this.#generation = generation;
        this.#generationSince = this.#clock();
      }
    } catch {
      this.#downSince ??= this.#clock();
      return;
    }
    const now = this.#clock();
    for (const lease of this.#leases.values()) {
      if (lease.day >= 0 && lease.day < this.#lastDay - 1 && !lease.isCalling) this.#leases.delete(lease.applicationId);
      else if (lease.unspent > 0 && now - lease.touchedAt >= leaseIdleMs && !lease.isCalling && now < lease.dayEndsAt) {
        lease.wantsRelease = true;
        this.#pump(lease, null);
      }
    }
  }

  /**
   * The generation has stood for longer than every process needs to notice a flush, and still stands: a state that was missing a moment
   * ago was not flushed while another process held leases of it.
   */
  async #isUnflushed(): Promise<boolean> {
    const { redis, keyPrefix, settleMs, sweepMs } = this.#settings;
    if (this.#generation === null || this.#clock() - this.#generationSince < settleMs + 2 * sweepMs) return false;
    return (await this.#inTime(redis.get(`${keyPrefix}:generation`))) === this.#generation;
  }

  /** Redis was away or lost its state: what this process holds and knows is told before anyone is given a new lease. */
  #registerAll(): void {
    let applications = 0;
    for (const lease of this.#leases.values()) {
      if (lease.epoch === 0) continue;
      applications += 1;
      lease.wantsRegistration = true;
      this.#remember(lease.applicationId);
      this.#pump(lease, null);
    }
    if (applications > 0) this.#hooks.onStateLost?.(applications);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  #key(applicationId: string): string {
    return `${this.#settings.keyPrefix}:{${applicationId}}`;
  }

  #instanceKey(instanceId: string): string {
    return `${this.#settings.keyPrefix}:instance:${instanceId}`;
  }
}

const OUTCOMES = ['ok', 'ok', 'settling', 'unseeded', 'failed'] as const;

function parseAnswer(reply: unknown): LeaseAnswer {
  if (!Array.isArray(reply) || reply.length !== 8) throw new TypeError('lease script answered in an unknown shape');
  const [status, day, redisTimeUs, held, taken, version, epoch, openInMs] = reply.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { status, day, redisTimeUs, held, taken, version, epoch, openInMs };
}
