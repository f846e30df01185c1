import type { ChunkQueue } from './chunk-queue.js';
import { type JournalTimers, thisMachine } from './journal-host.js';
import type { SealedChunk } from './journal.options.js';
import type { Journal } from './journal.js';

/** Counts for metrics; every function must be cheap and must not throw. */
export interface ChunkShipperHooks {
  onEnqueued?(chunk: SealedChunk, isRepeat: boolean): void;
  onConfirmed?(chunk: SealedChunk): void;
  /** The queue or PostgreSQL could not be reached; chunks wait on disk. */
  onFailed?(step: 'enqueue' | 'confirm', error: unknown): void;
}

/** Options of {@link ChunkShipper}. */
export interface ChunkShipperOptions {
  readonly journal: Journal;
  readonly queue: ChunkQueue;
  /** Which of these chunks PostgreSQL holds (at most 500 asked at once). */
  readonly storedChunkIds: (chunkIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Pause between two looks; default 250 ms. */
  readonly pollMs?: number;
  /** PostgreSQL is asked about a chunk so long after it was enqueued; default 1,000 ms. */
  readonly confirmAfterMs?: number;
  /** A chunk not confirmed for so long is enqueued again; default 30,000 ms. */
  readonly repeatAfterMs?: number;
  /** Unconfirmed bytes in the queue at most, so that a dead worker fills the disk and not Redis' memory; default 64 MiB. */
  readonly queuedBytesMax?: number;
  /** Time limit of one call to the queue or PostgreSQL; default 5,000 ms. */
  readonly callTimeoutMs?: number;
  readonly hooks?: ChunkShipperHooks;
  /** Milliseconds that never go backwards; default `performance.now`. */
  readonly clock?: () => number;
  /** Default: this machine's. */
  readonly timers?: JournalTimers;
}

const CONFIRM_IDS_MAX = 500;

/**
 * Carries sealed chunks from the journal to the queue and deletes a file only after PostgreSQL says that it holds the chunk.
 * Redis or PostgreSQL away: chunks wait on disk. Enqueuing twice is harmless: the job's id and the stored row are the chunk's identity.
 * Nothing here runs on the way of a request.
 */
export class ChunkShipper {
  readonly #options: ChunkShipperOptions;
  readonly #clock: () => number;
  readonly #timers: JournalTimers;
  /** Chunks in the queue, by identity, with the time they were last put there. */
  readonly #enqueuedAt = new Map<string, number>();
  #endTimer: (() => void) | null = null;
  #round: Promise<void> | null = null;
  #stopListening: () => void = () => undefined;

  constructor(options: ChunkShipperOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
    this.#timers = options.timers ?? thisMachine.timers;
  }

  /** Starts shipping, first what the journal already holds. */
  start(): void {
    if (this.#endTimer !== null) return;
    this.#endTimer = this.#timers.every(this.#options.pollMs ?? 250, () => void this.ship());
    this.#stopListening = this.#options.journal.onSealed(() => void this.ship());
    void this.ship();
  }

  /** Chunks on disk that PostgreSQL has not confirmed yet. */
  get backlog(): number {
    return this.#options.journal.sealedChunks().length;
  }

  /** One round: confirm, delete, enqueue. Rounds never overlap; never rejects. */
  ship(): Promise<void> {
    this.#round ??= this.#shipOnce().finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  /** Stops the timer and waits for the round under way. Chunks that are left stay on disk. */
  async stop(): Promise<void> {
    this.#endTimer?.();
    this.#endTimer = null;
    this.#stopListening();
    await this.#round;
  }

  /**
   * For the end of a process: seals the segment in use, ships and waits until all is confirmed or `timeoutMs` is over, then closes the journal.
   * True when nothing was left on disk; otherwise the next process adopts the directory.
   */
  async flushAndClose(timeoutMs: number): Promise<boolean> {
    const deadline = this.#clock() + timeoutMs;
    await this.#options.journal.flushed().catch(() => undefined);
    this.#options.journal.seal();
    await this.stop();
    for (;;) {
      await this.#shipOnce(0);
      if (this.backlog === 0 || this.#clock() >= deadline) break;
      await new Promise<void>((resolve) => this.#timers.after(Math.min(50, this.#options.pollMs ?? 250), resolve));
    }
    const isEmpty = this.backlog === 0;
    await this.#options.journal.close();
    return isEmpty;
  }

  async #shipOnce(confirmAfterMs = this.#options.confirmAfterMs ?? 1_000): Promise<void> {
    const chunks = this.#options.journal.sealedChunks();
    await this.#confirm(chunks, confirmAfterMs);
    await this.#enqueue(chunks);
  }

  async #confirm(chunks: readonly SealedChunk[], confirmAfterMs: number): Promise<void> {
    const now = this.#clock();
    const due = chunks.filter((chunk) => {
      const enqueuedAt = this.#enqueuedAt.get(chunk.chunkId);
      return enqueuedAt !== undefined && now - enqueuedAt >= confirmAfterMs;
    });
    for (let from = 0; from < due.length; from += CONFIRM_IDS_MAX) {
      const some = due.slice(from, from + CONFIRM_IDS_MAX);
      try {
        const stored = await this.#withTimeout(this.#options.storedChunkIds(some.map((chunk) => chunk.chunkId)));
        for (const chunk of some) {
          if (!stored.has(chunk.chunkId)) continue;
          this.#options.journal.deleteChunk(chunk.chunkId);
          this.#enqueuedAt.delete(chunk.chunkId);
          this.#options.hooks?.onConfirmed?.(chunk);
        }
      } catch (error) {
        this.#options.hooks?.onFailed?.('confirm', error);
        return;
      }
    }
  }

  async #enqueue(chunks: readonly SealedChunk[]): Promise<void> {
    const now = this.#clock();
    const queuedBytesMax = this.#options.queuedBytesMax ?? 64 * 1024 * 1024;
    let queuedBytes = chunks.reduce((sum, chunk) => sum + (this.#enqueuedAt.has(chunk.chunkId) ? chunk.bytes : 0), 0);
    const held = new Set(this.#options.journal.sealedChunks().map((chunk) => chunk.chunkId));
    for (const chunk of chunks) {
      if (!held.has(chunk.chunkId)) continue;
      const enqueuedAt = this.#enqueuedAt.get(chunk.chunkId);
      const isRepeat = enqueuedAt !== undefined;
      if (isRepeat ? now - enqueuedAt < (this.#options.repeatAfterMs ?? 30_000) : queuedBytes > queuedBytesMax)
        continue;
      try {
        const bytes = await this.#options.journal.readChunk(chunk);
        await this.#withTimeout(
          isRepeat ? this.#options.queue.putAgain(chunk.chunkId, bytes) : this.#options.queue.put(chunk.chunkId, bytes),
        );
      } catch (error) {
        this.#options.hooks?.onFailed?.('enqueue', error);
        return;
      }
      if (!isRepeat) queuedBytes += chunk.bytes;
      this.#enqueuedAt.set(chunk.chunkId, this.#clock());
      this.#options.hooks?.onEnqueued?.(chunk, isRepeat);
    }
  }

  #withTimeout<T>(work: Promise<T>): Promise<T> {
    const timeoutMs = this.#options.callTimeoutMs ?? 5_000;
    return new Promise<T>((resolve, reject) => {
      const cancel = this.#timers.after(timeoutMs, () => reject(new Error(`no answer within ${timeoutMs} ms`)));
      work.then(resolve, reject).finally(cancel);
    });
  }
}
