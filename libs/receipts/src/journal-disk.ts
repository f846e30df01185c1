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
