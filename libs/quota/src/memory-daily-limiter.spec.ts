import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MemoryDailyLimiter, MemoryQuotaStore } from './memory-daily-limiter.js';
import { dailyLimiterContract } from './testing/daily-limiter.contract.js';

dailyLimiterContract('in memory', async () => {
  const store = new MemoryQuotaStore();
  return {
    open: async () => new MemoryDailyLimiter({ store }),
    newApplicationId: () => randomUUID(),
    close: async () => undefined,
  };
});

describe('in-memory daily limiter', () => {
  it('begins a new day at 00:00 UTC of the given clock', () => {
    let now = Date.parse('2028-02-29T23:59:59.999Z');
    const limiter = new MemoryDailyLimiter({ now: () => now });
    expect(limiter.admit('a', 2, 2)).toEqual({ admitted: true, day: '2028-02-29' });
    expect(limiter.admit('a', 1, 2)).toMatchObject({ reason: 'spent', resetAtMs: Date.parse('2028-03-01T00:00:00Z') });
    now += 1;
    expect(limiter.admit('a', 2, 2)).toEqual({ admitted: true, day: '2028-03-01' });
  });
});
