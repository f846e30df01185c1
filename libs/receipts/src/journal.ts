import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { JournalClosedError, JournalFullError, JournalWriteError } from './errors.js';
import { GroupCommit } from './group-commit.js';
import {
  createInstanceDirectory,
  moveChunks,
  settleDeadInstance,
  takeDeadInstances,
  unfinishedAdoptions,
} from './instance-directory.js';
import { HEARTBEAT_MS, OWNER_FILE, heartbeat } from './instance-owner.js';
import { type JournalHost, thisMachine } from './journal-host.js';
import type { AdoptedInstance, JournalOptions, SealedChunk, SpentByApplication } from './journal.options.js';
import type { Receipt } from './receipt.js';
import { SegmentFile, asWriteError } from './segment-file.js';
import { SpentTally } from './spent-tally.js';

const DEFAULTS = {
  fsync: 'off',
  fsyncIntervalMs: 100,
  segmentBytesMax: 512 * 1024,
  segmentReceiptsMax: 4_000,
  segmentAgeMsMax: 1_000,
  diskBytesMax: 1024 ** 3,
} as const;

type Settings = Required<Pick<JournalOptions, keyof typeof DEFAULTS>> & JournalOptions;

const PROBE_FILE = 'probe.tmp';
const PROBE_BYTES = 64 * 1024;
const UPKEEP_MS_MAX = 250;

/**
 * The receipts of one gateway process, on its own disk, before anything else knows them.
 *
 * - `append` encodes into memory; one `write` at the end of the event-loop turn puts the whole turn's receipts into the file;
 *   `flushed()` resolves then, and the answers may leave. A killed process loses no receipt whose answer was sent.
 * - A segment is sealed by bytes, count or age and renamed to its identity (SHA-256); `onSealed` hands it to the shipper.
 * - A failed write (disk full) drops exactly the receipts of its turn, rejects their `flushed()` and leaves the file decodable;
 *   `accepting` is false until the disk takes bytes again.
 */
export class Journal {
  readonly instanceId: string;
  /** This instance's directory. */
  readonly directory: string;
  readonly #options: Settings;
  readonly #now: () => number;
  readonly #host: JournalHost;
  readonly #commit: GroupCommit;
  readonly #tally = new SpentTally();
  readonly #chunks = new Map<string, SealedChunk>();
  readonly #listeners = new Set<(chunk: SealedChunk) => void>();
  readonly #endUpkeep: () => void;
  readonly #endIntervalSync: () => void;
  #segment: SegmentFile | null = null;
  #sequence = 0;
  #pendingSpent: Receipt[] = [];
  /** Chunks that may not be shipped yet: the saved tally does not cover them. */
  #unannounced: SealedChunk[] = [];
  #chunkBytes = 0;
  #isScheduled = false;
  #isFailing = false;
  #isClosed = false;
  #heartbeatAtMs = 0;
  #adoption: Promise<AdoptedInstance[]> = Promise.resolve([]);
  readonly #flush = (): void => {
    this.#isScheduled = false;
    if (!this.#isClosed) this.#write();
  };

  private constructor(options: JournalOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#now = options.now ?? Date.now;
    this.#host = options.host ?? thisMachine;
    const { disk, timers } = this.#host;
    this.instanceId = options.instanceId ?? randomUUID();
    disk.makeDirectory(options.directory);
    this.directory = createInstanceDirectory(this.#host, options.directory, this.instanceId);
    const syncEach = this.#options.fsync === 'each';
    this.#commit = new GroupCommit(syncEach ? () => this.#segment?.sync() ?? Promise.resolve() : null);
    const upkeepMs = Math.max(10, Math.min(UPKEEP_MS_MAX, this.#options.segmentAgeMsMax / 4));
    this.#endUpkeep = timers.every(upkeepMs, () => this.#keepUp());
    this.#endIntervalSync =
      this.#options.fsync === 'interval'
        ? timers.every(this.#options.fsyncIntervalMs, () => this.#syncNow())
        : () => undefined;
  }

  /** Creates this instance's directory and locks it. Rejects when the directory cannot be made or the instance id was used before. */
  static async open(options: JournalOptions): Promise<Journal> {
    await Promise.resolve();
    return new Journal(options);
  }

  /** Whether receipts can be taken now. Ask before sending a relay: a relay that was answered and cannot be journaled is lost work. */
  get accepting(): boolean {
    return !this.#isClosed && !this.#isFailing && this.diskBytes < this.#options.diskBytesMax * 0.98;
  }

  /** Bytes on disk and in the pending batch, sealed chunks included. */
  get diskBytes(): number {
    return this.#chunkBytes + (this.#segment?.bytes ?? 0);
  }

  /** Billable relays of this instance by application and day. */
  get spent(): SpentByApplication {
    return this.#tally.spent;
  }

  /**
   * Adds a receipt to this turn's write. Call `flushed()` in the same turn, before awaiting anything else.
   * Throws {@link JournalFullError} (disk budget used up), {@link JournalClosedError}, {@link JournalWriteError} (no new segment can
   * be made) or a `ReceiptFieldError`; nothing was added then.
   */
  append(receipt: Receipt): void {
    if (this.#isClosed) throw new JournalClosedError();
    if (this.diskBytes >= this.#options.diskBytesMax)
      throw new JournalFullError(this.diskBytes, this.#options.diskBytesMax);
    if (this.#segment?.isFull) this.#makeRoom();
    const segment = this.#segment ?? this.#openSegment();
    segment.append(receipt);
    if (receipt.billable) this.#pendingSpent.push(receipt);
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      this.#host.timers.atTurnEnd(this.#flush);
    }
  }

  /**
   * Resolves when everything appended so far is in the file (with `fsync: 'each'`, on the disk); rejects with {@link JournalWriteError}
   * when that write failed: the receipts of the turn are not in the journal, so their answers must not leave as served.
   */
  flushed(): Promise<void> {
    return this.#commit.flushed((this.#segment?.pendingReceipts ?? 0) > 0);
  }

  /** Calls `listener` for each chunk sealed or adopted from now on. Returns the function that ends it. */
  onSealed(listener: (chunk: SealedChunk) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sealed chunks that are still on disk, oldest first. */
  sealedChunks(): SealedChunk[] {
    const waiting = new Set(this.#unannounced.map((chunk) => chunk.chunkId));
    return [...this.#chunks.values()].filter((chunk) => !waiting.has(chunk.chunkId));
  }

  /** Reads a sealed chunk's file off the main thread. Rejects when it is gone. */
  readChunk(chunk: SealedChunk): Promise<Buffer> {
    return this.#host.disk.readLater(chunk.path);
  }

  /** Deletes a sealed chunk's file. Only for chunks that PostgreSQL is known to hold. */
  deleteChunk(chunkId: string): void {
    const chunk = this.#chunks.get(chunkId);
    if (chunk === undefined) return;
    this.#host.disk.remove(chunk.path);
    this.#chunks.delete(chunkId);
    this.#chunkBytes -= chunk.bytes;
  }

  /** Seals the segment in use if it holds receipts. True when it was sealed or held none. */
  seal(): boolean {
    this.#write();
    return this.#seal();
  }

  /**
   * Takes over the directories of dead instances: torn tails are cut, segments sealed, chunks moved into this instance and announced.
   * `onAdopted` runs before anything is moved (recover leases with `spent` there); when it rejects, that instance is tried again next time.
   * Each directory is adopted by exactly one process; a chunk seen twice is the same chunk by its identity.
   */
  adopt(onAdopted: (instance: AdoptedInstance) => Promise<void> = async () => undefined): Promise<AdoptedInstance[]> {
    this.#adoption = this.#adoption.then(
      () => this.#adopt(onAdopted),
      () => this.#adopt(onAdopted),
    );
    return this.#adoption;
  }

  /** Writes, seals and closes. Directories with unshipped chunks stay for the next process to adopt; an empty one is removed. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#write();
    await this.flushed();
    await this.#adoption.catch(() => undefined);
    const isSealed = this.#seal();
    this.#isClosed = true;
    this.#endUpkeep();
    this.#endIntervalSync();
    if (!isSealed) this.#segment?.close();
    try {
      this.#leave(isSealed && this.#chunks.size === 0);
    } catch {
      // The directory is another process' by now.
    }
  }

  /**
   * Gives the directory up. With nothing left in it, it goes out of sight in one step: killed between two removals, it would be adopted
   * without its tally, and what was spent would count as never spent.
   */
  #leave(isShipped: boolean): void {
    const { disk } = this.#host;
    if (!isShipped || unfinishedAdoptions(disk, this.directory).length > 0) {
      disk.remove(join(this.directory, OWNER_FILE));
      return;
    }
    const hidden = join(dirname(this.directory), `.${this.instanceId}.closed`);
    disk.rename(this.directory, hidden);
    disk.remove(hidden);
  }

  #openSegment(): SegmentFile {
    try {
      const header = { instanceId: this.instanceId, sequence: this.#sequence + 1, createdAtMs: this.#now() };
      this.#segment = new SegmentFile(this.#host.disk, this.directory, header);
      this.#sequence += 1;
      return this.#segment;
    } catch (error) {
      this.#fail(asWriteError(error));
      throw error;
    }
  }

  #makeRoom(): void {
    this.#write();
    this.#seal();
    if (this.#segment?.isFull) throw new JournalWriteError('EFBIG');
  }

  #write(): void {
    const segment = this.#segment;
    if (segment === null || segment.pendingReceipts === 0) return;
    const spent = this.#pendingSpent;
    this.#pendingSpent = [];
    try {
      const { receipts, bytes } = segment.write();
      for (const receipt of spent) this.#tally.add(receipt.applicationId, receipt.day);
      this.#commit.written();
      this.#options.hooks?.onWrite?.(receipts, bytes);
    } catch (error) {
      this.#commit.failed(error as JournalWriteError);
      this.#fail(error as JournalWriteError);
      return;
    }
    const { segmentBytesMax, segmentReceiptsMax } = this.#options;
    if (segment.isFull || segment.bytes >= segmentBytesMax || segment.receipts >= segmentReceiptsMax) this.#seal();
  }

  #seal(): boolean {
    const segment = this.#segment;
    if (segment !== null && segment.receipts > 0) {
      let chunk: SealedChunk;
      try {
        chunk = segment.seal(this.#options.fsync !== 'off');
      } catch (error) {
        this.#fail(asWriteError(error));
        return false;
      }
      this.#segment = null;
      this.#track(chunk);
      this.#unannounced.push(chunk);
    }
    return this.#announce();
  }

  #track(chunk: SealedChunk): void {
    if (!this.#chunks.has(chunk.chunkId)) this.#chunkBytes += chunk.bytes;
    this.#chunks.set(chunk.chunkId, chunk);
  }

  #tell(chunk: SealedChunk): void {
    this.#options.hooks?.onSealed?.(chunk);
    for (const listener of this.#listeners) listener(chunk);
  }

  /**
   * A chunk may leave the disk only after the tally that outlives it was saved. (Saved late, beside a segment in use, the tally already
   * counts that segment's receipts and recovery counts them again: it then returns too little of the lease, never too much.)
   */
  #announce(): boolean {
    if (this.#unannounced.length === 0) return true;
    try {
      this.#tally.save(this.#host.disk, this.directory, this.#segment === null ? this.#sequence : this.#sequence - 1);
    } catch (error) {
      this.#fail(asWriteError(error));
      return false;
    }
    const chunks = this.#unannounced;
    this.#unannounced = [];
    for (const chunk of chunks) this.#tell(chunk);
    return true;
  }

  async #adopt(onAdopted: (instance: AdoptedInstance) => Promise<void>): Promise<AdoptedInstance[]> {
    if (this.#isClosed) return [];
    takeDeadInstances(this.#host, dirname(this.directory), this.directory, this.#now());
    const { disk } = this.#host;
    const adopted: AdoptedInstance[] = [];
    for (let pending = unfinishedAdoptions(disk, this.directory); pending.length > 0;) {
      for (const from of pending) {
        const instance = settleDeadInstance(disk, from);
        if (instance.tornBytes > 0) this.#options.hooks?.onTornTail?.(instance.tornBytes);
        await onAdopted(instance);
        const chunks = moveChunks(disk, instance, from, this.directory);
        for (const chunk of chunks) this.#track(chunk);
        adopted.push({ ...instance, chunks });
        this.#options.hooks?.onAdopted?.({ ...instance, chunks });
        for (const chunk of chunks) this.#tell(chunk);
      }
      pending = unfinishedAdoptions(disk, this.directory);
    }
    return adopted;
  }

  #keepUp(): void {
    const now = this.#now();
    if (now - this.#heartbeatAtMs >= HEARTBEAT_MS) {
      this.#heartbeatAtMs = now;
      // Another host took this process for dead and owns the files now: writing on would change sealed content.
      if (!heartbeat(this.#host.disk, this.directory, now)) this.#isClosed = true;
    }
    if (this.#isFailing) this.#probe();
    const segment = this.#segment;
    if (segment !== null && now - segment.header.createdAtMs >= this.#options.segmentAgeMsMax) this.seal();
    else this.#announce();
  }

  #fail(error: JournalWriteError): void {
    this.#isFailing = true;
    this.#options.hooks?.onWriteFailed?.(error);
  }

  /** Finds out whether the disk takes bytes again, so that no client's relay has to be the one that tries. */
  #probe(): void {
    const path = join(this.directory, PROBE_FILE);
    try {
      this.#host.disk.put(path, Buffer.alloc(PROBE_BYTES));
      this.#isFailing = false;
    } catch {
      // Still failing.
    }
    try {
      this.#host.disk.remove(path);
    } catch {
      // It is overwritten by the next probe.
    }
  }

  #syncNow(): void {
    this.#segment?.sync().catch((error: unknown) => this.#fail(asWriteError(error)));
  }
}
