import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { RateMeter, RelayCount, formatPokt, statusText } from './status.js';

describe('status line', () => {
  it('shows relays, rate, what is left, session, block, settled batches and minted POKT', () => {
    const network = {
      height: 123,
      sessionHeight: 121,
      blocksPerSession: 4,
      claimsSettled: 18,
      mintedUpokt: 121_300_000n,
    };
    const text = stripVTControlCharacters(
      statusText({ relays: 12_480, relaysPerSecond: 412.4, leftToday: 987_520, network }),
    );
    expect(text).toBe(
      '12,480 relays · 412/s · 987,520 left today · session 31, block 123 · 18 batches settled · 121.30 POKT minted',
    );
  });

  it('shows a dash for what nobody answered', () => {
    const text = stripVTControlCharacters(
      statusText({ relays: 0, relaysPerSecond: null, leftToday: null, network: null }),
    );
    expect(text).toBe('0 relays · –/s · – left today · session –, block – · – batches settled · – POKT minted');
  });

  it('never rounds minted POKT up', () => {
    expect(formatPokt(1_999_999n)).toBe('1.99');
    expect(formatPokt(0n)).toBe('0.00');
    expect(formatPokt(12_345_678_900_000n)).toBe('12,345,678.90');
  });

  it('keeps the count of a gateway that restarted and of one that is away', () => {
    const count = new RelayCount();
    expect(
      count.add(
        new Map([
          [0, 100],
          [1, 50],
        ]),
      ),
    ).toBe(150);
    expect(
      count.add(
        new Map([
          [0, 10],
          [1, 60],
        ]),
      ),
    ).toBe(170);
    expect(count.add(new Map([[1, 61]]))).toBe(171);
  });

  it('measures the rate over the last ten seconds only', () => {
    const meter = new RateMeter();
    expect(meter.add(0, 0)).toBeNull();
    expect(meter.add(1_000, 100)).toBe(100);
    for (let second = 2; second <= 12; second += 1) meter.add(second * 1_000, 100);
    expect(meter.add(13_000, 100)).toBe(0);
  });
});
