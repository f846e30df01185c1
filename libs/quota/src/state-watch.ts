import { randomUUID } from 'node:crypto';
import { ShardLayout } from './cluster-shards.js';
import { LOOK_SCRIPT } from './look.script.js';
import type { DailyLimiterSettings } from './redis-daily-limiter.options.js';
import { RedisScript } from './redis-script.js';

/** What a look found: `changed` means that state was lost since the last one, at the `first` nobody can tell. */
export type StateLook = 'same' | 'first' | 'changed';

/** The one shard of a server that is no Cluster. */
const WHOLE = '';

const lookScript = new RedisScript(LOOK_SCRIPT);

interface Generation {
  readonly value: string;
  readonly since: number;
}

/**
 * Notices that Redis lost state. A random value, the generation, is gone after a flush; a restart or a failover shows by a new connection
 * and, on a Cluster, where the client holds many connections and reports none of them, by another run id. Each primary of a Cluster is looked at.
 */
export class StateWatch {
  readonly #generations = new Map<string, Generation>();
  readonly #downSince = new Map<string, number>();
  #layout: ShardLayout | null = null;

  constructor(
    private readonly settings: DailyLimiterSettings,
    private readonly clock: () => number,
    private readonly inTime: <T>(call: Promise<T>) => Promise<T>,
  ) {}

  /** Since when the shard of an application has not answered, monotonic; null while it does. */
  downSince(applicationId: string): number | null {
    return this.#downSince.get(this.#shardOf(applicationId)) ?? null;
  }

  /** A call for the application was answered. */
  answered(applicationId: string): void {
    this.#downSince.delete(this.#shardOf(applicationId));
  }

  /** A call for the application, sent at `sentAt`, was not. */
  failed(applicationId: string, sentAt: number): void {
    this.#noteDown(this.#shardOf(applicationId), sentAt);
  }

  /** Looks at every shard; rejects when none answers. Null when all are the same, else what was found on an application's shard. */
  async look(): Promise<((applicationId: string) => StateLook) | null> {
    await this.#readLayout();
    const found = new Map<string, StateLook>();
    let failure: unknown = null;
    await Promise.all(
      this.#shards().map(async (shard) => {
        const lookedAt = this.clock();
        try {
          found.set(shard, this.#compare(shard, await this.#identityOf(shard)));
          this.#downSince.delete(shard);
        } catch (error) {
          failure ??= error;
          this.#noteDown(shard, lookedAt);
        }
      }),
    );
    if (found.size === 0) throw failure instanceof Error ? failure : new Error('Redis tells no shards');
    if ([...found.values()].every((one) => one === 'same')) return null;
    return (applicationId) => found.get(this.#shardOf(applicationId)) ?? 'same';
  }

  /**
   * The generation has stood for longer than every process needs to notice a flush, and still stands: a state that was missing a moment
   * ago was not flushed while another process held leases of it.
   */
  async isUnflushed(applicationId: string): Promise<boolean> {
    const { settleMs, sweepMs } = this.settings;
    const shard = this.#shardOf(applicationId);
    const known = this.#generations.get(shard);
    if (known === undefined || this.clock() - known.since < settleMs + 2 * sweepMs) return false;
    const now =
      shard === WHOLE ? await this.inTime(this.settings.redis.get(this.#key(WHOLE))) : await this.#identityOf(shard);
    return now === known.value;
  }

  #compare(shard: string, value: string): StateLook {
    const known = this.#generations.get(shard);
    if (known?.value === value) return 'same';
    this.#generations.set(shard, { value, since: this.clock() });
    return known === undefined ? 'first' : 'changed';
  }

  async #identityOf(shard: string): Promise<string> {
    const { redis } = this.settings;
    const key = this.#key(shard);
    if (shard !== WHOLE) return String(await this.inTime(lookScript.run(redis, key, [randomUUID()])));
    const generation = await this.inTime(redis.get(key));
    if (generation !== null) return generation;
    await this.inTime(redis.set(key, randomUUID(), 'NX'));
    return String(await this.inTime(redis.get(key)));
  }

  async #readLayout(): Promise<void> {
    const { redis } = this.settings;
    if (redis.isCluster !== true || redis.call === undefined) return;
    try {
      this.#layout = ShardLayout.read(await this.inTime(redis.call('CLUSTER', 'SLOTS')));
    } catch (error) {
      // The layout of a moment ago serves until somebody tells the new one.
      if (this.#layout === null) throw error;
    }
  }

  #shards(): readonly string[] {
    return this.#layout?.tags ?? [WHOLE];
  }

  #shardOf(applicationId: string): string {
    return this.#layout?.shardOf(applicationId) ?? WHOLE;
  }

  #key(shard: string): string {
    const { keyPrefix } = this.settings;
    return shard === WHOLE ? `${keyPrefix}:generation` : `${keyPrefix}:generation:{${shard}}`;
  }

  #noteDown(shard: string, since: number): void {
    if (!this.#downSince.has(shard)) this.#downSince.set(shard, since);
  }
}
