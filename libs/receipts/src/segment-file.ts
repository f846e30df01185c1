import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { JournalWriteError } from './errors.js';
import type { JournalDisk } from './journal-disk.js';
import type { SealedChunk } from './journal.options.js';
import type { Receipt } from './receipt.js';
import { SegmentEncoder, type SegmentHeader } from './segment-encoder.js';

/** File name endings: the segment in use, and a sealed one named by its identity. */
export const SEGMENT_SUFFIX = '.segment';
export const CHUNK_SUFFIX = '.chunk';

/** Name of a segment in use. */
export function segmentFileName(sequence: number): string {
  return `${String(sequence).padStart(8, '0')}${SEGMENT_SUFFIX}`;
}

/** One segment in use: an encoder, its file and the running hash of what is in the file. */
export class SegmentFile {
  readonly #path: string;
  readonly #fd: number;
  readonly #encoder: SegmentEncoder;
  readonly #hash: Hash = createHash('sha256');
  readonly #headerBytes: number;
  #goodBytes = 0;
  #syncsRunning = 0;
  #isDone = false;

  /** Creates the file. Throws {@link JournalWriteError}. Nothing is written before the first receipt. */
  constructor(
    private readonly disk: JournalDisk,
    private readonly directory: string,
    readonly header: SegmentHeader,
  ) {
    this.#path = join(directory, segmentFileName(header.sequence));
    this.#encoder = new SegmentEncoder(header);
    this.#headerBytes = this.#encoder.batchBytes;
    this.#fd = wrap(() => disk.create(this.#path));
  }

  /** Bytes in the file and in the batch. */
  get bytes(): number {
    return this.#goodBytes + this.#encoder.batchBytes;
  }

  get receipts(): number {
    return this.#encoder.receipts;
  }

  get pendingReceipts(): number {
    return this.#encoder.batchReceipts;
  }

  get isFull(): boolean {
    return this.#encoder.isFull;
  }

  append(receipt: Receipt): void {
    this.#encoder.append(receipt);
  }

  /** Writes the batch with one system call. On failure the file is cut back, the batch is dropped and {@link JournalWriteError} thrown. */
  write(): { receipts: number; bytes: number } {
    const { batch, batchReceipts } = this.#encoder;
    const isFirst = this.#goodBytes === 0;
    try {
      this.#writeAll(batch);
    } catch (error) {
      this.#encoder.rollback(isFirst ? this.#headerBytes : 0);
      throw error;
    }
    this.#hash.update(batch);
    this.#goodBytes += batch.length;
    this.#encoder.commit();
    return { receipts: batchReceipts, bytes: batch.length };
  }

  /** Forces written bytes to the disk, off the main thread. */
  sync(): Promise<void> {
    if (this.#isDone) return Promise.resolve();
    this.#syncsRunning += 1;
    return new Promise((resolve, reject) => {
      this.disk.syncLater(this.#fd, (error) => {
        this.#syncsRunning -= 1;
        this.#closeWhenIdle();
        if (error === null) resolve();
        else reject(asWriteError(error));
      });
    });
  }

  /**
   * Appends the footer and renames the file to its identity. The batch must be written before.
   * On failure the segment is as before, still usable, and {@link JournalWriteError} is thrown.
   */
  seal(durably: boolean): SealedChunk {
    const footer = this.#encoder.footer();
    this.#writeAll(footer);
    const chunkId = this.#hash.copy().update(footer).digest('hex');
    const path = join(this.directory, `${chunkId}${CHUNK_SUFFIX}`);
    try {
      wrap(() => {
        if (durably) this.disk.sync(this.#fd);
        this.disk.rename(this.#path, path);
      });
    } catch (error) {
      this.#cut();
      throw error;
    }
    this.close();
    return { chunkId, path, bytes: this.#goodBytes + footer.length, receipts: this.#encoder.receipts };
  }

  /** Closes the file without sealing it. */
  close(): void {
    this.#isDone = true;
    this.#closeWhenIdle();
  }

  /** A descriptor closed under a running sync could be another file's by then. */
  #closeWhenIdle(): void {
    if (this.#isDone && this.#syncsRunning === 0) this.disk.close(this.#fd);
  }

  #writeAll(bytes: Buffer): void {
    try {
      for (let written = 0; written < bytes.length;) {
        written += this.disk.write(this.#fd, bytes, written, bytes.length - written, this.#goodBytes + written);
      }
    } catch (error) {
      this.#cut();
      throw asWriteError(error);
    }
  }

  /** A failed write may have left a part. Cutting needs no space; should it fail, the scan of the next owner cuts instead. */
  #cut(): void {
    try {
      this.disk.cutOpen(this.#fd, this.#goodBytes);
    } catch {
      // The next successful write starts at the same offset and overwrites the part.
    }
  }
}

function wrap<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asWriteError(error);
  }
}

/** Any file system error as the journal's own. */
export function asWriteError(error: unknown): JournalWriteError {
  if (error instanceof JournalWriteError) return error;
  return new JournalWriteError((error as NodeJS.ErrnoException).code ?? 'UNKNOWN', { cause: error });
}
