import { basename, dirname, join } from 'node:path';
import { type DecodedChunk, chunkIdOf, decodeChunk } from './chunk.js';
import { ChunkFormatError } from './errors.js';
import { OWNER_FILE, isOwnerAlive } from './instance-owner.js';
import type { JournalDisk } from './journal-disk.js';
import type { JournalHost } from './journal-host.js';
import type { AdoptedInstance, SealedChunk } from './journal.options.js';
import { footerRecord } from './segment-encoder.js';
import { CHUNK_SUFFIX, SEGMENT_SUFFIX } from './segment-file.js';
import { scanSegment } from './segment-scan.js';
import { SpentTally, loadSpentTally } from './spent-tally.js';

const ADOPTED_PREFIX = 'adopted-';
const INSTANCE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Creates `<parent>/<instanceId>` with its owner file in it from the first moment on: it is made under a hidden name and renamed.
 * Throws when the instance id was used before or holds characters unfit for a file name.
 */
export function createInstanceDirectory({ disk, owners }: JournalHost, parent: string, instanceId: string): string {
  if (!INSTANCE_ID.test(instanceId) || instanceId.startsWith(ADOPTED_PREFIX)) {
    throw new RangeError('instanceId must be 1 to 100 letters, digits, dots, dashes or underscores');
  }
  const directory = join(parent, instanceId);
  if (disk.exists(directory)) throw new Error(`instance directory ${instanceId} exists; instance ids are never reused`);
  const hidden = join(parent, `.${instanceId}.new`);
  disk.makeDirectory(hidden);
  disk.put(join(hidden, OWNER_FILE), JSON.stringify(owners.self()));
  disk.rename(hidden, directory);
  return directory;
}

/**
 * Takes over the directories of dead instances under `parent` by renaming them into `own`: a rename succeeds for one process only,
 * and should that process die in turn, they travel inside its own directory to the next. Returns the paths taken.
 */
export function takeDeadInstances({ disk, owners }: JournalHost, parent: string, own: string, nowMs: number): string[] {
  const taken: string[] = [];
  for (const entry of disk.entries(parent)) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const directory = join(parent, entry.name);
    if (directory === own || isOwnerAlive(disk, owners, directory, nowMs)) continue;
    const target = join(own, `${ADOPTED_PREFIX}${entry.name}`);
    try {
      disk.rename(directory, target);
    } catch {
      continue; // Another process was faster, or its own adoption of the same directory is under way.
    }
    taken.push(target);
  }
  return taken;
}

/** Directories taken over earlier whose adoption did not finish. */
export function unfinishedAdoptions(disk: JournalDisk, directory: string): string[] {
  return disk
    .entries(directory)
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(ADOPTED_PREFIX))
    .map((entry) => join(directory, entry.name));
}

/**
 * Brings a dead instance's directory into order without moving anything out of it: cuts torn tails, seals what was in use, counts
 * what was spent and saves the count. Idempotent, so a crash in the middle is repaired by doing it again; content and identity of a chunk
 * do not change. A chunk whose content is not that of its name is set aside under `<parent>/.damaged`, never shipped, never deleted.
 */
export function settleDeadInstance(disk: JournalDisk, directory: string): AdoptedInstance {
  const { tally, throughSequence } = loadSpentTally(disk, directory);
  const instanceId = basename(directory).slice(ADOPTED_PREFIX.length);
  const chunks: SealedChunk[] = [];
  let lastSequence = throughSequence;
  let tornBytes = 0;
  for (const name of filesOf(disk, directory, SEGMENT_SUFFIX)) {
    tornBytes += sealLeftSegment(disk, directory, join(directory, name));
  }
  for (const name of filesOf(disk, directory, CHUNK_SUFFIX)) {
    const path = join(directory, name);
    const chunk = readChunk(disk, path);
    if (chunk === null) continue;
    chunks.push({ chunkId: chunk.view.chunkId, path, bytes: chunk.bytes, receipts: chunk.view.receipts });
    const { header } = chunk.view;
    // Chunks that the dead instance had adopted itself are not its own spending.
    if (header.instanceId !== instanceId || header.sequence <= throughSequence) continue;
    addSpent(tally, chunk.view);
    lastSequence = Math.max(lastSequence, header.sequence);
  }
  // Saved before any chunk leaves the directory: a second run must not count less than the first.
  tally.save(disk, directory, lastSequence);
  return { instanceId, spent: tally.spent, chunks, tornBytes };
}

/** Adds the billable receipts to a tally. */
export function addSpent(
  tally: SpentTally,
  receipts: Iterable<{ applicationId: string; day: string; billable: boolean }>,
): void {
  for (const receipt of receipts) {
    if (receipt.billable) tally.add(receipt.applicationId, receipt.day);
  }
}

/** Moves the chunks, and what the dead instance had itself adopted, into `own` and removes the directory. */
export function moveChunks(disk: JournalDisk, adopted: AdoptedInstance, from: string, own: string): SealedChunk[] {
  const moved = adopted.chunks.map((chunk) => {
    const path = join(own, `${chunk.chunkId}${CHUNK_SUFFIX}`);
    disk.rename(chunk.path, path);
    return { ...chunk, path };
  });
  for (const nested of unfinishedAdoptions(disk, from)) {
    disk.rename(nested, join(own, basename(nested)));
  }
  disk.remove(from);
  return moved;
}

function filesOf(disk: JournalDisk, directory: string, suffix: string): string[] {
  return disk
    .entries(directory)
    .map((entry) => entry.name)
    .filter((name) => name.endsWith(suffix));
}

/** Returns the number of torn bytes that were cut. */
function sealLeftSegment(disk: JournalDisk, directory: string, path: string): number {
  const bytes = disk.read(path);
  const scan = scanSegment(bytes);
  const tornBytes = bytes.length - scan.goodBytes;
  if (scan.receipts === 0) {
    disk.remove(path);
    return tornBytes;
  }
  let content = bytes.subarray(0, scan.goodBytes);
  if (!scan.isSealed) {
    const footer = footerRecord(scan.receipts);
    disk.cut(path, scan.goodBytes);
    disk.append(path, footer);
    content = Buffer.concat([content, footer]);
  }
  disk.rename(path, join(directory, `${chunkIdOf(content)}${CHUNK_SUFFIX}`));
  return tornBytes;
}

function readChunk(disk: JournalDisk, path: string): { view: DecodedChunk; bytes: number } | null {
  const bytes = disk.read(path);
  try {
    return { view: decodeChunk(bytes, basename(path, CHUNK_SUFFIX)), bytes: bytes.length };
  } catch (error) {
    if (!(error instanceof ChunkFormatError)) throw error;
    const aside = join(dirname(path), '..', '..', '.damaged');
    disk.makeDirectory(aside);
    disk.rename(path, join(aside, basename(path)));
    return null;
  }
}
