import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DailyUse, type WatchRule, crossingsOf } from './crossings.js';

const use = (relays: number, over: Partial<DailyUse> = {}): DailyUse => ({
  day: '2026-11-20',
  tenantId: 't',
  endpointId: 'e',
  applicationId: 'a',
  relays: BigInt(relays),
  ...over,
});
const limit = (relaysMax: number, applicationId = 'a', endpointIds = ['e'], tenantId = 't') => ({
  tenantId,
  applicationId,
  endpointIds,
  relaysMax,
});
const rule = (over: Partial<WatchRule> = {}): WatchRule => ({
  tenantId: 't',
  subject: 'application',
  subjectId: null,
  thresholds: [50, 80, 100],
  channelIds: null,
  ...over,
});
const thresholds = (relays: number, relaysMax: number) =>
  crossingsOf([use(relays)], [limit(relaysMax)], [rule()]).map(({ threshold }) => threshold);

describe('crossings', () => {
  it.each([
    [0, []],
    [49, []],
    [50, [50]],
    [79, [50]],
    [80, [50, 80]],
    [99, [50, 80]],
    [100, [50, 80, 100]],
    [1_000, [50, 80, 100]],
  ])('of %i relays out of 100 are %j', (relays, expected) => {
    expect(thresholds(relays, 100)).toEqual(expected);
  });

  it('are exact where floating point is not, and never come early', () => {
    expect(thresholds(1, 3)).toEqual([]);
    expect(thresholds(2, 3)).toEqual([50]);
    expect(thresholds(4_503_599_627_370_495, Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(thresholds(4_503_599_627_370_496, Number.MAX_SAFE_INTEGER)).toEqual([50]);
  });

  it('need a limit', () => {
    expect(thresholds(5, 0)).toEqual([]);
    expect(crossingsOf([use(5)], [], [rule()])).toEqual([]);
  });

  it('of an endpoint and a tenant compare with the sum of what they may spend', () => {
    const uses = [use(40), use(60, { applicationId: 'b' })];
    const limits = [limit(100), limit(100, 'b'), limit(1_000, 'c', [])];
    const found = crossingsOf(uses, limits, [
      rule({ subject: 'endpoint', thresholds: [50] }),
      rule({ subject: 'tenant', thresholds: [5, 10] }),
    ]);
    expect(
      found.map(({ subject, subjectId, threshold, usedRelays, limitRelays }) => [
        subject,
        subjectId,
        threshold,
        usedRelays,
        limitRelays,
      ]),
    ).toEqual([
      ['endpoint', 'e', 50, 100n, 200n],
      ['tenant', 't', 5, 100n, 1_200n],
    ]);
  });

  it('keep days, tenants and subjects apart', () => {
    const uses = [use(50), use(40, { day: '2026-11-21' }), use(90, { tenantId: 'u', applicationId: 'x' })];
    const limits = [limit(100), limit(100, 'x', [], 'u')];
    const found = crossingsOf(uses, limits, [rule(), rule({ tenantId: 'u', subjectId: 'y' })]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ tenantId: 't', day: '2026-11-20', threshold: 50 });
  });

  it('that two rules watch appear once, for the channels of both', () => {
    const watch = [
      rule({ thresholds: [50], channelIds: ['1', '2'] }),
      rule({ thresholds: [50], channelIds: ['2', '3'] }),
    ];
    expect(crossingsOf([use(50)], [limit(100)], watch).map(({ channelIds }) => channelIds)).toEqual([['1', '2', '3']]);
    const all = [...watch, rule({ thresholds: [50] })];
    expect(crossingsOf([use(50)], [limit(100)], all).map(({ channelIds }) => channelIds)).toEqual([null]);
  });

  it('never go back while use grows', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (before, more, relaysMax) => {
        expect(thresholds(before + more, relaysMax)).toEqual(expect.arrayContaining(thresholds(before, relaysMax)));
      }),
    );
  });
});
