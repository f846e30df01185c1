import type { Caller } from '../relay/authorise.js';
import type { Refusal } from '../relay/refusal.js';
import type { FollowerListener } from './follower-listener.js';
import { HeadFollower } from './head-follower.js';
import { PendingFollower } from './pending-follower.js';
import { type CallPath, RelayReader } from './relay-reader.js';
import type { SubscriptionRequest } from './subscription-request.js';

export interface SubscriptionHubOptions {
  readonly calls: CallPath;
  readonly requestId: () => string;
  /** Blocks that are filled in after an interruption. */
  readonly gapBlocksMax?: number;
}

/** A running subscription. */
export interface Subscribed {
  end(): void;
}

/**
 * Shares followers: all subscribers of an endpoint and chain have one follower of the head, one question for each
 * distinct log filter, and one look at pending transactions. Endpoints never share: who may read what, and whose
 * applications pay, is an endpoint's own.
 */
export class SubscriptionHub {
  readonly #reader: RelayReader;
  readonly #heads = new Map<string, HeadFollower>();
  readonly #pending = new Map<string, PendingFollower>();

  constructor(private readonly o: SubscriptionHubOptions) {
    this.#reader = new RelayReader(o.calls, o.requestId);
  }

  /** Followers that run. */
  get size(): number {
    return this.#heads.size + this.#pending.size;
  }

  /** Begins a subscription; news reach `listener` from now on. */
  async subscribe(
    caller: Caller,
    request: SubscriptionRequest,
    listener: FollowerListener,
  ): Promise<Subscribed | Refusal> {
    const pool = `${caller.endpoint.endpointId}/${caller.chain.id}`;
    if (request.kind === 'newPendingTransactions') {
      const follower = this.#pendingOf(`${pool}/${request.full ? 'full' : 'hash'}`, caller, request.full);
      return (await follower.add(listener)) ?? { end: () => follower.delete(listener) };
    }
    const follower = this.#headOf(pool, caller);
    return (await follower.add(request, listener)) ?? { end: () => follower.delete(listener) };
  }

  #headOf(key: string, caller: Caller): HeadFollower {
    let follower = this.#heads.get(key);
    if (follower === undefined) {
      const made = new HeadFollower({
        reader: this.#reader,
        blockTimeMs: caller.chain.blockTimeMs,
        gapBlocksMax: this.o.gapBlocksMax ?? 1_024,
        onIdle: () => {
          if (this.#heads.get(key) === made) this.#heads.delete(key);
        },
      });
      this.#heads.set(key, (follower = made));
    }
    return follower;
  }

  #pendingOf(key: string, caller: Caller, full: boolean): PendingFollower {
    let follower = this.#pending.get(key);
    if (follower === undefined) {
      const made = new PendingFollower({
        reader: this.#reader,
        blockTimeMs: caller.chain.blockTimeMs,
        full,
        onIdle: () => {
          if (this.#pending.get(key) === made) this.#pending.delete(key);
        },
      });
      this.#pending.set(key, (follower = made));
    }
    return follower;
  }
}
