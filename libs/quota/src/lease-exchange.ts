import type { ApplicationLease, LeaseAnswer, Waiter } from './application-lease.js';
import { LEASE_SCRIPT, LeaseMode, LeaseStatus } from './lease.script.js';
import { type DailyLimiterSettings, applicationKey } from './redis-daily-limiter.options.js';
import { RedisScript } from './redis-script.js';
import { StateWatch } from './state-watch.js';
import { DAY_MS, dayOf } from './utc-day.js';

const CALL_TIMEOUT_MS_MAX = 500;

const leaseScript = new RedisScript(LEASE_SCRIPT);

/** What a call tells the script beyond the lease's figures. */
interface CallFacts {
  /** Units stored as used. */
  readonly stored?: number;
  /** Epoch of a state that cannot stem from a flush. */
  readonly notFlushed?: number;
}

/** Redis, or the seed function, did not answer in time. */
class SilentError extends Error {
  override readonly name = 'SilentError';
}

/** Talks to Redis for the daily limiter: calls the lease script, keeps what it answers, and knows whether Redis is there and whole. */
export class LeaseExchange {
  /** Whether Redis is there and whole. */
  readonly watch: StateWatch;
  /** The day of the last answer, days since 1970; -1 before the first. */
  lastDay = -1;

  constructor(
    private readonly settings: DailyLimiterSettings,
    private readonly clock: () => number,
  ) {
    this.watch = new StateWatch(settings, clock, (call) => this.inTime(call));
  }

  /** One call of the lease script, repeated once when the day turned meanwhile, or when the client had sent it twice. */
  async exchange(
    lease: ApplicationLease,
    batch: readonly Waiter[],
    limit: number,
    mode: number,
    block: number,
    facts: CallFacts = {},
  ): Promise<LeaseAnswer> {
    if (lease.day < 0 && this.lastDay >= 0) lease.turnTo(this.lastDay);
    let answer = await this.#call(lease, batch, limit, mode, block, facts);
    if (answer.status === LeaseStatus.repeated) answer = await this.#call(lease, batch, limit, mode, block, facts);
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
    const { redis, instanceId, leaseDivisor, settleMs } = this.settings;
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
    const sentAt = this.clock();
    try {
      const reply = await this.inTime(
        leaseScript.run(redis, applicationKey(this.settings.keyPrefix, lease.applicationId), args),
      );
      const receivedAt = this.clock();
      const answer = parseAnswer(reply);
      this.watch.answered(lease.applicationId);
      lease.failOpenUnits = 0;
      this.lastDay = answer.day;
      if (answer.status === LeaseStatus.otherDay) lease.turnTo(answer.day);
      else if (answer.status !== LeaseStatus.outOfDate) {
        lease.take(answer, sentAt, receivedAt);
        if (lease.lastGrant !== 0) this.settings.hooks?.onLease?.(lease.lastGrant);
      } else lease.held = lease.spent;
      this.settings.hooks?.onRedisCall?.(OUTCOMES[answer.status] ?? 'ok', receivedAt - sentAt);
      return answer;
    } catch (error) {
      // Units that may have been given back must not be spent; the next answer tells.
      if (takesBack) lease.held = Math.min(lease.held, lease.spent);
      const now = this.clock();
      this.watch.failed(lease.applicationId, sentAt);
      this.settings.hooks?.onRedisCall?.('failed', now - sentAt);
      throw error;
    } finally {
      if (takesBack) lease.isFrozen = false;
    }
  }

  /** ioredis may hold a command for long when the network is cut without a word: the answer is not waited for as long. */
  inTime<T>(call: Promise<T>, timeoutMs = Math.min(this.settings.waitMs / 4, CALL_TIMEOUT_MS_MAX)): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.settings.timers.after(timeoutMs, () =>
        reject(new SilentError(`no answer within ${timeoutMs} ms`)),
      );
      call.then(resolve, reject).finally(cancel);
    });
  }

  /** Asks for the stored usage, then repeats the call with it. */
  async seedAndExchange(
    lease: ApplicationLease,
    batch: readonly Waiter[],
    limit: number,
    block: number,
    answer: LeaseAnswer,
  ): Promise<LeaseAnswer> {
    let stored = 0;
    try {
      stored = await this.inTime(this.#stored(lease.applicationId, answer.day), this.settings.waitMs / 2);
    } catch (error) {
      this.settings.hooks?.onSeedFailed?.(error);
      throw error;
    }
    return this.exchange(lease, batch, limit, LeaseMode.lease, block, { stored: Math.max(0, Math.floor(stored)) });
  }

  async #stored(applicationId: string, day: number): Promise<number> {
    return (await this.settings.seed?.(applicationId, dayOf(day * DAY_MS))) ?? 0;
  }

  /** Returns what is unspent. */
  async release(lease: ApplicationLease): Promise<void> {
    if (lease.unspent <= 0 || lease.day < 0) return;
    await this.exchange(lease, [], 0, LeaseMode.release, 0);
  }
}

const OUTCOMES = ['ok', 'ok', 'settling', 'unseeded', 'failed', 'ok'] as const;

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
