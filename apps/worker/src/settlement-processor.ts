import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { JobName, QueueName } from '#libs/queues';
import { type Job, UnrecoverableError } from 'bullmq';
import { SettlementLoop } from './settlement-loop.js';
import { OutageLog } from './outage-log.js';
import { TAKEOVER_OPTIONS } from './takeover.js';
import { WorkerMetrics } from './worker-metrics.js';

/** Settlement ticks from the queue: one job at a time over all workers, at the pace of the job scheduler. */
@Processor(QueueName.settlement, { ...TAKEOVER_OPTIONS, concurrency: 1 })
export class SettlementProcessor extends WorkerHost {
  constructor(
    private readonly settlement: SettlementLoop,
    private readonly metrics: WorkerMetrics,
    private readonly outages: OutageLog,
  ) {
    super();
  }

  async process(job: Job): Promise<{ head: number; openSessions: number; failed: number }> {
    // Settling one session is part of every tick; a job that names one is a hint to look now.
    if (job.name !== JobName.findDueSessions && job.name !== JobName.settleSession) {
      throw new UnrecoverableError(`unknown job ${job.name}`);
    }
    const { head, openSessions, failed } = await this.settlement.tick();
    return { head, openSessions, failed };
  }

  @OnWorkerEvent('failed')
  onFailed(): void {
    // The loop has said why.
    this.metrics.jobFailures.inc({ queue: QueueName.settlement });
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.outages.note('queue settlement', error);
  }
}
