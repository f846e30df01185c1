import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { JobName, QueueName } from '#libs/queues';
import type { Logger } from '#libs/telemetry';
import { closeDays, removeChunkBytes, removeEvents, sequenceEvents } from '#libs/usage';
import { type Job, UnrecoverableError } from 'bullmq';
import { DataSource } from 'typeorm';
import type { WorkerConfig } from './config.js';
import { OutageLog } from './outage-log.js';
import { TAKEOVER_OPTIONS } from './takeover.js';
import { WORKER_CONFIG, WORKER_LOGGER } from './tokens.js';
import { WorkerMetrics } from './worker-metrics.js';

/** Closes days, numbers usage events, and removes what is kept long enough. All of it can run twice at once without effect. */
@Processor(QueueName.usage, { ...TAKEOVER_OPTIONS, concurrency: 2 })
export class UsageProcessor extends WorkerHost {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly metrics: WorkerMetrics,
    private readonly outages: OutageLog,
    @Inject(WORKER_CONFIG) private readonly config: WorkerConfig,
    @Inject(WORKER_LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process(job: Job): Promise<void> {
    if (job.name === JobName.sequenceEvents) await sequenceEvents(this.dataSource);
    else if (job.name === JobName.closeDays) await this.closeDays();
    else if (job.name === JobName.removeOld) await this.removeOld();
    else throw new UnrecoverableError(`unknown job ${job.name}`);
  }

  private async closeDays(): Promise<void> {
    const closing = await closeDays(this.dataSource, { graceMs: this.config.USAGE_DAY_GRACE_MS });
    if (closing.outcome === 'busy') {
      this.logger.info('the day is not closed yet: a store under way takes long');
      return;
    }
    for (const { day, billableRelays, sentRelays } of closing.days) {
      this.logger.info(
        { day, billableRelays: String(billableRelays), sentRelays: String(sentRelays) },
        'a day is closed',
      );
    }
  }

  private async removeOld(): Promise<void> {
    const { rows, receipts, bytes } = await removeChunkBytes(this.dataSource, this.config.CHUNK_RETENTION_MS);
    if (rows > 0) {
      this.logger.info(
        { chunks: rows, receipts: String(receipts), bytes: String(bytes) },
        'bytes of settled chunks are removed',
      );
    }
    const events = await removeEvents(this.dataSource, this.config.USAGE_EVENTS_RETENTION_MS);
    if (events > 0) this.logger.info({ events }, 'old usage events are removed');
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.metrics.jobFailures.inc({ queue: QueueName.usage });
    this.outages.note(`job ${job?.name ?? 'of usage'}`, error);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.outages.note('queue usage', error);
  }
}
