import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Journal, JournalWriteError, decodeChunk } from '#libs/receipts';
import { sampleReceipt } from '../../libs/receipts/src/testing/sample-receipt.js';
import { removeDirectory, temporaryDirectory } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const disk = vi.hoisted(() => ({ bytesLeft: Number.POSITIVE_INFINITY }));

/** A disk that takes `bytesLeft` more bytes: a write that does not fit writes a part, the next one fails, as on a real full disk. */
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  return {
    ...fs,
    writeSync: (fd: number, bytes: Buffer, offset: number, length: number, position: number): number => {
      const fits = Math.min(length, disk.bytesLeft);
      if (fits === 0) throw full();
      disk.bytesLeft -= fits;
      return fs.writeSync(fd, bytes, offset, fits, position);
    },
    writeFileSync: (path: string, data: string | Buffer): void => {
      if (Buffer.byteLength(data) > disk.bytesLeft) throw full();
      fs.writeFileSync(path, data);
    },
  };
});

const closers: Array<() => unknown> = [];
afterEach(async () => {
  disk.bytesLeft = Number.POSITIVE_INFINITY;
  for (const close of closers.splice(0).toReversed()) await close();
});

async function openJournal(): Promise<Journal> {
  const directory = temporaryDirectory('journal-full-');
  closers.push(() => removeDirectory(directory));
  const journal = await Journal.open({ directory, segmentAgeMsMax: 400 });
  closers.push(() => journal.close());
  return journal;
}

const numbersIn = (journal: Journal): number[] =>
  journal
    .sealedChunks()
    .flatMap((chunk) => [...decodeChunk(readFileSync(chunk.path), chunk.chunkId)])
    .map((receipt) => Number.parseInt(receipt.requestId, 16));

describe('journal on a full disk', () => {
  it.each([0, 1, 100, 400])(
    'drops exactly the turn that did not fit (%i bytes left), says so, and recovers alone',
    async (bytesLeft) => {
      const journal = await openJournal();
      journal.append(sampleReceipt(1));
      await journal.flushed();

      disk.bytesLeft = bytesLeft;
      journal.append(sampleReceipt(2, { method: 'only_in_the_lost_turn' }));
      journal.append(sampleReceipt(3));
      const failure = await journal.flushed().then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(JournalWriteError);
      expect(failure).toMatchObject({ code: 'ENOSPC' });
      expect(journal.accepting).toBe(false);

      disk.bytesLeft = Number.POSITIVE_INFINITY;
      await waitFor('the journal accepting again', () => journal.accepting, 5_000, 20);
      journal.append(sampleReceipt(4, { method: 'only_in_the_lost_turn' }));
      await journal.flushed();
      journal.seal();
      expect(numbersIn(journal)).toEqual([1, 4]);
      expect([...(journal.spent.values().next().value ?? [])]).toEqual([['2026-11-21', 2]]);
    },
  );

  it('survives a first write that fails: the header is written with the next', async () => {
    const journal = await openJournal();
    disk.bytesLeft = 3;
    journal.append(sampleReceipt(1));
    await expect(journal.flushed()).rejects.toThrow('ENOSPC');
    disk.bytesLeft = Number.POSITIVE_INFINITY;
    journal.append(sampleReceipt(2));
    await journal.flushed();
    journal.seal();
    expect(numbersIn(journal)).toEqual([2]);
  });

  it('keeps a segment usable when it could not be sealed, and seals it later', async () => {
    const journal = await openJournal();
    journal.append(sampleReceipt(1));
    await journal.flushed();
    disk.bytesLeft = 5;
    expect(journal.seal()).toBe(false);
    disk.bytesLeft = Number.POSITIVE_INFINITY;
    journal.append(sampleReceipt(2));
    await journal.flushed();
    expect(journal.seal()).toBe(true);
    expect(numbersIn(journal)).toEqual([1, 2]);
  });
});
