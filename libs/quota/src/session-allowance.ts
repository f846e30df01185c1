import { ALLOWANCE_SCRIPT } from './allowance.script.js';
import type { MonotonicClock } from './daily-limiter.js';
import type { RedisForQuota } from './redis-daily-limiter.options.js';
import { RedisScript } from './redis-script.js';

/** Options of {@link SessionAllowance}. */
export interface SessionAllowanceOptions {
  /** Connection that fails fast, or a Cluster. The caller owns it. */
  readonly redis: Pick<RedisForQuota, 'evalsha' | 'eval'>;
  /** Longest wait for a lease; after it the relay goes without one, because the node refuses what is too much. Default 250 ms. */
  readonly waitMs?: number;
  /** For how long Redis is not asked after it did not answer; default 1,000 ms. */
  readonly pauseMs?: number;
  /** Time to live of a session's counts in Redis and in memory, longer than a session; default 7,200 s. */
  readonly ttlSeconds?: number;
  /** Default `allowance`. */
  readonly keyPrefix?: string;
  /** A relay was let through without a lease because Redis did not answer. */
  readonly onUnshared?: () => void;
  /** Default `performance.now`. */
  readonly clock?: MonotonicClock;
}

interface Share {
  leased: number;
  used: number;
  block: number;
  isSpent: boolean;
  grantedAt: number;
  calling: Promise<void> | null;
}

interface SessionShares {
  readonly nodes: Map<string, Share>;
  touchedAt: number;
}

const BLOCK_MIN = 8;
const BLOCK_MAX = 1_000;
/** Calls that may join one wait for a lease after another before they go without. */
const TURNS_MAX = 64;
const script = new RedisScript(ALLOWANCE_SCRIPT);

/**
 * The relays that a session grants on each node, shared by all gateways: blocks are leased from Redis and used from memory, so that the
 * processes together never send a node more than it serves.
 *
 * It guards against refusals, not against loss: the node counts for itself. With Redis away or slow relays go without a lease (`onUnshared`),
 * and the protocol's refusal (over service, evidence sealed) is expected, which nobody is blamed for. Lost state begins anew with what
 * callers hold. At most the outstanding leases of a session stay unused, each a quarter of what was free, down to one.
 */
export class SessionAllowance {
  readonly #sessions = new Map<string, SessionShares>();
  readonly #clock: MonotonicClock;
  #askAgainAt = Number.NEGATIVE_INFINITY;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: SessionAllowanceOptions) {
    this.#clock = options.clock ?? (() => performance.now());
  }

  /** Sessions whose counts are in memory. */
  get size(): number {
    return this.#sessions.size;
  }

  /**
   * Takes one relay of the node's `allowance` in a session. Synchronous while the lease in memory covers it, and once the allowance is known
   * to be spent. False: all of it is leased out. Never rejects.
   */
  take(sessionId: string, nodeId: string, allowance: number): boolean | Promise<boolean> {
    const share = this.#share(sessionId, nodeId);
    if (share.used < share.leased) {
      share.used += 1;
      if ((share.leased - share.used) * 4 < share.block && !share.isSpent)
        void this.#lease(share, sessionId, nodeId, allowance);
      return true;
    }
    if (share.isSpent || share.used >= allowance) return false;
    return this.#wait(share, sessionId, nodeId, allowance);
  }

  async #wait(share: Share, sessionId: string, nodeId: string, allowance: number): Promise<boolean> {
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const isAsked = await this.#lease(share, sessionId, nodeId, allowance);
      if (share.used < share.leased) {
        share.used += 1;
        return true;
      }
      if (share.isSpent) return false;
      if (!isAsked) break;
    }
    share.used += 1;
    share.leased = Math.max(share.leased, share.used);
    this.options.onUnshared?.();
    return true;
  }

  /** One call to Redis at a time and node; false when it was not answered. */
  async #lease(share: Share, sessionId: string, nodeId: string, allowance: number): Promise<boolean> {
    if (share.calling === null) {
      if (this.#clock() < this.#askAgainAt) return false;
      share.calling = this.#call(share, sessionId, nodeId, allowance).finally(() => (share.calling = null));
    }
    await share.calling;
    return this.#clock() >= this.#askAgainAt;
  }

  async #call(share: Share, sessionId: string, nodeId: string, allowance: number): Promise<void> {
    const { redis, waitMs = 250, pauseMs = 1_000, ttlSeconds = 7_200, keyPrefix = 'allowance' } = this.options;
    const sentAt = this.#clock();
    if (share.grantedAt > Number.NEGATIVE_INFINITY) {
      const lastedMs = sentAt - share.grantedAt;
      if (lastedMs < 100) share.block = Math.min(BLOCK_MAX, share.block * 2);
      else if (lastedMs > 1_000) share.block = Math.max(BLOCK_MIN, share.block / 2);
    }
    const args = [nodeId, allowance, Math.floor(share.block), share.leased, ttlSeconds];
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), waitMs);
    });
    try {
      const call = script.run(redis, `${keyPrefix}:{${sessionId}}`, args);
      // An answer that comes too late is a lease that nobody uses.
      const granted = Number(await Promise.race([call, silence]));
      share.leased += granted;
      share.grantedAt = this.#clock();
      share.isSpent = granted === 0;
    } catch {
      this.#askAgainAt = this.#clock() + pauseMs;
    } finally {
      clearTimeout(timer);
    }
  }

  #share(sessionId: string, nodeId: string): Share {
    const now = this.#clock();
    let session = this.#sessions.get(sessionId);
    if (session === undefined) {
      this.#sweep(now);
      this.#sessions.set(sessionId, (session = { nodes: new Map(), touchedAt: now }));
    }
    session.touchedAt = now;
    let share = session.nodes.get(nodeId);
    if (share === undefined) {
      share = {
        leased: 0,
        used: 0,
        block: BLOCK_MIN,
        isSpent: false,
        grantedAt: Number.NEGATIVE_INFINITY,
        calling: null,
      };
      session.nodes.set(nodeId, share);
    }
    return share;
  }

  /** Forgets sessions that are long over. */
  #sweep(now: number): void {
    const ttlMs = (this.options.ttlSeconds ?? 7_200) * 1_000;
    if (now - this.#sweptAt < ttlMs / 60) return;
    this.#sweptAt = now;
    for (const [sessionId, { touchedAt }] of this.#sessions)
      if (now - touchedAt > ttlMs) this.#sessions.delete(sessionId);
  }
}
