import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { QueueName } from '#libs/queues';
import { settlementBacklog } from '#libs/settlement';
import { Queue } from 'bullmq';
import { DataSource } from 'typeorm';
import { OutageLog } from './outage-log.js';
import { WorkerMetrics } from './worker-metrics.js';

/** Reads queue depths and what is unsettled into gauges. */
@Injectable()
export class BacklogProbe {
  private readonly queues: ReadonlyArray<readonly [QueueName, Queue]>;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly metrics: WorkerMetrics,
    outages: OutageLog,
    @InjectQueue(QueueName.chunks) chunks: Queue,
    @InjectQueue(QueueName.settlement) settlement: Queue,
    @InjectQueue(QueueName.maintenance) maintenance: Queue,
  ) {
    this.queues = [
      [QueueName.chunks, chunks],
      [QueueName.settlement, settlement],
      [QueueName.maintenance, maintenance],
    ];
    // Without a listener BullMQ prints every failed attempt to reconnect.
    for (const [name, queue] of this.queues) queue.on('error', (error) => outages.note(`queue ${name}`, error));
  }

  /** Rejects when PostgreSQL or Redis cannot be asked; the gauges then keep their last values. */
  async refresh(): Promise<void> {
    const backlog = await settlementBacklog(this.dataSource);
    for (const [state, count] of Object.entries(backlog.unfinished)) this.metrics.settlements.set({ state }, count);
    this.metrics.openSessions.set(backlog.openSessions);
    this.metrics.unverifiedChunks.set(backlog.unverifiedChunks);
    this.metrics.verificationLag.set(backlog.verificationLagSeconds);
    for (const [name, queue] of this.queues) {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
      for (const [state, count] of Object.entries(counts)) this.metrics.queueJobs.set({ queue: name, state }, count);
    }
  }
}
