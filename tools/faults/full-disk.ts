import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const DISK_BYTES = 32 * 1024 * 1024;
const FILLER = 'filler';

/** A small disk of its own (tmpfs) that can be filled to the last byte. Needs root on Linux. */
export class FullDisk {
  private constructor(readonly directory: string) {}

  /** Mounts one on `directory`; a sentence why not when that is impossible here. */
  static mount(directory: string): FullDisk | string {
    mkdirSync(directory, { recursive: true });
    if (process.platform !== 'linux' || process.getuid?.() !== 0) {
      return 'disk-full is left out: only root on Linux can mount a small disk.';
    }
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=0700`, 'tmpfs', directory], {
      encoding: 'utf8',
    });
    if (mounted.status === 0) return new FullDisk(directory);
    return `disk-full is left out: mounting a small disk failed (${(mounted.stderr ?? '').trim()}).`;
  }

  /** Writes until nothing fits any more. */
  fill(): void {
    const file = openSync(join(this.directory, FILLER), 'w');
    try {
      for (let size = 1024 * 1024; size >= 1; size = size > 4_096 ? Math.floor(size / 2) : size - 4_095) {
        const zeros = Buffer.alloc(size);
        try {
          for (;;) if (writeSync(file, zeros) < size) break;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    } finally {
      closeSync(file);
    }
  }

  /** Gives the space back. */
  empty(): void {
    rmSync(join(this.directory, FILLER), { force: true });
  }

  /** Takes the disk away with everything on it. */
  unmount(): void {
    spawnSync('umount', ['-l', this.directory]);
  }
}
