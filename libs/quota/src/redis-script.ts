import { createHash } from 'node:crypto';
import type { RedisForQuota } from './redis-daily-limiter.options.js';

/** A Lua script called by its digest; a server that does not know it (restart, failover, another Cluster node) gets the text. */
export class RedisScript {
  readonly #sha1: string;

  constructor(private readonly text: string) {
    this.#sha1 = createHash('sha1').update(text).digest('hex');
  }

  /** Runs the script on one key. Rejects with what ioredis rejects with. */
  async run(
    redis: Pick<RedisForQuota, 'evalsha' | 'eval'>,
    key: string,
    args: ReadonlyArray<string | number>,
  ): Promise<unknown> {
    try {
      return await redis.evalsha(this.#sha1, 1, key, ...args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(this.text, 1, key, ...args);
    }
  }
}
