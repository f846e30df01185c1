import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { REFUSAL_HOLD_MS, RefusalPace } from './refusal-pace.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an answer that asks a caller to slow down', () => {
  it('leaves after the hold, so that a caller who repeats at once asks at most four times within a second', () => {
    const pace = new RefusalPace();
    const sentAtMs: number[] = [];
    const ask = (): void => {
      sentAtMs.push(Date.now());
      if (sentAtMs.length < 12) pace.hold(ask);
    };
    const fromMs = Date.now();
    ask();
    vi.advanceTimersByTime(12 * REFUSAL_HOLD_MS);
    expect(sentAtMs).toHaveLength(12);
    for (const from of sentAtMs) {
      expect(sentAtMs.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(4);
    }
    expect(sentAtMs[1]! - fromMs).toBe(REFUSAL_HOLD_MS);
    expect(pace.held).toBe(0);
  });

  it('leaves at once while too many are held', () => {
    const pace = new RefusalPace(300, 2);
    const sent: number[] = [];
    for (let index = 0; index < 4; index += 1) pace.hold(() => sent.push(index));
    expect(sent).toEqual([2, 3]);
    expect(pace.held).toBe(2);
    vi.advanceTimersByTime(300);
    expect(sent).toEqual([2, 3, 0, 1]);
  });

  it('is not held where the hold is 0', () => {
    const sent: string[] = [];
    new RefusalPace(0).hold(() => sent.push('now'));
    expect(sent).toEqual(['now']);
  });
});
