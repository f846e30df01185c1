import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Metrics of alerts; no tenant, channel or receiver is a label. */
export class AlertsMetrics {
  readonly crossings: Counter;
  readonly attempts: Counter<'kind' | 'outcome'>;
  readonly attemptDuration: Histogram<'kind'>;
  readonly disabled: Counter<'reason'>;
  readonly pending: Gauge;
  readonly oldestDue: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.crossings = new Counter({
      name: 'alerts_crossings_total',
      help: 'Thresholds crossed for the first time.',
      registers,
    });
    this.attempts = new Counter({
      name: 'alerts_attempts_total',
      help: 'Attempts to deliver, by kind of channel and outcome.',
      labelNames: ['kind', 'outcome'],
      registers,
    });
    this.attemptDuration = new Histogram({
      name: 'alerts_attempt_duration_seconds',
      help: 'From claiming a delivery to its settlement.',
      labelNames: ['kind'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers,
    });
    this.disabled = new Counter({
      name: 'alerts_channels_disabled_total',
      help: 'Channels that were disabled because they failed for too long or were gone.',
      labelNames: ['reason'],
      registers,
    });
    this.pending = new Gauge({
      name: 'alerts_pending_deliveries',
      help: 'Deliveries that are not done, all workers together.',
      registers,
    });
    this.oldestDue = new Gauge({
      name: 'alerts_oldest_due_seconds',
      help: 'How long the longest waiting delivery has been due.',
      registers,
    });
  }
}
