import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.js';

const fail = (breaker: CircuitBreaker, count: number, atMs: number): boolean =>
  Array.from({ length: count }, () => breaker.failed(atMs)).some(Boolean);

describe('CircuitBreaker', () => {
  it('opens after five failures that are a fifth of the attempts within half a minute', () => {
    const breaker = new CircuitBreaker();
    expect(fail(breaker, 4, 0)).toBe(false);
    expect(fail(breaker, 1, 29_000)).toBe(true);
    expect(breaker.isOpen(88_999)).toBe(true);
    expect(breaker.isOpen(89_000)).toBe(false);
  });

  it('stays closed for failures that are few among many, or far apart', () => {
    const busy = new CircuitBreaker();
    for (let answer = 0; answer < 100; answer += 1) busy.succeeded(0);
    expect(fail(busy, 20, 0)).toBe(false);
    const slow = new CircuitBreaker();
    for (let minute = 0; minute < 10; minute += 1) expect(fail(slow, 1, minute * 60_000)).toBe(false);
  });

  it('stays open twice as long per episode up to half an hour, and forgets after an hour', () => {
    const breaker = new CircuitBreaker();
    const lengths: number[] = [];
    let nowMs = 0;
    for (let episode = 0; episode < 7; episode += 1) {
      fail(breaker, 5, nowMs);
      lengths.push((breaker.openUntilMs - nowMs) / 60_000);
      nowMs = breaker.openUntilMs;
    }
    expect(lengths).toEqual([1, 2, 4, 8, 16, 30, 30]);
    nowMs += 61 * 60_000;
    fail(breaker, 5, nowMs);
    expect((breaker.openUntilMs - nowMs) / 60_000).toBe(1);
  });

  it('closes early after three good answers in a row', () => {
    const breaker = new CircuitBreaker();
    fail(breaker, 5, 0);
    breaker.succeeded(1);
    breaker.succeeded(2);
    expect(breaker.isOpen(3)).toBe(true);
    breaker.succeeded(3);
    expect(breaker.isOpen(3)).toBe(false);
  });
});
