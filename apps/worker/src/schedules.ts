import { InjectQueue } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobName, QueueName } from '#libs/queues';
import type { Logger } from '#libs/telemetry';
import { type JobsOptions, Queue } from 'bullmq';
import type { WorkerConfig } from './config.js';
import { WORKER_CONFIG, WORKER_LOGGER } from './tokens.js';

/** How often the schedules are written anew: a Redis that lost its data gets them back. */
const RENEW_MS = 10_000;

/** A periodic job is replaced by its next run, so it has one attempt and leaves nothing behind. */
const PERIODIC: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/** Keeps the job schedulers in Redis: one of each, however many workers run. */
@Injectable()
export class Schedules implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @InjectQueue(QueueName.settlement) private readonly settlement: Queue,
    @InjectQueue(QueueName.maintenance) private readonly maintenance: Queue,
    @InjectQueue(QueueName.usage) private readonly usage: Queue,
    @InjectQueue(QueueName.alerts) private readonly alerts: Queue,
    @Inject(WORKER_CONFIG) private readonly config: WorkerConfig,
    @Inject(WORKER_LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    // Not awaited: with Redis away the worker still starts, settles by its own timer, and gets its schedules later.
    this.renew();
    this.timer = setInterval(() => this.renew(), RENEW_MS);
  }

  beforeApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private renew(): void {
    const { SETTLEMENT_TICK_MS, STAKE_SYNC_MS, RECONCILE_MS, USAGE_TICK_MS, ALERTS_TICK_MS, RETENTION_TICK_MS } =
      this.config;
    Promise.all([
      schedule(this.settlement, JobName.findDueSessions, SETTLEMENT_TICK_MS),
      schedule(this.maintenance, JobName.synchroniseStakes, STAKE_SYNC_MS),
      schedule(this.maintenance, JobName.reconcileFailed, RECONCILE_MS),
      schedule(this.usage, JobName.sequenceEvents, USAGE_TICK_MS),
      schedule(this.usage, JobName.closeDays, USAGE_TICK_MS),
      schedule(this.usage, JobName.removeOld, RETENTION_TICK_MS),
      schedule(this.alerts, JobName.examineUsage, ALERTS_TICK_MS),
      schedule(this.alerts, JobName.dispatchAlerts, ALERTS_TICK_MS),
    ]).catch((error: Error) => this.logger.warn({ reason: error.message }, 'the schedules could not be written'));
  }
}

function schedule(queue: Queue, name: JobName, everyMs: number): Promise<unknown> {
  return queue.upsertJobScheduler(name, { every: everyMs }, { name, data: { version: 1 }, opts: PERIODIC });
}
