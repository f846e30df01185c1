import { describe, expect, it } from 'vitest';
import { type Sample, row, summarise, table } from './sample.js';

const sample = (perSecond: number, cpuUs: number): Sample => ({
  perSecond,
  calls: perSecond,
  cpuUs,
  p50Us: 100,
  p99Us: 1_000,
  residentMiB: 80,
  failures: 0,
});

describe('rows of the benchmark', () => {
  it('takes ratios round by round to the base of the same rounds', () => {
    const nginx = row('nginx');
    const gateway = row('gateway', nginx);
    nginx.samples.push(sample(80_000, 12), sample(40_000, 14), sample(80_000, 12));
    gateway.samples.push(sample(24_000, 40), sample(12_000, 56), sample(20_000, 48));
    expect(summarise(gateway)).toMatchObject({ perSecond: 20_000, ratio: 0.3, cpuUs: 48, cpuRatio: 0.25 });
    expect(summarise(nginx).ratio).toBeNull();
  });

  it('adds failures up, because one is too many in any round', () => {
    const gateway = row('gateway');
    gateway.samples.push({ ...sample(1, 1), failures: 2 }, sample(1, 1), sample(1, 1));
    expect(summarise(gateway).failures).toBe(2);
  });

  it('prints Markdown with a dash for what was not measured', () => {
    const direct = row('direct', null, 'no proxy');
    direct.samples.push({ ...sample(2_000, Number.NaN), residentMiB: Number.NaN });
    const lines = table('at 2,000/s', [summarise(direct)]).split('\n');
    expect(lines[0]).toContain('| at 2,000/s | per second |');
    expect(lines[2]).toBe('| direct | 2,000 |  | – |  | 100 | 1,000 | – | 0 | no proxy |');
  });
});
