import type { RedisConnection } from '#libs/queues';
import type { RedisForQuota } from '#libs/quota';

/** Key that holds by how many microseconds the scripts' `TIME` is moved. */
const OFFSET_KEY = 'limits:clock-offset';

const SHIFTED_TIME = `(function() local t = redis.call('TIME'); local o = tonumber(redis.call('GET', '${OFFSET_KEY}') or '0')
  local us = t[2] + o; return { t[1] + math.floor(us / 1000000), us % 1000000 } end)()`;

/** Runs every script with the server's clock moved by what {@link moveClock} last set. */
export function withShiftedClock(redis: RedisConnection): RedisForQuota {
  return new Proxy(redis, {
    get(target, property) {
      if (property === 'evalsha') return () => Promise.reject(new Error('NOSCRIPT moved'));
      if (property === 'eval') {
        return (script: string, keys: number, ...rest: Array<string | number>) =>
          target.eval(script.replaceAll(`redis.call('TIME')`, SHIFTED_TIME), keys, ...rest);
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as unknown as RedisForQuota;
}

/** Lets the server's clock, as scripts see it, show `unixMs` now. */
export async function moveClock(redis: RedisConnection, unixMs: number): Promise<void> {
  await redis.set(OFFSET_KEY, String(Math.round((unixMs - Date.now()) * 1_000)));
}
