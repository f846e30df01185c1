import { randomUUID } from 'node:crypto';
import type { MonotonicClock } from './daily-limiter.js';
import { RATE_SCRIPT } from './rate.script.js';
import { RateWindow } from './rate-window.js';
import type { RedisForQuota } from './redis-daily-limiter.options.js';
import { RedisScript } from './redis-script.js';
import { checkUnits } from './units.js';

/** Options of {@link RateLimiter}. */
export interface RateLimiterOptions {
  /** Null: this process alone. */
  readonly redis: Pick<RedisForQuota, 'evalsha' | 'eval'> | null;
  /** Pause between two exchanges with the other processes; default 100 ms. */
  readonly syncMs?: number;
  /** Default `rate`. */
  readonly keyPrefix?: string;
  /** Default `performance.now`. */
  readonly clock?: MonotonicClock;
}

/** Whether units were taken, and if not, when about to try again. */
export type RateDecision = { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number };

interface RateState {
  readonly window: RateWindow;
  unsent: number;
  /** Units of the other processes in their window, as of the last exchange. */
  others: number;
  /** Other processes that use the key, as of the last exchange. */
  peers: number;
  /** Own units since the last exchange. */
  sinceSync: number;
  usedAt: number;
  syncedAt: number;
}

const WINDOW_MS = 1_000;
const ALLOWED: RateDecision = { allowed: true };
const rateScript = new RedisScript(RATE_SCRIPT);

/**
 * Per-second limits for keys, endpoints and tenants: decided from memory, never waiting, with what the other processes did as of the
 * last exchange. Not exact: several processes hit at once may together pass the limit until the next exchange (`syncMs`). From then on each
 * takes for granted that the others take as much as itself, so that between two exchanges each gets its part of what is left.
 * Redis away: each process limits alone, so the sum may reach the limit times the number of processes.
 */
export class RateLimiter {
  readonly #states = new Map<string, RateState>();
  readonly #clock: MonotonicClock;
  readonly #timer: NodeJS.Timeout | null;
  readonly #instance = randomUUID();

  constructor(private readonly options: RateLimiterOptions) {
    this.#clock = options.clock ?? (() => performance.now());
    this.#timer =
      options.redis === null ? null : setInterval(() => void this.synchronise(), options.syncMs ?? 100).unref();
  }

  /** Takes `units` if the past second then holds at most `limit`; all or nothing. Refused units are not counted. */
  take(key: string, units: number, limit: number): RateDecision {
    checkUnits(units);
    const now = this.#clock();
    let state = this.#states.get(key);
    if (state === undefined) {
      state = {
        window: new RateWindow(WINDOW_MS),
        unsent: 0,
        others: 0,
        peers: 0,
        sinceSync: 0,
        usedAt: now,
        syncedAt: now,
      };
      this.#states.set(key, state);
    }
    state.usedAt = now;
    // What others did is forgotten linearly within a second when no exchange tells anything newer.
    const others = state.others * Math.max(0, 1 - (now - state.syncedAt) / WINDOW_MS);
    const used = state.window.units(now) + others + state.sinceSync * state.peers;
    if (used + units * (1 + (state.sinceSync > 0 ? state.peers : 0)) > limit) {
      const surplusShare = Math.min(1, (used + units - limit) / Math.max(used, 1));
      return { allowed: false, retryAfterMs: Math.max(1, Math.ceil(surplusShare * WINDOW_MS)) };
    }
    state.window.add(units, now);
    state.unsent += units;
    state.sinceSync += units;
    return ALLOWED;
  }

  /** One exchange with Redis for every key in use; forgets keys that rest. Never rejects. */
  async synchronise(): Promise<void> {
    const { redis, keyPrefix = 'rate' } = this.options;
    const startedAt = this.#clock();
    await Promise.all(
      [...this.#states].map(async ([key, state]) => {
        if (startedAt - state.usedAt > 2 * WINDOW_MS) {
          this.#states.delete(key);
          return;
        }
        if (redis === null) return;
        const sent = state.unsent;
        state.unsent = 0;
        const own = state.window.units(startedAt);
        try {
          const answer = await rateScript.run(redis, `${keyPrefix}:{${key}}`, [sent, WINDOW_MS, this.#instance]);
          const [everyone = 0, processes = 1] = (answer as unknown[]).map(Number);
          state.others = Math.max(0, everyone - own);
          state.peers = Math.max(0, processes - 1);
          state.sinceSync = state.unsent;
          state.syncedAt = this.#clock();
        } catch {
          // Units of a lost exchange are not sent again: they may have been counted, and a second later they are history.
        }
      }),
    );
  }

  /** Ends the exchange. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }
}
