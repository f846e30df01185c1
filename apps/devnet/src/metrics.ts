import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RelayOracle } from './node/relay-oracle.js';

/** Metrics of the devnet. The relay path counts in plain fields of the oracle; they are read when scraped. */
export interface DevnetMetrics {
  blockProduced(durationMs: number, height: number): void;
  blockFailed(): void;
}

/** Registers the metrics; labels are bounded by the number of nodes and of protocol codes. */
export function registerDevnetMetrics(registry: Registry, oracle: RelayOracle): DevnetMetrics {
  const height = new Gauge({ name: 'devnet_block_height', help: 'Newest Pocket block.', registers: [registry] });
  const duration = new Histogram({
    name: 'devnet_block_duration_seconds',
    help: 'Time to make a block and to show it to the nodes.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'devnet_block_failures_total',
    help: 'Attempts at a block that failed.',
    registers: [registry],
  });
  new Counter({
    name: 'devnet_node_relays_total',
    help: 'Relays of a node since genesis by outcome, as the nodes count them.',
    labelNames: ['node', 'outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const total of oracle.totals()) {
        const node = String(total.node);
        this.inc({ node, outcome: 'accepted' }, total.proofs);
        this.inc({ node, outcome: 'answered' }, total.answered);
        this.inc({ node, outcome: 'failed' }, total.failed);
        this.inc({ node, outcome: 'refused' }, total.refused);
      }
    },
  });
  return {
    blockProduced(durationMs, newHeight) {
      duration.observe(durationMs / 1_000);
      height.set(newHeight);
    },
    blockFailed() {
      failures.inc();
    },
  };
}
