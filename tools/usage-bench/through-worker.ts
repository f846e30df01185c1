import { setTimeout as pause } from 'node:timers/promises';
import { generateKeyPair } from '#libs/protocol';
import { JobName, QueueName, chunkJobOptions, createQueue, queueConnection } from '#libs/queues';
import { chunkTotals, usageTotals } from '#libs/usage';
import type { DataSource } from 'typeorm';
import { AppProcess } from '../stack/app-process.js';
import { freePort, startRedis } from '../stack/services.js';
import { CHUNK_RECEIPTS, prepareChunk } from './chunks.js';

/** What the worker made of the chunks. */
export interface WorkerRate {
  readonly receipts: number;
  /** From the first job to the last commit. */
  readonly seconds: number;
}

/** Jobs handed to Redis in one round trip, about 14 MB. */
const BULK = 20;

/** Longest wait for the worker. */
const TIMEOUT_MS = 600_000;

/**
 * Pushes chunks through BullMQ into a worker process and waits until all are committed. The chunks are made before the clock starts.
 *
 * @throws Error when the books do not show every receipt once.
 */
export async function receiptsThroughWorker(
  dataSource: DataSource,
  databaseUrl: string,
  receipts: number,
): Promise<WorkerRate> {
  const chunks = Array.from({ length: Math.ceil(receipts / CHUNK_RECEIPTS) }, (_, n) => prepareChunk(n));
  const expected = BigInt(chunks.length * CHUNK_RECEIPTS);
  const redis = await startRedis();
  const port = await freePort();
  const worker = new AppProcess('worker', {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    POCKET_RPC_URLS: 'http://127.0.0.1:9',
    SETTLER_PRIVATE_KEY: generateKeyPair().privateKeyHex,
    WORKER_METRICS_PORT: String(port),
    VERIFY_SHARE: '0.01',
    LOG_LEVEL: 'error',
  });
  const connection = queueConnection(redis.url, 'worker');
  const queue = createQueue(QueueName.chunks, connection);
  try {
    await worker.start(`http://127.0.0.1:${port}/readyz`);
    await queue.waitUntilReady();
    const startedAt = performance.now();
    for (let from = 0; from < chunks.length; from += BULK) {
      await queue.addBulk(
        chunks.slice(from, from + BULK).map(({ chunkId, bytes }) => ({
          name: JobName.storeChunk,
          data: { version: 1, chunkId, bytesBase64: bytes.toString('base64') },
          opts: chunkJobOptions(chunkId),
        })),
      );
    }
    while ((await chunkTotals(dataSource)).chunks < BigInt(chunks.length)) {
      if (performance.now() - startedAt > TIMEOUT_MS) throw new Error(`the worker is too slow:\n${worker.output}`);
      await pause(20);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const { sentRelays } = await usageTotals(dataSource);
    if (sentRelays !== expected) throw new Error(`${expected} receipts were sent, usage has ${sentRelays}`);
    return { receipts: Number(expected), seconds };
  } finally {
    await queue.close();
    connection.disconnect();
    await worker.stop();
    await redis.stop();
  }
}
