import type { JournalHost } from './journal-host.js';

/**
 * When written bytes are forced to the disk. A killed process loses nothing either way; this is about power loss.
 * - `off`: the operating system decides. - `interval`: at most `fsyncIntervalMs` of receipts. - `each`: nothing; `flushed()` waits for the disk.
 */
export type FsyncPolicy = 'off' | 'interval' | 'each';

/** Counts for metrics; every function must be cheap and must not throw. */
export interface JournalHooks {
  /** One write: receipts and bytes in it. */
  onWrite?(receipts: number, bytes: number): void;
  onWriteFailed?(error: Error): void;
  onSealed?(chunk: SealedChunk): void;
  /** A torn tail of so many bytes was cut off a segment that a dead process left. */
  onTornTail?(bytes: number): void;
  /** A dead instance's directory was adopted. */
  onAdopted?(instance: AdoptedInstance): void;
}

/** Options of `Journal.open`. */
export interface JournalOptions {
  /** JOURNAL_DIR: the parent of all instances' directories. Created when missing. */
  readonly directory: string;
  /** Identity of this process, never reused; default: a random one. Use the same for the daily limiter's leases. */
  readonly instanceId?: string;
  readonly fsync?: FsyncPolicy;
  /** Default 100 ms. */
  readonly fsyncIntervalMs?: number;
  /** A segment is sealed at so many bytes (default 512 KiB), receipts (default 4,000) or milliseconds of age (default 1,000). */
  readonly segmentBytesMax?: number;
  readonly segmentReceiptsMax?: number;
  readonly segmentAgeMsMax?: number;
  /** Bound of the bytes this instance keeps on disk (segment and sealed chunks); default 1 GiB. */
  readonly diskBytesMax?: number;
  readonly hooks?: JournalHooks;
  /** Unix milliseconds; default `Date.now`. */
  readonly now?: () => number;
  /** Disk, process table and timers; default: this machine's. */
  readonly host?: JournalHost;
}

/** A sealed chunk on disk. */
export interface SealedChunk {
  /** SHA-256 of the file's content, hex. */
  readonly chunkId: string;
  readonly path: string;
  readonly bytes: number;
  readonly receipts: number;
}

/** Billable relays by application id and day: what an instance's journal says was spent. */
export type SpentByApplication = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What was found in a dead instance's directory. */
export interface AdoptedInstance {
  readonly instanceId: string;
  /** Over the instance's whole life, also of chunks that were shipped long ago; give it to the limiter's `recover`. */
  readonly spent: SpentByApplication;
  readonly chunks: readonly SealedChunk[];
  readonly tornBytes: number;
}
