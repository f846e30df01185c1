import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from './process-identity.mjs';

/**
 * Takes the lock of a data directory. One supervisor at a time: two would fight over the ports and over the data.
 * A lock whose process is gone is taken over.
 *
 * @param {string} directory exists afterwards
 * @returns {{ holderPid: number } | { release: () => void }}
 */
export function acquireLock(directory) {
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const file = join(directory, 'supervisor.lock');
  const draft = `${file}.${process.pid}`;
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) });
  writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        // A hard link appears with its content or not at all, which an exclusive create followed by a write does not.
        linkSync(draft, file);
        return { release: () => read(file)?.pid === process.pid && rmSync(file, { force: true }) };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = read(file);
      if (holder && holder.identity !== null && processIdentity(holder.pid) === holder.identity) {
        return { holderPid: holder.pid };
      }
      takeAside(file, draft, holder);
    }
    return { holderPid: read(file)?.pid ?? 0 };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a stale lock, and puts it back when another starter was quicker and it is no longer the stale one. */
function takeAside(file, draft, stale) {
  const aside = `${draft}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (stale && read(aside)?.pid !== stale.pid) {
    try {
      linkSync(aside, file);
    } catch {
      // A third starter holds it by now.
    }
  }
  rmSync(aside, { force: true });
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
