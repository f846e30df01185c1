import { existsSync, readFileSync } from 'node:fs';
import { type Job, type Queue, UnrecoverableError, Worker } from 'bullmq';
import { afterEach, describe, expect, it } from 'vitest';
import {
  DEFAULT_WORKER_OPTIONS,
  JobName,
  QUEUE_PREFIX,
  QueueName,
  createQueue,
  parseJobPayload,
  queueConnection,
} from '#libs/queues';
import { BullChunkQueue, ChunkShipper, Journal, type Receipt, decodeChunk } from '#libs/receipts';
import { sampleReceipt } from '../../libs/receipts/src/testing/sample-receipt.js';
import { type RunningService, freePort, removeDirectory, startRedis, temporaryDirectory } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** Stands for PostgreSQL: chunks by identity, so that a repeat is a no-op. */
class Store {
  readonly receipts = new Map<string, Receipt[]>();
  deliveries = 0;
  isAway = false;

  async stored(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (this.isAway) throw new Error('PostgreSQL is away');
    return new Set(ids.filter((id) => this.receipts.has(id)));
  }

  async take(job: Job): Promise<void> {
    const { chunkId, bytesBase64 } = parseJobPayload(JobName.storeChunk, job.data);
    this.deliveries += 1;
    this.receipts.set(chunkId, [...decodeChunk(Buffer.from(bytesBase64, 'base64'), chunkId)]);
  }

  get numbers(): number[] {
    return [...this.receipts.values()]
      .flat()
      .map((receipt) => Number.parseInt(receipt.requestId, 16))
      .toSorted((a, b) => a - b);
  }
}

interface Bench {
  readonly redis: RunningService;
  readonly port: number;
  readonly journal: Journal;
  readonly queue: Queue;
  readonly shipper: ChunkShipper;
  readonly store: Store;
  readonly failures: string[];
  readonly work: (process?: (job: Job) => Promise<void>) => Worker;
}

async function bench(
  timing: { confirmAfterMs?: number; repeatAfterMs?: number; queuedBytesMax?: number } = {},
): Promise<Bench> {
  const port = await freePort();
  const redis = await startRedis({ port });
  closers.push(() => redis.kill());
  const directory = temporaryDirectory('shipping-');
  closers.push(() => removeDirectory(directory));
  const journal = await Journal.open({ directory, segmentReceiptsMax: 10, segmentAgeMsMax: 600_000 });
  closers.push(() => journal.close());
  const connection = queueConnection(redis.url, 'producer');
  closers.push(() => connection.disconnect());
  await new Promise((resolve) => connection.once('ready', resolve));
  const queue = createQueue(QueueName.chunks, connection);
  const store = new Store();
  const failures: string[] = [];
  const shipper = new ChunkShipper({
    journal,
    queue: new BullChunkQueue(queue),
    storedChunkIds: (ids) => store.stored(ids),
    pollMs: 20,
    confirmAfterMs: 20,
    callTimeoutMs: 500,
    ...timing,
    hooks: { onFailed: (step) => failures.push(step) },
  });
  closers.push(() => shipper.stop());
  const work = (process: (job: Job) => Promise<void> = (job) => store.take(job)): Worker => {
    const workerConnection = queueConnection(redis.url, 'worker');
    const worker = new Worker(QueueName.chunks, process, {
      ...DEFAULT_WORKER_OPTIONS,
      connection: workerConnection,
      prefix: QUEUE_PREFIX,
    });
    worker.on('error', () => undefined);
    closers.push(async () => {
      await worker.close(true);
      workerConnection.disconnect();
    });
    return worker;
  };
  return { redis, port, journal, queue, shipper, store, failures, work };
}

async function append(journal: Journal, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 1) {
    journal.append(sampleReceipt(n));
    if (n % 10 === 9) await journal.flushed();
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

describe('chunk shipper', () => {
  it('brings every receipt to the store once and deletes a file only after it is stored', async () => {
    const { journal, shipper, store, work } = await bench();
    await append(journal, 0, 100);
    const files = journal.sealedChunks().map((chunk) => chunk.path);
    shipper.start();
    await waitFor('jobs without a worker', () => shipper.backlog === 10);
    expect(files.every((file) => existsSync(file))).toBe(true);
    work();
    await waitFor('an empty backlog', () => shipper.backlog === 0);
    expect(files.some((file) => existsSync(file))).toBe(false);
    expect(store.numbers).toEqual(range(0, 100));
    expect(store.deliveries).toBe(10);
  });

  it('keeps chunks on disk while Redis is away, without disturbing the journal, and ships them when it is back', async () => {
    const { redis, port, journal, shipper, store, failures, work } = await bench({ repeatAfterMs: 300 });
    shipper.start();
    await redis.kill();
    await append(journal, 0, 50);
    await waitFor('a failed attempt', () => failures.includes('enqueue'));
    expect(shipper.backlog).toBe(5);
    const again = await startRedis({ port });
    closers.push(() => again.kill());
    work();
    await waitFor('an empty backlog', () => shipper.backlog === 0);
    expect(store.numbers).toEqual(range(0, 50));
  });

  it('enqueues again what Redis lost', async () => {
    const { journal, queue, shipper, store, work } = await bench({ repeatAfterMs: 100 });
    shipper.start();
    await append(journal, 0, 30);
    await waitFor('jobs', async () => (await queue.count()) === 3);
    await queue.obliterate({ force: true });
    work();
    await waitFor('an empty backlog', () => shipper.backlog === 0);
    expect(store.numbers).toEqual(range(0, 30));
  });

  it('enqueues again what failed for good, and what completed without being stored', async () => {
    const { journal, queue, shipper, store, work } = await bench({ repeatAfterMs: 100 });
    let attempt = 0;
    work(async (job) => {
      attempt += 1;
      if (attempt === 1) throw new UnrecoverableError('no');
      if (attempt === 2) return;
      await store.take(job);
    });
    shipper.start();
    await append(journal, 0, 10);
    await waitFor('an empty backlog', () => shipper.backlog === 0);
    expect(store.numbers).toEqual(range(0, 10));
    expect(await queue.getFailedCount()).toBe(0);
  });

  it('deletes nothing while PostgreSQL cannot be asked', async () => {
    const { journal, shipper, store, failures, work } = await bench();
    store.isAway = true;
    work();
    shipper.start();
    await append(journal, 0, 20);
    await waitFor('stored chunks', () => store.receipts.size === 2 && failures.includes('confirm'));
    expect(shipper.backlog).toBe(2);
    store.isAway = false;
    await waitFor('an empty backlog', () => shipper.backlog === 0);
  });

  it('bounds what waits in Redis', async () => {
    const { journal, queue, shipper, store, work } = await bench({ queuedBytesMax: 10_000 });
    await append(journal, 0, 200);
    await shipper.ship();
    await shipper.ship();
    expect(await queue.count()).toBeLessThan(6);
    work();
    shipper.start();
    await waitFor('an empty backlog', () => shipper.backlog === 0);
    expect(store.numbers).toEqual(range(0, 200));
  });

  it('seals, ships and closes at the end of a process', async () => {
    const { journal, shipper, store, work } = await bench();
    work();
    shipper.start();
    await append(journal, 0, 15);
    expect(await shipper.flushAndClose(10_000)).toBe(true);
    expect(store.numbers).toEqual(range(0, 15));
    expect(existsSync(journal.directory)).toBe(false);
  });

  it('leaves what it could not ship for the next process', async () => {
    const { redis, journal, shipper } = await bench();
    await append(journal, 0, 15);
    await redis.kill();
    expect(await shipper.flushAndClose(100)).toBe(false);
    expect(readFileSync(journal.sealedChunks()[1]?.path ?? '').length).toBeGreaterThan(0);
  });
});
