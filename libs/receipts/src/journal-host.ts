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
import type { JournalDisk } from './journal-disk.js';

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
