import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { JournalDisk } from './journal-disk.js';

/** Name of the file that says whose an instance directory is. */
export const OWNER_FILE = 'owner.json';
/** A living owner touches its file so often. */
export const HEARTBEAT_MS = 5_000;
/** Where the owner cannot be looked up (another host), silence for so long means that it is dead. */
export const HEARTBEAT_SILENCE_MAX_MS = 60_000;

/** Who owns an instance directory. A pid alone is not enough: pids are reused, and pid 1 is every container's. */
export interface InstanceOwner {
  readonly pid: number;
  /** Start time of the process as the kernel counts it; null where the platform does not tell. */
  readonly startTime: string | null;
  readonly bootId: string | null;
  readonly host: string;
}

/** Who runs on a host. */
export interface InstanceOwners {
  /** The owner record of this process. */
  self(): InstanceOwner;
  /** Whether the owner lives; null where that cannot be looked up (another host, a platform that does not tell): its heartbeat decides. */
  lives(owner: InstanceOwner): boolean | null;
}

/** The processes of this host, as the kernel knows them: pid, start time, boot. */
export const ownersOnThisHost: InstanceOwners = {
  self: () => ({ pid: process.pid, startTime: startTimeOf(process.pid), bootId: bootId(), host: hostname() }),
  lives: (owner) => {
    if (owner.host !== hostname()) return null;
    if (owner.bootId !== bootId() || !pidExists(owner.pid)) return false;
    return owner.startTime === null ? null : owner.startTime === startTimeOf(owner.pid);
  },
};

/**
 * Whether the directory's owner still lives. On this host the kernel knows (pid, start time, boot); elsewhere the heartbeat decides.
 * A directory without a readable owner file is taken as dead: the file is there before the directory gets its name.
 */
export function isOwnerAlive(disk: JournalDisk, owners: InstanceOwners, directory: string, nowMs: number): boolean {
  const path = join(directory, OWNER_FILE);
  const owner = readOwner(disk, path);
  if (owner === null) return false;
  const lives = owners.lives(owner);
  if (lives !== null) return lives;
  try {
    return nowMs - disk.modifiedAtMs(path) < HEARTBEAT_SILENCE_MAX_MS;
  } catch {
    return false;
  }
}

/** Marks the directory as alive. False when it is gone, i.e. another process adopted it. */
export function heartbeat(disk: JournalDisk, directory: string, nowMs: number): boolean {
  try {
    disk.touch(join(directory, OWNER_FILE), nowMs);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

function readOwner(disk: JournalDisk, path: string): InstanceOwner | null {
  try {
    const owner = JSON.parse(disk.read(path).toString('utf8')) as Partial<InstanceOwner> | null;
    if (typeof owner?.pid !== 'number' || typeof owner.host !== 'string') return null;
    return { pid: owner.pid, host: owner.host, startTime: owner.startTime ?? null, bootId: owner.bootId ?? null };
  } catch {
    return null;
  }
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/<pid>/stat; the command in field 2 may hold spaces and brackets, so fields are counted behind it. A zombie counts as dead. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return null;
  }
}
