import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { AlertDispatcher, deliveryBacklog, dueDeliveries, examineUsage } from '#libs/alerts';
import { JobName, QueueName, jobId, parseJobPayload } from '#libs/queues';
import type { Logger } from '#libs/telemetry';
import { type Job, Queue, UnrecoverableError } from 'bullmq';
import { DataSource } from 'typeorm';
import type { WorkerConfig } from '../config.js';
import { OutageLog } from '../outage-log.js';
import { TAKEOVER_OPTIONS } from '../takeover.js';
import { WORKER_CONFIG, WORKER_LOGGER } from '../tokens.js';
import { WorkerMetrics } from '../worker-metrics.js';
import { AlertsMetrics } from './alerts-metrics.js';

/** Deliveries woken by one look. */
const WOKEN_MAX = 1_000;

/** How often everything of today is looked at, and not only what changed: limits and rules change too. */
const EVERYTHING_MS = 30_000;

/**
 * Three kinds of jobs, each of which may be lost, repeated or run twice at once: PostgreSQL says what is crossed, what is due and who may
 * send it. Jobs only wake; with Redis emptied, the next tick wakes everything that is due again.
 */
@Processor(QueueName.alerts, { ...TAKEOVER_OPTIONS, concurrency: 1 })
export class AlertsProcessor extends WorkerHost implements OnApplicationBootstrap {
  private examinedAllAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @InjectQueue(QueueName.alerts) private readonly queue: Queue,
    /** null: no key for the channels' secrets, so there are none. */
    @Inject(AlertDispatcher) private readonly dispatcher: AlertDispatcher | null,
    private readonly metrics: AlertsMetrics,
    private readonly workerMetrics: WorkerMetrics,
    private readonly outages: OutageLog,
    @Inject(WORKER_CONFIG) private readonly config: WorkerConfig,
    @Inject(WORKER_LOGGER) private readonly logger: Logger,
  ) {
    super();
    queue.on('error', (error) => outages.note('queue alerts', error));
  }

  onApplicationBootstrap(): void {
    // Two more than may be busy with receivers, so that slow ones never keep the ticks waiting.
    this.worker.concurrency = this.config.ALERTS_CONCURRENCY + 2;
  }

  async process(job: Job): Promise<void> {
    if (job.name === JobName.examineUsage) await this.examine();
    else if (job.name === JobName.dispatchAlerts) await this.dispatch();
    else if (job.name === JobName.deliverAlert) await this.deliver(job);
    else throw new UnrecoverableError(`unknown job ${job.name}`);
  }

  private async examine(): Promise<void> {
    const startedAtMs = performance.now();
    const everything = startedAtMs - this.examinedAllAtMs >= EVERYTHING_MS;
    const relaysPerPoktPerDay = this.config.RELAYS_PER_POKT_PER_DAY;
    let crossings = 0;
    for (let more = true; more;) {
      const examined = await examineUsage(this.dataSource, { relaysPerPoktPerDay, everything });
      if (examined.outcome === 'busy') return;
      crossings += examined.crossings;
      more = examined.hasMore;
    }
    if (everything) this.examinedAllAtMs = startedAtMs;
    this.metrics.crossings.inc(crossings);
    if (crossings > 0) await this.dispatch();
  }

  private async dispatch(): Promise<void> {
    const backlog = await deliveryBacklog(this.dataSource);
    this.metrics.pending.set(backlog.pending);
    this.metrics.oldestDue.set(backlog.oldestDueSeconds);
    if (this.dispatcher === null) return;
    const due = await dueDeliveries(this.dataSource, WOKEN_MAX);
    await this.queue.addBulk(
      due.map(({ deliveryId, claims }) => ({
        name: JobName.deliverAlert,
        data: { version: 1, deliveryId },
        // One job for each claim that can be made: waking twice is one job while it waits.
        opts: { jobId: jobId(deliveryId, claims), attempts: 1, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }

  private async deliver(job: Job): Promise<void> {
    if (this.dispatcher === null) return;
    const { deliveryId } = parseJobPayload(JobName.deliverAlert, job.data);
    const startedAtMs = performance.now();
    const { outcome, kind, channelId, disabled } = await this.dispatcher.attempt(deliveryId);
    if (outcome === 'skipped' || kind === undefined) return;
    this.metrics.attempts.inc({ kind, outcome });
    this.metrics.attemptDuration.observe({ kind }, (performance.now() - startedAtMs) / 1_000);
    if (disabled === undefined) return;
    this.metrics.disabled.inc({ reason: disabled });
    this.logger.warn({ channelId, reason: disabled }, 'an alert channel was disabled');
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.workerMetrics.jobFailures.inc({ queue: QueueName.alerts });
    this.outages.note(`job ${job?.name ?? 'of alerts'}`, error);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.outages.note('queue alerts', error);
  }
}
