import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlanOverage, planDailyRelays } from './plan-limits.js';

const stop = { mode: 'stop' } as PlanOverage;
const facts = (
  stakeRelays: number,
  dailyRelaysMax: number | null,
  overage = stop,
  share: [bigint, bigint] = [1n, 1n],
) => ({
  stakeRelays,
  stakedUpokt: share[0],
  tenantStakedUpokt: share[1],
  limits: { dailyRelaysMax, overage },
});

describe('the daily limit under a plan', () => {
  it('is the smaller of stake and cap', () => {
    expect(planDailyRelays(facts(1_000, null))).toBe(1_000);
    expect(planDailyRelays(facts(1_000, 400))).toBe(400);
    expect(planDailyRelays(facts(1_000, 4_000))).toBe(1_000);
    expect(planDailyRelays(facts(0, 400, { mode: 'allow-and-bill' }))).toBe(0);
  });

  it('is raised by the overage, rounded down', () => {
    expect(planDailyRelays(facts(1_000, 333, { mode: 'allow-percent', percent: 10 }))).toBe(366);
    expect(planDailyRelays(facts(1_000, 333, { mode: 'allow-percent', percent: 0 }))).toBe(333);
    expect(planDailyRelays(facts(1_000, 333, { mode: 'allow-and-bill' }))).toBeGreaterThan(1e11);
  });

  it('of all applications of a tenant together never exceeds the cap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 18n }), { minLength: 1, maxLength: 20 }),
        fc.nat({ max: 10_000_000 }),
        (stakes, cap) => {
          const total = stakes.reduce((sum, stake) => sum + stake, 0n);
          const limits = stakes.map((stake) => planDailyRelays(facts(1e12, cap, stop, [stake, total])));
          const sum = limits.reduce((one, other) => one + other, 0);
          expect(sum).toBeLessThanOrEqual(cap);
          expect(sum).toBeGreaterThan(cap - stakes.length);
        },
      ),
    );
  });
});
