import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.js';
import { FUZZ_TARGETS } from './targets.js';

describe.each(FUZZ_TARGETS.map((target) => [target.name, target] as const))('%s', (_name, target) => {
  it('accepts its own samples', () => {
    for (const sample of target.samples) expect(() => target.run(sample)).not.toThrow();
  });

  it('turns mutated bytes into a value or a typed error, each within 50 ms', () => {
    const result = fuzz(target, 3000, 20_251);
    expect(result.escaped).toEqual([]);
    expect(result.slowestAgainMs).toBeLessThan(50);
  });
});
