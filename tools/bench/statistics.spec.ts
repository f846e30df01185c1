import { describe, expect, it } from 'vitest';
import { median, medianRatio, percentile } from './statistics.js';

describe('statistics of the benchmark', () => {
  it('takes the nearest rank for a percentile', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile(values, 1)).toBe(100);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('is not moved by one disturbed round', () => {
    expect(median([10, 11, 500])).toBe(11);
    expect(median([10, 12])).toBe(11);
    expect(median([])).toBeNaN();
  });

  it('compares round by round, so that a slow machine cancels out', () => {
    expect(medianRatio([25, 5, 25], [100, 20, 100])).toBe(0.25);
    expect(medianRatio([25], [])).toBeNaN();
    expect(medianRatio([Number.NaN, 30], [100, 100])).toBe(0.3);
  });
});
