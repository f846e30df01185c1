import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { JobName, QueueName, parseJobPayload } from '#libs/queues';
import { ChunkFormatError, type DecodedChunk, decodeChunk } from '#libs/receipts';
import type { Logger } from '#libs/telemetry';
import { rejectChunk, storeChunk } from '#libs/usage';
import type { Job } from 'bullmq';
import { DataSource } from 'typeorm';
import type { WorkerConfig } from './config.js';
import { SettlementLoop } from './settlement-loop.js';
import { WORKER_CONFIG, WORKER_LOGGER } from './tokens.js';
import { OutageLog } from './outage-log.js';
import { TAKEOVER_OPTIONS } from './takeover.js';
import { WorkerMetrics } from './worker-metrics.js';

/** What became of a chunk job; BullMQ keeps it as the job's result. */
export type ChunkOutcome = 'stored' | 'repeated' | 'rejected';

/** SQLSTATE classes that say the data itself is wrong: trying again cannot help. */
const DATA_ERROR = /^(22|23)/;

/** Chunk jobs → chunk, usage and tallies in one transaction. A repeat is a no-op; what cannot be read is kept aside with its reason. */
@Processor(QueueName.chunks, { ...TAKEOVER_OPTIONS, concurrency: 1 })
export class ChunkProcessor extends WorkerHost implements OnApplicationBootstrap {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly settlement: SettlementLoop,
    private readonly metrics: WorkerMetrics,
    @Inject(WORKER_CONFIG) private readonly config: WorkerConfig,
    private readonly outages: OutageLog,
    @Inject(WORKER_LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = this.config.WORKER_CHUNK_CONCURRENCY;
  }

  async process(job: Job): Promise<ChunkOutcome> {
    const { chunkId, bytesBase64 } = parseJobPayload(JobName.storeChunk, job.data);
    const outcome = await this.store(chunkId, Buffer.from(bytesBase64, 'base64'));
    this.metrics.chunks.inc({ outcome });
    return outcome;
  }

  private async store(chunkId: string, bytes: Buffer): Promise<ChunkOutcome> {
    let chunk: DecodedChunk;
    try {
      chunk = decodeChunk(bytes, chunkId);
    } catch (error) {
      if (error instanceof ChunkFormatError) return this.reject(chunkId, bytes, error);
      throw error;
    }
    try {
      const stored = await storeChunk(this.dataSource, chunkId, bytes, chunk);
      if (stored.outcome === 'repeated') return 'repeated';
      this.metrics.receipts.inc(stored.receipts);
      this.metrics.chunkLag.observe(Math.max(0, (Date.now() - chunk.header.createdAtMs) / 1_000));
      this.settlement.verifySoon();
      return 'stored';
    } catch (error) {
      if (DATA_ERROR.test(sqlState(error))) return this.reject(chunkId, bytes, error as Error);
      throw error;
    }
  }

  private async reject(chunkId: string, bytes: Buffer, error: Error): Promise<'rejected'> {
    await rejectChunk(this.dataSource, chunkId, bytes, error.message);
    this.logger.error({ chunkId, reason: error.message }, 'a chunk cannot be stored; it is kept in rejected_chunks');
    return 'rejected';
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.metrics.jobFailures.inc({ queue: QueueName.chunks });
    this.logger.warn({ jobId: job?.id, attempt: job?.attemptsMade, reason: error.message }, 'a chunk job failed');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.outages.note('queue chunks', error);
  }
}

function sqlState(error: unknown): string {
  return (error as { driverError?: { code?: string } }).driverError?.code ?? '';
}
