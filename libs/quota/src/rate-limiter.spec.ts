import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';

describe('rate limiter of one process', () => {
  it('admits the limit in a second and says when to come back', () => {
    const limiter = new RateLimiter({ redis: null, clock: () => 500 });
    expect(Array.from({ length: 12 }, () => limiter.take('k', 1, 10).allowed).filter(Boolean)).toHaveLength(10);
    expect(limiter.take('k', 1, 10)).toEqual({ allowed: false, retryAfterMs: expect.any(Number) });
    expect(limiter.take('other', 1, 10).allowed).toBe(true);
  });

  it('lets no burst of twice the limit through at the turn of a second', () => {
    let now = 990;
    const limiter = new RateLimiter({ redis: null, clock: () => now });
    for (let n = 0; n < 10; n += 1) limiter.take('k', 1, 10);
    now = 1_010;
    expect(limiter.take('k', 5, 10).allowed).toBe(false);
    now = 1_600;
    expect(limiter.take('k', 5, 10).allowed).toBe(true);
    now = 5_000;
    expect(limiter.take('k', 10, 10).allowed).toBe(true);
  });

  it('takes a batch as a whole or not at all', () => {
    const limiter = new RateLimiter({ redis: null, clock: () => 1 });
    expect(limiter.take('k', 11, 10).allowed).toBe(false);
    expect(limiter.take('k', 10, 10).allowed).toBe(true);
  });
});
