import { describe, expect, it } from 'vitest';
import { untilHeight, waitSecondsOf } from './until-height.js';

describe('Prefer: wait', () => {
  it('is read among other preferences, bounded, and ignored when it is not understood', () => {
    expect(waitSecondsOf('wait=30')).toBe(30);
    expect(waitSecondsOf('respond-async, wait="10"; x=1')).toBe(10);
    expect(waitSecondsOf('wait=9999')).toBe(60);
    for (const other of [undefined, '', 'wait', 'wait=-1', 'await=30', 'wait=3s']) expect(waitSecondsOf(other)).toBe(0);
  });

  it('ends at the height, at the end of the time, and when the process stops, whatever the ledger does', async () => {
    let height = 7;
    const ledger = { height: () => Promise.resolve((height += 1)) };
    const never = new AbortController().signal;
    await untilHeight(ledger, 9, { timeoutMs: 60_000, signal: never });
    expect(height).toBe(9);
    const away = { height: () => Promise.reject(new Error('away')) };
    await untilHeight(away, 9, { timeoutMs: 20, signal: never });
    await untilHeight(away, 9, { timeoutMs: 60_000, signal: AbortSignal.abort() });
  });
});
