import {
  appendFileSync,
  closeSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type InstanceOwners, ownersOnThisHost } from './instance-owner.js';

/** A name in a directory. */
export interface JournalDiskEntry {
  readonly name: string;
  isDirectory(): boolean;
}

/** What a journal needs of a file system. Every function throws (or rejects with) an error with a `code`, as node:fs does. */
export interface JournalDisk {
  exists(path: string): boolean;
  /** With all parents; no error when it is there. */
  makeDirectory(path: string): void;
  entries(path: string): readonly JournalDiskEntry[];
  read(path: string): Buffer;
  /** The same off the main thread. */
  readLater(path: string): Promise<Buffer>;
  /** Creates or empties a file and opens it for writing; returns its descriptor. */
  create(path: string): number;
  /** Writes `length` bytes of `bytes` from `offset` at `position` of the file; returns how many were written. */
  write(descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number): number;
  cutOpen(descriptor: number, bytes: number): void;
  sync(descriptor: number): void;
  syncLater(descriptor: number, done: (error: Error | null) => void): void;
  close(descriptor: number): void;
  /** Writes a whole file. */
  put(path: string, content: string | Uint8Array): void;
  append(path: string, content: Uint8Array): void;
  cut(path: string, bytes: number): void;
  /** Atomic; a file in the way is replaced, a directory that is not empty is an error. */
  rename(from: string, to: string): void;
  /** With everything below; no error when it is gone. */
  remove(path: string): void;
  touch(path: string, unixMs: number): void;
  modifiedAtMs(path: string): number;
}

/** Timers of a journal and its shipper; `after` and `every` return what ends them, `every` does not keep the process alive. */
export interface JournalTimers {
  /** At the end of this event-loop turn. */
  atTurnEnd(work: () => void): void;
  after(ms: number, work: () => void): () => void;
  every(ms: number, work: () => void): () => void;
}

/** The machine a journal runs on; the simulator brings its own. */
export interface JournalHost {
  readonly disk: JournalDisk;
  readonly owners: InstanceOwners;
  readonly timers: JournalTimers;
}

const nodeDisk: JournalDisk = {
  exists: existsSync,
  makeDirectory: (path) => void mkdirSync(path, { recursive: true }),
  entries: (path) => readdirSync(path, { withFileTypes: true }),
  read: (path) => readFileSync(path),
  readLater: (path) => readFile(path),
  create: (path) => openSync(path, 'w'),
  write: writeSync,
  cutOpen: ftruncateSync,
  sync: fdatasyncSync,
  syncLater: fdatasync,
  close: closeSync,
  put: writeFileSync,
  append: appendFileSync,
  cut: truncateSync,
  rename: renameSync,
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  touch: (path, unixMs) => utimesSync(path, unixMs / 1_000, unixMs / 1_000),
  modifiedAtMs: (path) => statSync(path).mtimeMs,
};

const nodeTimers: JournalTimers = {
  atTurnEnd: (work) => void setImmediate(work),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, work) => {
    const timer = setInterval(work, ms).unref();
    return () => clearInterval(timer);
  },
};

/** The machine itself: node:fs, the kernel's process table, Node's timers. */
export const thisMachine: JournalHost = { disk: nodeDisk, owners: ownersOnThisHost, timers: nodeTimers };
