import type { Queue } from 'bullmq';
import { JobName, chunkJobOptions, parseJobPayload } from '#libs/queues';

/** Where sealed chunks go. Every method rejects when the queue cannot be reached, and is safe to repeat. */
export interface ChunkQueue {
  /** Adds the chunk's job; a job with that identity that waits or runs already stays the only one. */
  put(chunkId: string, bytes: Buffer): Promise<void>;
  /** Makes sure that the chunk will be processed again: a failed, completed or vanished job is replaced. */
  putAgain(chunkId: string, bytes: Buffer): Promise<void>;
}

/** Chunk jobs on BullMQ. `queue` is `createQueue(QueueName.chunks, producerConnection)`. */
export class BullChunkQueue implements ChunkQueue {
  constructor(private readonly queue: Queue) {}

  async put(chunkId: string, bytes: Buffer): Promise<void> {
    const payload = parseJobPayload(JobName.storeChunk, { version: 1, chunkId, bytesBase64: bytes.toString('base64') });
    await this.queue.add(JobName.storeChunk, payload, chunkJobOptions(chunkId));
  }

  async putAgain(chunkId: string, bytes: Buffer): Promise<void> {
    const state = await this.queue.getJobState(chunkId);
    // A job that ended is kept under its id and would make `add` a no-op. A locked one cannot be removed: it is being worked on.
    if (state === 'failed' || state === 'completed') await this.queue.remove(chunkId);
    if (state === 'failed' || state === 'completed' || state === 'unknown') await this.put(chunkId, bytes);
  }
}
