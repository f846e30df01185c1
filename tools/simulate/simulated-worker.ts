import { DEFAULT_WORKER_OPTIONS } from '#libs/queues';
import { ChunkFormatError, decodeChunk } from '#libs/receipts';
import { storeChunk } from '#libs/usage';
import { ConnectionClosedError, type SimulatedConnection } from './simulated-redis.js';
import type { SimulatedProcess } from './simulated-process.js';
import { StoreAwayError } from './simulated-store.js';
import type { World } from './world.js';

/** BullMQ's default: a job may stall once. */
const DEFAULT_STALLS_MAX = 1;
/** The product's times divided by twenty: a killed worker's job is taken over within a second. */
const LOCK_MS = DEFAULT_WORKER_OPTIONS.lockDuration / 20;
const STALL_CHECK_MS = DEFAULT_WORKER_OPTIONS.stalledInterval / 20;
const POLL_MS = 120;

/** A worker process: takes chunk jobs as BullMQ hands them out and stores each with the product's own code. */
export class SimulatedWorker {
  #locks = 0;
  #isBusy = false;
  /** It holds a job. */
  isBusy = false;
  /** Until then it holds jobs without renewing their locks, as a worker whose event loop is blocked. */
  frozenUntil = 0;

  constructor(
    readonly process: SimulatedProcess,
    private readonly connection: SimulatedConnection,
    private readonly world: World,
  ) {
    const stallsMax =
      world.mutation === 'default-stall-count' ? DEFAULT_STALLS_MAX : DEFAULT_WORKER_OPTIONS.maxStalledCount;
    process.every(POLL_MS, () => void this.#work());
    process.every(STALL_CHECK_MS, () => {
      const { redis } = world;
      connection.send(() => redis.state.queue.findStalled(redis.nowMs, stallsMax)).catch(() => undefined);
    });
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (await this.#next());
    } catch (error) {
      // Redis is away: the next poll tries again.
      if (!(error instanceof ConnectionClosedError)) this.world.oracle.fail(String(error));
    } finally {
      this.#isBusy = false;
    }
  }

  async #next(): Promise<boolean> {
    const { redis } = this.world;
    const lock = this.process.pid * 1_000_000 + (this.#locks += 1);
    const job = await this.connection.send(() => redis.state.queue.take(redis.nowMs, LOCK_MS, lock));
    this.isBusy = job !== null;
    if (job === null) return false;
    if (this.frozenUntil > this.world.timeline.now) {
      await new Promise<void>((resolve) => this.process.after(this.frozenUntil - this.world.timeline.now, resolve));
    }
    const isStored = await this.#store(job.jobId, job.bytes);
    await this.connection.send(() => {
      const current = redis.state.queue.jobs.get(job.jobId);
      if (current?.lock === lock) current.state = isStored ? 'completed' : 'waiting';
    });
    if (!isStored) await new Promise<void>((resolve) => this.process.after(100, resolve));
    return true;
  }

  async #store(jobId: string, bytes: Buffer): Promise<boolean> {
    const { store, mutation, oracle } = this.world;
    try {
      const chunk = decodeChunk(bytes, mutation === 'chunk-id-by-time' ? undefined : jobId);
      await storeChunk(store.seenBy(this.process), jobId, bytes, chunk);
    } catch (error) {
      if (error instanceof ChunkFormatError) oracle.damaged(error.message);
      else if (!(error instanceof StoreAwayError)) throw error;
      if (this.process.isAlive) store.forgetAfterwards();
      return false;
    }
    if (mutation === 'usage-outside-transaction') {
      await new Promise<void>((resolve) => this.process.after(1, resolve));
      store.writeAfterwards();
    }
    return true;
  }
}
