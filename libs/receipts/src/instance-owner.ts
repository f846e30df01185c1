import { readFileSync, statSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

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

/** The owner record of this process. */
export function thisOwner(): InstanceOwner {
  return { pid: process.pid, startTime: startTimeOf(process.pid), bootId: bootId(), host: hostname() };
}

/**
 * Whether the directory's owner still lives. On this host the kernel knows (pid, start time, boot); elsewhere the heartbeat decides.
 * A directory without a readable owner file is taken as dead: the file is there before the directory gets its name.
 */
export function isOwnerAlive(directory: string, nowMs: number): boolean {
  const path = join(directory, OWNER_FILE);
  const owner = readOwner(path);
  if (owner === null) return false;
  if (owner.host === hostname()) {
    if (owner.bootId !== bootId()) return false;
    if (!pidExists(owner.pid)) return false;
    if (owner.startTime !== null) return owner.startTime === startTimeOf(owner.pid);
  }
  try {
    return nowMs - statSync(path).mtimeMs < HEARTBEAT_SILENCE_MAX_MS;
  } catch {
    return false;
  }
}

/** Marks the directory as alive. False when it is gone, i.e. another process adopted it. */
export function heartbeat(directory: string, nowMs: number): boolean {
  try {
    utimesSync(join(directory, OWNER_FILE), nowMs / 1_000, nowMs / 1_000);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

function readOwner(path: string): InstanceOwner | null {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Partial<InstanceOwner> | null;
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
