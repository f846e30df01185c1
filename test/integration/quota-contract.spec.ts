import { randomUUID } from 'node:crypto';
import { queueConnection } from '#libs/queues';
import { RedisDailyLimiter } from '#libs/quota';
import { dailyLimiterContract } from '../../libs/quota/src/testing/daily-limiter.contract.js';
import { createRedis } from '../support/database.js';

const url = await createRedis();

dailyLimiterContract('on Redis', async () => {
  const closers: Array<() => Promise<unknown>> = [];
  return {
    open: async () => {
      const redis = queueConnection(url, 'producer');
      await new Promise((resolve) => redis.once('ready', resolve));
      const limiter = new RedisDailyLimiter({ redis, instanceId: randomUUID() });
      closers.push(() => limiter.drain().then(() => redis.quit()));
      return limiter;
    },
    newApplicationId: () => randomUUID(),
    close: async () => {
      await Promise.all(closers.map((close) => close()));
    },
  };
});
