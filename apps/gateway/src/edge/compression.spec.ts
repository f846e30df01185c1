import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Compression, preferredCoding } from './compression.js';

const compression = new Compression({ enabled: true, requestBytesMax: 10_000 });
const text = Buffer.from(JSON.stringify({ result: 'ab'.repeat(2_000) }));

describe('the coding of an answer', () => {
  it.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['GZIP;Q=0.2', 'gzip'],
    ['x-gzip', 'gzip'],
    ['*', 'br'],
    ['*, br;q=0', 'gzip'],
    ['gzip;q=0.3, identity;q=0.2', 'gzip'],
  ])('for "%s" is %s', (accepted, coding) => expect(preferredCoding(accepted)).toBe(coding));

  it.each([
    '',
    'identity',
    'deflate',
    'zstd',
    'gzip;q=0',
    'br;q=0, gzip;q=0',
    '*;q=0',
    'gzip;q=x',
    'gzip;q=0.1, identity',
    ',;,',
    'agzip',
    'brx',
  ])('for "%s" is none', (accepted) => expect(preferredCoding(accepted)).toBeNull());

  it('is used for answers of 1 KiB and more, and gives the same bytes back', async () => {
    expect(compression.encode(Buffer.alloc(1_023, 'a'), 'gzip')).toBeNull();
    expect(compression.encode(text, undefined)).toBeNull();
    const zipped = await compression.encode(text, 'gzip');
    const brotli = await compression.encode(text, 'br');
    expect(gunzipSync(zipped!.bytes)).toEqual(text);
    expect(brotliDecompressSync(brotli!.bytes)).toEqual(text);
    expect(zipped!.bytes.length).toBeLessThan(text.length / 10);
  });

  it('is none while too much is being compressed, and for whom it is switched off', async () => {
    const narrow = new Compression({ enabled: true, requestBytesMax: 1, pendingBytesMax: text.length });
    const first = narrow.encode(text, 'gzip');
    expect(narrow.encode(text, 'gzip')).toBeNull();
    expect(await first).not.toBeNull();
    expect(await narrow.encode(text, 'gzip')).not.toBeNull();
    const off = new Compression({ enabled: false, requestBytesMax: 1 });
    expect(off.encode(text, 'gzip')).toBeNull();
    expect(off.varies(text.length)).toBe(false);
    expect(off.inflate(gzipSync(text), 'gzip')).toMatchObject({ reason: 'parse' });
  });
});

describe('a compressed request', () => {
  it('comes out as it was, up to the bound', async () => {
    expect(await compression.inflate(gzipSync(text), 'gzip')).toEqual(text);
    expect(await compression.inflate(gzipSync(Buffer.alloc(10_000)), ' GZIP ')).toHaveLength(10_000);
    expect(compression.inflate(text, 'identity')).toBe(text);
  });

  it('that grows beyond the bound is refused as size, without growing further', async () => {
    expect(await compression.inflate(gzipSync(Buffer.alloc(10_001)), 'gzip')).toMatchObject({ reason: 'size' });
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(await compression.inflate(bomb, 'gzip')).toMatchObject({ reason: 'size', data: { limit: 10_000 } });
  });

  it('that is cut off, no gzip or in another coding is refused as parse', async () => {
    expect(await compression.inflate(gzipSync(text).subarray(0, -5), 'gzip')).toMatchObject({ reason: 'parse' });
    expect(await compression.inflate(text, 'gzip')).toMatchObject({ reason: 'parse' });
    expect(await compression.inflate(Buffer.alloc(0), 'gzip')).toMatchObject({ reason: 'parse' });
    for (const coding of ['br', 'deflate', 'gzip, gzip', 'zstd']) {
      expect(await compression.inflate(text, coding)).toMatchObject({ reason: 'parse' });
    }
  });
});
