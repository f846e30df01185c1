import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkIdOf, decodeChunk, encodeChunk } from './chunk.js';
import { ChunkFormatError, ReceiptFieldError } from './errors.js';
import { footerRecord } from './segment-encoder.js';
import { arbitraryReceipt } from './testing/arbitrary-receipt.js';
import { sampleReceipt } from './testing/sample-receipt.js';

const header = { instanceId: 'gateway-1', sequence: 7, createdAtMs: 1_795_219_200_000 };
const sample = encodeChunk([sampleReceipt(1), sampleReceipt(2, { responseHashEscaped: Buffer.alloc(32, 9) })], header);

describe('chunk format', () => {
  it('gives back any receipts as they were appended', () => {
    fc.assert(
      fc.property(fc.array(arbitraryReceipt, { maxLength: 20 }), (receipts) => {
        const { bytes, chunkId } = encodeChunk(receipts, header);
        const decoded = decodeChunk(bytes, chunkId);
        expect(decoded.header).toEqual(header);
        expect(decoded.receipts).toBe(receipts.length);
        expect([...decoded]).toEqual(receipts);
      }),
      { numRuns: 200 },
    );
  });

  it('gives equal content the same identity and different content another', () => {
    const again = encodeChunk(
      [sampleReceipt(1), sampleReceipt(2, { responseHashEscaped: Buffer.alloc(32, 9) })],
      header,
    );
    expect(again.chunkId).toBe(sample.chunkId);
    expect(encodeChunk([sampleReceipt(1)], header).chunkId).not.toBe(sample.chunkId);
    expect(encodeChunk([sampleReceipt(1)], { ...header, sequence: 8 }).chunkId).not.toBe(
      encodeChunk([sampleReceipt(1)], header).chunkId,
    );
  });

  it('detects a change of any single byte, even without knowing the identity', () => {
    for (let at = 0; at < sample.bytes.length; at += 1) {
      for (const mask of [0x01, 0x80, 0xff]) {
        const damaged = Buffer.from(sample.bytes);
        damaged[at] = (damaged[at] ?? 0) ^ mask;
        expect(() => decodeChunk(damaged), `byte ${at} ^ ${mask}`).toThrow(ChunkFormatError);
      }
    }
  });

  it('detects truncation at any byte, bytes behind the footer and a repeated footer', () => {
    for (let length = 0; length < sample.bytes.length; length += 1) {
      expect(() => decodeChunk(sample.bytes.subarray(0, length))).toThrow(ChunkFormatError);
    }
    expect(() => decodeChunk(Buffer.concat([sample.bytes, Buffer.of(0)]))).toThrow(ChunkFormatError);
    expect(() => decodeChunk(Buffer.concat([sample.bytes, footerRecord(2)]))).toThrow(ChunkFormatError);
  });

  it('refuses content under another identity', () => {
    expect(() => decodeChunk(sample.bytes, chunkIdOf(Buffer.of(1)))).toThrow(/identity/);
  });

  it('never throws anything but its own error on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (noise, withPreamble) => {
        const bytes = withPreamble ? Buffer.concat([sample.bytes.subarray(0, 40), noise]) : noise;
        expect(() => decodeChunk(bytes)).toThrow(ChunkFormatError);
      }),
    );
  });

  it('refuses a chunk of more bytes than a job may carry', () => {
    expect(() => decodeChunk(Buffer.alloc(4 * 1024 * 1024 + 1))).toThrow(ChunkFormatError);
  });

  it('writes each text and session once', () => {
    const one = encodeChunk([sampleReceipt(1)], header).bytes.length;
    const many = encodeChunk(
      Array.from({ length: 101 }, (_, n) => sampleReceipt(n)),
      header,
    ).bytes.length;
    expect((many - one) / 100).toBe(264);
  });

  it.each([
    ['requestHash', { requestHash: Buffer.alloc(31) }],
    ['nodeSignature', { nodeSignature: Buffer.alloc(65) }],
    ['requestId', { requestId: 'XYZ' }],
    ['method', { method: 'm'.repeat(3_000) }],
    ['entropy', { entropy: 2n ** 63n }],
  ])('names the field %s when it does not fit', (field, overrides) => {
    expect(() => encodeChunk([sampleReceipt(1, overrides)], header)).toThrow(ReceiptFieldError);
    expect(() => encodeChunk([sampleReceipt(1, overrides)], header)).toThrow(field);
  });

  it('bounds measures that do not fit 32 bits instead of losing the receipt', () => {
    const { bytes } = encodeChunk([sampleReceipt(1, { durationUs: 1e12, bytesOut: -5, bytesIn: 10.4 })], header);
    expect([...decodeChunk(bytes)][0]).toMatchObject({ durationUs: 0xffff_ffff, bytesOut: 0, bytesIn: 10 });
  });
});
