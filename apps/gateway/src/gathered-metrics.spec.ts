import { Counter, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { ChainHistogram, GatheredCount } from './gathered-metrics.js';

const BUCKETS = [0.001, 0.01, 0.1, 1];

describe('gathered metrics', () => {
  it('tell what prom-client’s own histogram tells', async () => {
    const [ours, theirs] = [new Registry(), new Registry()];
    const about = { name: 'd_seconds', help: 'Time.', buckets: BUCKETS };
    const gathered = new ChainHistogram({ ...about, registers: [ours] });
    const plain = new Histogram({ ...about, labelNames: ['chain'], registers: [theirs] });
    for (const [chain, value] of [
      ['eth', 0],
      ['eth', 0.001],
      ['eth', 0.0011],
      ['poly', 0.5],
      ['poly', 1],
      ['poly', 7],
    ] as const) {
      gathered.of(chain).observe(value);
      plain.labels(chain).observe(value);
    }
    expect(await ours.metrics()).toBe(await theirs.metrics());
    const json = async (registry: Registry) => (await registry.getMetricsAsJSON())[0];
    expect(await json(ours)).toMatchObject({ name: 'd_seconds', type: 'histogram', aggregator: 'sum' });
  });

  it('count once whatever was counted, however often metrics are read', async () => {
    const registry = new Registry();
    let count: GatheredCount | null = null;
    const counter = new Counter({
      name: 'c_total',
      help: 'Count.',
      labelNames: ['chain'],
      registers: [registry],
      collect: () => count?.flush(),
    });
    count = new GatheredCount(counter.labels('eth'));
    count.inc();
    count.inc();
    expect(await registry.metrics()).toContain('c_total{chain="eth"} 2');
    expect(await registry.metrics()).toContain('c_total{chain="eth"} 2');
    count.inc();
    expect(await registry.metrics()).toContain('c_total{chain="eth"} 3');
  });
});
