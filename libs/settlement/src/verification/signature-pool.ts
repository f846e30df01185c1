import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ITEM_BYTES, type VerifyAnswer, type VerifyRequest, verifyThread } from './verify-thread.js';

/** Threads where nothing else is asked for: one a core, and no more than four beside everything else a worker does. */
const THREADS_DEFAULT_MAX = 4;

interface Pending {
  readonly resolve: (accepted: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/**
 * Verifies ed25519 signatures with libsodium on worker threads, so that all cores work and the event loop stays free.
 * Threads start with the first batch, keep no process alive while they are idle, and are replaced when one dies: its batches
 * reject and may be tried again.
 */
export class SignaturePool {
  private readonly threads: Thread[] = [];
  private nextId = 0;

  constructor(private readonly size = Math.min(THREADS_DEFAULT_MAX, availableParallelism())) {}

  /**
   * Checks a batch: `items` holds public key (32 bytes), message (32) and signature (64) of each. Its memory is handed over.
   * Resolves with one byte for each item, 1 where the signature is the key's over the message.
   */
  verify(items: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    if (items.byteLength % ITEM_BYTES !== 0) throw new RangeError(`an item has ${ITEM_BYTES} bytes`);
    const thread = this.leastBusy();
    const id = (this.nextId += 1);
    const request: VerifyRequest = { id, items: items.buffer };
    return new Promise((resolve, reject) => {
      if (thread.pending.size === 0) thread.worker.ref();
      thread.pending.set(id, { resolve, reject });
      thread.worker.postMessage(request, [items.buffer]);
    });
  }

  /** Ends the threads; batches under way reject. */
  async close(): Promise<void> {
    await Promise.all(this.threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  private leastBusy(): Thread {
    const idle = this.threads.find((thread) => thread.pending.size === 0);
    if (idle !== undefined) return idle;
    if (this.threads.length < this.size) return this.start();
    return this.threads.reduce((least, thread) => (thread.pending.size < least.pending.size ? thread : least));
  }

  private start(): Thread {
    const sodium = createRequire(import.meta.url).resolve('sodium-native');
    const program = `(${verifyThread.toString()})(require('node:worker_threads').parentPort, require(${JSON.stringify(sodium)}))`;
    const worker = new Worker(program, { eval: true, name: 'verify' });
    const thread: Thread = { worker, pending: new Map() };
    worker.on('message', ({ id, accepted }: VerifyAnswer) => {
      const pending = thread.pending.get(id);
      thread.pending.delete(id);
      if (thread.pending.size === 0) worker.unref();
      pending?.resolve(new Uint8Array(accepted));
    });
    const end = (error: Error): void => {
      const at = this.threads.indexOf(thread);
      if (at >= 0) this.threads.splice(at, 1);
      for (const { reject } of thread.pending.values()) reject(error);
      thread.pending.clear();
    };
    worker.on('error', end);
    worker.on('exit', (code) => end(new Error(`a verifying thread ended with code ${code}`)));
    worker.unref();
    this.threads.push(thread);
    return thread;
  }
}
