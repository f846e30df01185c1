import type { JournalDisk, JournalDiskEntry } from '#libs/receipts';
import type { SimulatedProcess } from './simulated-process.js';

interface FileNode {
  bytes: Buffer;
  length: number;
  modifiedAtMs: number;
}

class DiskError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** What is on the volume that the gateways share; it outlives processes. */
export class SimulatedDisk {
  readonly files = new Map<string, FileNode>();
  readonly directories = new Set<string>(['/']);
  isFull = false;
  /** Files that a crash left half written. */
  tornWrites = 0;

  /** The disk as one process sees it: calls of a dead process change nothing, and a process may die in the middle of a call. */
  seenBy(process: SimulatedProcess): JournalDisk {
    const descriptors = new Map<number, FileNode>();
    let lastDescriptor = 2;
    const crashes = (): boolean => {
      if (!process.isAlive) throw new DiskError('EIO');
      if (process.callsUntilCrash === null) return false;
      process.callsUntilCrash -= 1;
      return process.callsUntilCrash < 0;
    };
    const change = <T>(work: () => T): T => {
      if (crashes()) {
        process.kill();
        throw new DiskError('EIO');
      }
      return work();
    };
    const node = (path: string): FileNode => {
      const found = this.files.get(path);
      if (found === undefined) throw new DiskError('ENOENT');
      return found;
    };
    const opened = (descriptor: number): FileNode => {
      const found = descriptors.get(descriptor);
      if (found === undefined) throw new DiskError('EBADF');
      return found;
    };
    const now = (): number => process.timeline.now;
    return {
      exists: (path) => this.files.has(path) || this.directories.has(path),
      makeDirectory: (path) => change(() => this.#makeDirectory(path)),
      entries: (path) => this.#entries(path),
      read: (path) => {
        if (!process.isAlive) throw new DiskError('EIO');
        const { bytes, length } = node(path);
        return Buffer.from(bytes.subarray(0, length));
      },
      readLater: async (path) => {
        await new Promise<void>((resolve) => process.after(0.05, resolve));
        const { bytes, length } = node(path);
        return Buffer.from(bytes.subarray(0, length));
      },
      create: (path) =>
        change(() => {
          const file = { bytes: Buffer.alloc(4_096), length: 0, modifiedAtMs: now() };
          this.files.set(path, file);
          descriptors.set((lastDescriptor += 1), file);
          return lastDescriptor;
        }),
      write: (descriptor, bytes, offset, length, position) => {
        const file = opened(descriptor);
        if (crashes()) {
          // The kernel had taken a part of the bytes when the process died.
          const part = Math.floor(length * ((process.timeline.events % 97) / 97));
          put(file, bytes.subarray(offset, offset + part), position);
          if (part > 0) this.tornWrites += 1;
          process.kill();
          throw new DiskError('EIO');
        }
        if (this.isFull) {
          put(file, bytes.subarray(offset, offset + (length >> 1)), position);
          throw new DiskError('ENOSPC');
        }
        put(file, bytes.subarray(offset, offset + length), position);
        return length;
      },
      cutOpen: (descriptor, bytes) => change(() => void (opened(descriptor).length = bytes)),
      sync: () => change(() => undefined),
      syncLater: (_descriptor, done) => void process.after(0.3, () => done(null)),
      close: (descriptor) => void descriptors.delete(descriptor),
      put: (path, content) =>
        change(() => {
          if (this.isFull) throw new DiskError('ENOSPC');
          const bytes = Buffer.from(content as string);
          this.files.set(path, { bytes, length: bytes.length, modifiedAtMs: now() });
        }),
      append: (path, content) => change(() => put(node(path), content, node(path).length)),
      cut: (path, bytes) => change(() => void (node(path).length = bytes)),
      rename: (from, to) => change(() => this.#rename(from, to)),
      remove: (path) => change(() => this.#remove(path)),
      touch: (path, unixMs) => change(() => void (node(path).modifiedAtMs = unixMs)),
      modifiedAtMs: (path) => node(path).modifiedAtMs,
    };
  }

  #makeDirectory(path: string): void {
    const parts = path.split('/');
    for (let end = 2; end <= parts.length; end += 1) this.directories.add(parts.slice(0, end).join('/'));
  }

  #entries(path: string): JournalDiskEntry[] {
    if (!this.directories.has(path)) throw new DiskError('ENOENT');
    const prefix = `${path}/`;
    const direct = (name: string): boolean => name.startsWith(prefix) && !name.includes('/', prefix.length);
    const entry = (isDirectory: boolean) => (name: string) => ({
      name: name.slice(prefix.length),
      isDirectory: () => isDirectory,
    });
    return [
      ...[...this.directories].filter(direct).map(entry(true)),
      ...[...this.files.keys()].filter(direct).map(entry(false)),
    ];
  }

  #rename(from: string, to: string): void {
    const file = this.files.get(from);
    if (file !== undefined) {
      this.files.delete(from);
      this.files.set(to, file);
      return;
    }
    if (!this.directories.has(from)) throw new DiskError('ENOENT');
    if (this.directories.has(to) && this.#entries(to).length > 0) throw new DiskError('ENOTEMPTY');
    for (const [path, node] of this.files) {
      if (!path.startsWith(`${from}/`)) continue;
      this.files.delete(path);
      this.files.set(to + path.slice(from.length), node);
    }
    for (const path of this.directories) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      this.directories.delete(path);
      this.directories.add(to + path.slice(from.length));
    }
  }

  #remove(path: string): void {
    this.files.delete(path);
    for (const name of this.files.keys()) if (name.startsWith(`${path}/`)) this.files.delete(name);
    for (const name of this.directories)
      if (name === path || name.startsWith(`${path}/`)) this.directories.delete(name);
  }
}

function put(file: FileNode, bytes: Uint8Array, position: number): void {
  const end = position + bytes.length;
  if (end > file.bytes.length) {
    const grown = Buffer.alloc(Math.max(end, file.bytes.length * 2));
    file.bytes.copy(grown, 0, 0, file.length);
    file.bytes = grown;
  }
  file.bytes.set(bytes, position);
  file.length = Math.max(file.length, end);
}
