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
 * Notices that Redis lost state, or may have: a random value, the generation, is gone after a flush, and a restart or a failover shows by
 * another run id. Each primary of a Cluster is looked at by itself.
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
   * Server and generation have stood for longer than every process needs to notice a change, and still stand: a state that was missing a
   * moment ago was not lost while another process held leases of it.
   */
  async isUnflushed(applicationId: string): Promise<boolean> {
    const { settleMs, sweepMs } = this.settings;
    const shard = this.#shardOf(applicationId);
    const known = this.#generations.get(shard);
    if (known === undefined || this.clock() - known.since < settleMs + 2 * sweepMs) return false;
    return (await this.#identityOf(shard)) === known.value;
  }

  #compare(shard: string, value: string): StateLook {
    const known = this.#generations.get(shard);
    if (known?.value === value) return 'same';
    this.#generations.set(shard, { value, since: this.clock() });
    return known === undefined ? 'first' : 'changed';
  }

  async #identityOf(shard: string): Promise<string> {
    return String(await this.inTime(lookScript.run(this.settings.redis, this.#key(shard), [randomUUID()])));
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
