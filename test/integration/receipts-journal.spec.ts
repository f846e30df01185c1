import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type AdoptedInstance,
  Journal,
  JournalClosedError,
  JournalFullError,
  type JournalOptions,
  decodeChunk,
} from '#libs/receipts';
import { sampleReceipt } from '../../libs/receipts/src/testing/sample-receipt.js';
import { removeDirectory, temporaryDirectory } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

function newDirectory(): string {
  const directory = temporaryDirectory('journal-test-');
  closers.push(() => removeDirectory(directory));
  return directory;
}

async function openJournal(directory: string, options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await Journal.open({ directory, segmentAgeMsMax: 600_000, ...options });
  closers.push(() => journal.close());
  return journal;
}

/** Request numbers in all sealed chunks of a journal. */
function numbersIn(journal: Journal): number[] {
  return journal
    .sealedChunks()
    .flatMap((chunk) => [...decodeChunk(readFileSync(chunk.path), chunk.chunkId)])
    .map((receipt) => Number.parseInt(receipt.requestId, 16))
    .toSorted((a, b) => a - b);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

/** What a process killed at this moment would leave: the journal is abandoned and its owner file names a process that is gone. */
function abandon(journal: Journal): void {
  const owner = { pid: 999_999_999, host: hostname(), startTime: null, bootId: null };
  writeFileSync(join(journal.directory, 'owner.json'), JSON.stringify(owner));
}

describe('journal', () => {
  it('writes the receipts of one event-loop turn with one write, and flushed() waits for it', async () => {
    const writes: number[] = [];
    const journal = await openJournal(newDirectory(), { hooks: { onWrite: (receipts) => writes.push(receipts) } });
    for (const n of range(0, 50)) journal.append(sampleReceipt(n));
    const flushed = journal.flushed();
    expect(writes).toEqual([]);
    await flushed;
    expect(writes).toEqual([50]);
    journal.append(sampleReceipt(50));
    await Promise.all([journal.flushed(), journal.flushed()]);
    expect(writes).toEqual([50, 1]);
    expect(journal.seal()).toBe(true);
    expect(numbersIn(journal)).toEqual(range(0, 51));
  });

  it.each(['off', 'interval', 'each'] as const)('keeps every receipt over rotations with fsync %s', async (fsync) => {
    const journal = await openJournal(newDirectory(), { fsync, segmentReceiptsMax: 40, fsyncIntervalMs: 5 });
    for (const turn of range(0, 20)) {
      for (const n of range(0, 10)) journal.append(sampleReceipt(turn * 10 + n));
      await journal.flushed();
    }
    expect(journal.sealedChunks()).toHaveLength(5);
    expect(numbersIn(journal)).toEqual(range(0, 200));
  });

  it('seals by bytes and by age', async () => {
    const byBytes = await openJournal(newDirectory(), { segmentBytesMax: 10_000 });
    for (const n of range(0, 200)) {
      byBytes.append(sampleReceipt(n));
      await byBytes.flushed();
    }
    expect(byBytes.sealedChunks().length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...byBytes.sealedChunks().map((chunk) => chunk.bytes))).toBeLessThan(10_500);

    const byAge = await openJournal(newDirectory(), { segmentAgeMsMax: 40 });
    byAge.append(sampleReceipt(1));
    await waitFor('sealing by age', () => byAge.sealedChunks().length === 1);
  });

  it('announces a sealed chunk only when the tally that outlives it is saved', async () => {
    const journal = await openJournal(newDirectory(), { segmentReceiptsMax: 2 });
    let saved: unknown;
    journal.onSealed(() => (saved = JSON.parse(readFileSync(join(journal.directory, 'spent.json'), 'utf8'))));
    journal.append(sampleReceipt(1));
    journal.append(sampleReceipt(2, { billable: false }));
    await journal.flushed();
    const { applicationId, day } = sampleReceipt(1);
    expect(saved).toEqual({ version: 1, throughSequence: 1, spent: { [applicationId]: { [day]: 1 } } });
  });

  it('refuses receipts beyond its disk budget and takes them again when chunks were deleted', async () => {
    const journal = await openJournal(newDirectory(), { diskBytesMax: 20_000, segmentReceiptsMax: 10 });
    expect(() => {
      for (const n of range(0, 200)) {
        journal.append(sampleReceipt(n));
        journal.seal();
      }
    }).toThrow(JournalFullError);
    expect(journal.accepting).toBe(false);
    for (const chunk of journal.sealedChunks()) journal.deleteChunk(chunk.chunkId);
    expect(journal.accepting).toBe(true);
    journal.append(sampleReceipt(1));
    await journal.flushed();
  });

  it('leaves the segment decodable when a receipt is refused', async () => {
    const journal = await openJournal(newDirectory());
    journal.append(sampleReceipt(0));
    expect(() => journal.append(sampleReceipt(1, { method: 'new', nodeSignature: Buffer.alloc(3) }))).toThrow(
      /nodeSignature/,
    );
    journal.append(sampleReceipt(2, { method: 'newer' }));
    await journal.flushed();
    journal.seal();
    expect(numbersIn(journal)).toEqual([0, 2]);
  });

  it('removes its directory when everything was shipped, and refuses receipts after close', async () => {
    const directory = newDirectory();
    const journal = await openJournal(directory);
    await journal.close();
    expect(readdirSync(directory)).toEqual([]);
    expect(() => journal.append(sampleReceipt(1))).toThrow(JournalClosedError);
  });

  it('never reuses an instance id', async () => {
    const directory = newDirectory();
    const journal = await openJournal(directory, { instanceId: 'a' });
    await expect(Journal.open({ directory, instanceId: 'a' })).rejects.toThrow(/never reused/);
    await expect(Journal.open({ directory, instanceId: '../a' })).rejects.toThrow(RangeError);
    await journal.close();
  });
});

describe('adoption', () => {
  it('leaves living instances alone', async () => {
    const directory = newDirectory();
    const first = await openJournal(directory);
    const second = await openJournal(directory);
    first.append(sampleReceipt(1));
    await first.flushed();
    expect(await second.adopt()).toEqual([]);
  });

  it('finds the receipts of a closed instance that could not ship', async () => {
    const directory = newDirectory();
    const first = await openJournal(directory, { instanceId: 'first' });
    first.append(sampleReceipt(7));
    await first.close();
    const second = await openJournal(directory);
    const adopted = await second.adopt();
    expect(adopted.map((instance) => instance.instanceId)).toEqual(['first']);
    expect(numbersIn(second)).toEqual([7]);
  });

  it.each(range(0, 12).map((n) => n * 23 + 1))(
    'cuts a tail torn %i bytes before its end and keeps what is whole',
    async (missing) => {
      const directory = newDirectory();
      const dead = await openJournal(directory, { instanceId: 'dead' });
      for (const n of range(0, 3)) dead.append(sampleReceipt(n));
      await dead.flushed();
      const segment = join(dead.directory, '00000001.segment');
      const { length } = readFileSync(segment);
      truncateSync(segment, length - missing);
      abandon(dead);
      let torn = 0;
      const next = await openJournal(directory, { hooks: { onTornTail: (bytes) => (torn += bytes) } });
      const [instance] = await next.adopt();
      expect(numbersIn(next)).toEqual(range(0, 3 - Math.ceil(missing / 264)));
      expect(torn).toBe((264 - (missing % 264)) % 264);
      expect([...(instance?.spent.values() ?? [])][0]?.get('2026-11-21')).toBe(3 - Math.ceil(missing / 264));
    },
  );

  it('counts what a dead instance spent over its whole life, though most of it was shipped, and once', async () => {
    const directory = newDirectory();
    const dead = await openJournal(directory, { instanceId: 'dead', segmentReceiptsMax: 10 });
    for (const n of range(0, 25)) {
      dead.append(sampleReceipt(n, { billable: n % 5 !== 0 }));
      await dead.flushed();
    }
    for (const chunk of dead.sealedChunks()) dead.deleteChunk(chunk.chunkId);
    abandon(dead);

    const next = await openJournal(directory, { instanceId: 'next' });
    const seen: AdoptedInstance[] = [];
    // The first attempt fails after the directory was put in order: nothing may be moved or counted twice.
    const failing = next.adopt((instance) => {
      seen.push(instance);
      return Promise.reject(new Error('Redis is away'));
    });
    await expect(failing).rejects.toThrow('away');
    expect(next.sealedChunks()).toEqual([]);
    await next.adopt(async (instance) => void seen.push(instance));
    const { applicationId, day } = sampleReceipt(0);
    expect(seen.map((instance) => instance.spent.get(applicationId)?.get(day))).toEqual([20, 20]);
    expect(numbersIn(next)).toEqual(range(20, 25));
    expect(await next.adopt()).toEqual([]);

    // What was adopted is not the adopter's own spending when it dies in turn.
    abandon(next);
    const last = await openJournal(directory);
    const [second] = await last.adopt();
    expect(second?.spent.size).toBe(0);
    expect(numbersIn(last)).toEqual(range(20, 25));
  });

  it('finishes the adoption that another process died in', async () => {
    const directory = newDirectory();
    const dead = await openJournal(directory, { instanceId: 'dead' });
    dead.append(sampleReceipt(1));
    await dead.flushed();
    abandon(dead);
    const adopter = await openJournal(directory, { instanceId: 'adopter' });
    await adopter.adopt(() => Promise.reject(new Error('killed here'))).catch(() => undefined);
    abandon(adopter);
    const last = await openJournal(directory);
    const adopted = await last.adopt();
    expect(adopted.map((instance) => instance.instanceId).toSorted()).toEqual(['adopter', 'dead']);
    expect(numbersIn(last)).toEqual([1]);
  });

  it('sets a damaged chunk aside instead of shipping or deleting it', async () => {
    const directory = newDirectory();
    const dead = await openJournal(directory, { instanceId: 'dead', segmentReceiptsMax: 1 });
    dead.append(sampleReceipt(1));
    await dead.flushed();
    const [chunk] = dead.sealedChunks();
    if (chunk === undefined) throw new Error('nothing was sealed');
    const bytes = readFileSync(chunk.path);
    bytes[300] = (bytes[300] ?? 0) ^ 1;
    writeFileSync(chunk.path, bytes);
    abandon(dead);
    const next = await openJournal(directory);
    await next.adopt();
    expect(next.sealedChunks()).toEqual([]);
    expect(readdirSync(join(directory, '.damaged'))).toEqual([`${chunk.chunkId}.chunk`]);
  });

  it('loses no acknowledged receipt of a process killed at any moment, and adopts it once among many', async () => {
    const directory = newDirectory();
    const program = transpiledJournal(newDirectory());
    for (const round of range(0, 4)) {
      const child = spawn(process.execPath, [program, directory, `child-${round}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const acknowledged = await killAfter(child, 3_000 + round * 1_371);
      const adopters = await Promise.all(range(0, 3).map(() => openJournal(directory)));
      const adopted = (await Promise.all(adopters.map((journal) => journal.adopt()))).flat();
      expect(adopted.filter((instance) => instance.instanceId === `child-${round}`)).toHaveLength(1);
      const numbers = adopters.flatMap((journal) => numbersIn(journal)).toSorted((a, b) => a - b);
      expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
      expect(numbers).toEqual(range(0, numbers.length));
      for (const journal of adopters) {
        for (const chunk of journal.sealedChunks()) journal.deleteChunk(chunk.chunkId);
        await journal.close();
      }
    }
  });
});

/** Compiles the journal for a child process, which has no TypeScript loader. Returns the program's path. */
function transpiledJournal(directory: string): string {
  const source = join(import.meta.dirname, '../../libs/receipts/src');
  mkdirSync(join(directory, 'testing'));
  const transpile = (from: string, to: string): void => {
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
    writeFileSync(join(directory, to), ts.transpileModule(readFileSync(from, 'utf8'), { compilerOptions }).outputText);
  };
  for (const name of readdirSync(source).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))) {
    transpile(join(source, name), name.replace(/ts$/, 'js'));
  }
  transpile(join(source, 'testing/sample-receipt.ts'), 'testing/sample-receipt.js');
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  const program = join(directory, 'program.js');
  writeFileSync(
    program,
    `import { Journal } from './journal.js';
     import { sampleReceipt } from './testing/sample-receipt.js';
     const [directory, instanceId] = process.argv.slice(2);
     const journal = await Journal.open({ directory, instanceId, segmentReceiptsMax: 500 });
     for (let n = 0; ; ) {
       for (let k = 0; k < 7; k += 1) journal.append(sampleReceipt(n++));
       await journal.flushed();
       process.stdout.write(n + '\\n');
     }`,
  );
  return program;
}

/** Kills the process when it has acknowledged so many receipts; resolves to the last number it acknowledged. */
function killAfter(child: ChildProcess, receipts: number): Promise<number> {
  return new Promise((resolve) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += String(chunk);
      if (Number(output.trimEnd().split('\n').at(-1)) >= receipts) child.kill('SIGKILL');
    });
    // 'close' comes after the last output was read; a line without its end was not wholly sent.
    child.once('close', () => resolve(Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1))));
  });
}
