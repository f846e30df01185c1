import { describe, expect, it } from 'vitest';
import { MUTATIONS, isMutation } from './mutations.js';
import { describeFinding, runSeeds } from './simulate.js';

describe('simulated system', () => {
  it('breaks no promise over crashes, duplicates, reorderings, partitions, failovers and skewed clocks', async () => {
    const { findings, seeds, relays } = await runSeeds(1, 400, null);
    expect(findings.map(describeFinding)).toEqual([]);
    expect(seeds).toBe(400);
    expect(relays).toBeGreaterThan(10_000);
  }, 120_000);

  it('notices a flush of Redis that comes before a gateway first looked at its generation', async () => {
    const { findings } = await runSeeds(211_722, 1, null);
    expect(findings.map(describeFinding)).toEqual([]);
  });

  it('gives nothing out twice of an application that a promoted replica never heard of', async () => {
    const { findings } = await runSeeds(39_209, 1, null);
    expect(findings.map(describeFinding)).toEqual([]);
  });

  it('gives the same run for the same seed', async () => {
    const [first, second] = [await runSeeds(77, 5, null), await runSeeds(77, 5, null)];
    expect(second).toEqual(first);
  });

  it.each(Object.keys(MUTATIONS).filter(isMutation))(
    'finds the planted bug %s and shrinks its history',
    async (name) => {
      const { findings } = await runSeeds(1, 400, name);
      expect(findings).toHaveLength(1);
      expect(findings[0]?.history.happenings.length).toBeLessThanOrEqual(9);
    },
    120_000,
  );
});
