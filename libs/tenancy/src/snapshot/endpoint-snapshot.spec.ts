import { describe, expect, it } from 'vitest';
import { parseChange } from './change-listener.js';
import { dailyRelaysMax } from './endpoint-snapshot.js';

describe('the daily relay limit', () => {
  it('is the stake in POKT times the published rate, rounded down', () => {
    expect(dailyRelaysMax(25_000_000_000n, 40, true)).toBe(1_000_000);
    expect(dailyRelaysMax(24_999n, 40, true)).toBe(0);
    expect(dailyRelaysMax(25_000n, 40, true)).toBe(1);
    expect(dailyRelaysMax(1_024_999n, 40, true)).toBe(40);
  });

  it('is zero while the stake is not in force', () => {
    expect(dailyRelaysMax(25_000_000_000n, 40, false)).toBe(0);
  });

  it('stays a safe integer for any stake', () => {
    expect(dailyRelaysMax(10n ** 20n, 1_000_000, true)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('announcements', () => {
  it('that are not ours are ignored', () => {
    for (const payload of ['', 'null', '[]', '{}', '{"table":1}', 'not json']) expect(parseChange(payload)).toBeNull();
    expect(parseChange('{"table":"api_keys","keyId":"k"}')).toEqual({ table: 'api_keys', keyId: 'k' });
  });
});
