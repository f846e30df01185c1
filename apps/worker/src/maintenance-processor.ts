import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { LedgerPort } from '#libs/ledger';
import { JobName, QueueName } from '#libs/queues';
import type { Logger } from '#libs/telemetry';
import { ApplicationDirectory } from '#libs/tenancy';
import { type Job, Queue, UnrecoverableError } from 'bullmq';
import { BacklogProbe } from './backlog-probe.js';
import { LEDGER, WORKER_LOGGER } from './tokens.js';
import { OutageLog } from './outage-log.js';
import { TAKEOVER_OPTIONS } from './takeover.js';
import { WorkerMetrics } from './worker-metrics.js';

/** Failed jobs put back at once; the rest follows at the next look. */
const REVIVED_MAX = 1_000;

/** Periodic work: compares stakes with the ledger, and puts failed and long-delayed chunk jobs back to work. */
@Processor(QueueName.maintenance, { ...TAKEOVER_OPTIONS, concurrency: 2 })
export class MaintenanceProcessor extends WorkerHost {
  constructor(
    private readonly applications: ApplicationDirectory,
    private readonly probe: BacklogProbe,
    private readonly metrics: WorkerMetrics,
    @InjectQueue(QueueName.chunks) private readonly chunks: Queue,
    @Inject(LEDGER) private readonly ledger: LedgerPort,
    private readonly outages: OutageLog,
    @Inject(WORKER_LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process(job: Job): Promise<void> {
    if (job.name === JobName.synchroniseStakes) await this.synchroniseStakes();
    else if (job.name === JobName.reconcileFailed) await this.reconcile();
    else throw new UnrecoverableError(`unknown job ${job.name}`);
  }

  private async synchroniseStakes(): Promise<void> {
    try {
      const { changed, height } = await this.applications.syncStake(this.ledger);
      this.metrics.stakeChanges.inc(changed.length);
      for (const applicationId of changed) this.logger.info({ applicationId, height }, 'stake changed');
    } catch (error) {
      this.metrics.ledgerErrors.inc();
      throw error;
    }
  }

  /**
   * A chunk job must not end unseen: what failed is retried for ever (its bytes are still on the gateway's disk too), and what waits for a
   * long backoff after an outage is due at once, now that PostgreSQL answers again.
   */
  private async reconcile(): Promise<void> {
    await this.probe.refresh();
    const { failed = 0, delayed = 0 } = await this.chunks.getJobCounts('failed', 'delayed');
    if (failed > 0) {
      await this.chunks.retryJobs({ state: 'failed', count: REVIVED_MAX });
      this.metrics.jobsRevived.inc({ queue: QueueName.chunks }, failed);
      this.logger.error({ jobs: failed }, 'chunk jobs had failed for good; they are tried again');
    }
    if (delayed > 0) await this.chunks.promoteJobs({ count: REVIVED_MAX });
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.metrics.jobFailures.inc({ queue: QueueName.maintenance });
    this.outages.note(`job ${job?.name ?? 'of maintenance'}`, error);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.outages.note('queue maintenance', error);
  }
}
