import { describe, expect, it } from 'vitest';
import { parseMetrics, sumOf } from './prometheus.js';

const TEXT = `# HELP relays_total Relays.
# TYPE relays_total counter
relays_total{app="gateway",outcome="ok"} 40
relays_total{app="gateway",outcome="a \\"quoted\\" one"} 2
up 1
`;

describe('Prometheus text', () => {
  it('is summed over all labels or over those asked for', () => {
    const samples = parseMetrics(TEXT);
    expect(sumOf(samples, 'relays_total')).toBe(42);
    expect(sumOf(samples, 'relays_total', { outcome: 'ok' })).toBe(40);
    expect(sumOf(samples, 'absent')).toBe(0);
    expect(sumOf(samples, 'up')).toBe(1);
  });
});
