import type { ChunkQueue } from '#libs/receipts';
import type { SimulatedConnection, SimulatedRedis } from './simulated-redis.js';

/** A chunk's job as BullMQ keeps it. */
export interface ChunkJob {
  readonly jobId: string;
  readonly bytes: Buffer;
  state: 'waiting' | 'active' | 'completed' | 'failed';
  stalls: number;
  lockedUntil: number;
  lock: number;
}

/** The jobs of the chunk queue; part of what Redis remembers. */
export class QueueState {
  readonly jobs = new Map<string, ChunkJob>();

  copy(): QueueState {
    const copy = new QueueState();
    for (const [id, job] of this.jobs) copy.jobs.set(id, { ...job });
    return copy;
  }

  /** `Queue.add` with a job id: a job that exists makes it a no-op. */
  add(jobId: string, bytes: Buffer): void {
    if (this.jobs.has(jobId)) return;
    this.jobs.set(jobId, { jobId, bytes, state: 'waiting', stalls: 0, lockedUntil: 0, lock: 0 });
  }

  take(nowMs: number, lockMs: number, lock: number): ChunkJob | null {
    for (const job of this.jobs.values()) {
      if (job.state !== 'waiting') continue;
      Object.assign(job, { state: 'active', lockedUntil: nowMs + lockMs, lock });
      return job;
    }
    return null;
  }

  /** The stall check of BullMQ: jobs whose lock ran out wait again, or fail when it happened too often. */
  findStalled(nowMs: number, stallsMax: number): void {
    for (const job of this.jobs.values()) {
      if (job.state !== 'active' || job.lockedUntil > nowMs) continue;
      job.stalls += 1;
      job.state = job.stalls > stallsMax ? 'failed' : 'waiting';
    }
  }
}

/** The gateway's end of the queue; the same steps as `BullChunkQueue`. */
export class SimulatedChunkQueue implements ChunkQueue {
  constructor(
    private readonly redis: SimulatedRedis,
    private readonly connection: SimulatedConnection,
  ) {}

  put(chunkId: string, bytes: Buffer): Promise<void> {
    return this.connection.send(() => {
      const byTime = this.redis.mutation === 'chunk-id-by-time';
      this.redis.state.queue.add(byTime ? `${chunkId.slice(0, 32)}-${this.redis.timeline.now}` : chunkId, bytes);
    });
  }

  async putAgain(chunkId: string, bytes: Buffer): Promise<void> {
    const state = await this.connection.send(() => this.redis.state.queue.jobs.get(chunkId)?.state ?? 'unknown');
    if (state === 'failed' || state === 'completed') {
      await this.connection.send(() => this.redis.state.queue.jobs.delete(chunkId));
    }
    if (state !== 'waiting' && state !== 'active') await this.put(chunkId, bytes);
  }
}
