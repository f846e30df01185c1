import { describe, expect, it } from 'vitest';
import { ChainHealth } from './chain-health.js';

describe('the health of chains', () => {
  it('counts the last minute and forgets what is older', () => {
    let nowMs = 0;
    const health = new ChainHealth(() => nowMs);
    for (let second = 0; second < 60; second += 1) {
      nowMs = second * 1_000;
      health.ended('0021', second < 10);
    }
    expect(health.lastMinute().get('0021')).toEqual({ calls: 60, failed: 10 });
    nowMs = 65_000;
    expect(health.lastMinute().get('0021')).toEqual({ calls: 50, failed: 0 });
    nowMs = 500_000;
    expect(health.lastMinute().size).toBe(0);
  });
});
