import { describe, expect, it } from 'vitest';
import { BACKOFF_DELAY_MAX_MS, backoffDelayMs, jobId } from './job-options.js';
import { JobName, QUEUE_PREFIX } from './names.js';
import { CHUNK_BYTES_MAX, JobPayloadError, parseJobPayload } from './payloads.js';

const chunkId = 'ab'.repeat(32);

describe('job payloads', () => {
  it('gives a valid payload back', () => {
    const payload = { version: 1, chunkId, bytesBase64: 'AAAA' } as const;
    expect(parseJobPayload(JobName.storeChunk, payload)).toEqual(payload);
    const session = { version: 1, applicationPublicKeyHex: chunkId, chain: '0021', sessionHeight: 5 } as const;
    expect(parseJobPayload(JobName.settleSession, session)).toEqual(session);
  });

  it.each([
    ['an unknown version', { version: 2, chunkId, bytesBase64: 'AAAA' }],
    ['an unknown field', { version: 1, chunkId, bytesBase64: 'AAAA', extra: 1 }],
    ['an upper-case identity', { version: 1, chunkId: chunkId.toUpperCase(), bytesBase64: 'AAAA' }],
    ['a missing field', { version: 1, chunkId }],
    ['more bytes than a chunk may have', { version: 1, chunkId, bytesBase64: 'A'.repeat(CHUNK_BYTES_MAX * 2) }],
    ['no object', null],
  ])('refuses %s', (_name, data) => {
    expect(() => parseJobPayload(JobName.storeChunk, data)).toThrow(JobPayloadError);
  });

  it('never puts the data into the error', () => {
    let message = '';
    try {
      parseJobPayload(JobName.storeChunk, { version: 1, chunkId: 'secret', bytesBase64: 5 });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('chunkId');
    expect(message).not.toContain('secret');
  });

  it('refuses a job name it does not know', () => {
    expect(() => parseJobPayload('other' as JobName, {})).toThrow('unknown job name');
  });
});

describe('job options', () => {
  it('pauses longer and longer, never longer than the ceiling', () => {
    const delays = Array.from({ length: 1_000 }, (_, n) => backoffDelayMs(n + 1));
    expect(delays.slice(0, 4)).toEqual([250, 500, 1_000, 2_000]);
    expect(Math.max(...delays)).toBe(BACKOFF_DELAY_MAX_MS);
  });

  it('makes job ids without colons', () => {
    expect(jobId('a:b', 5, 'c')).toBe('a-b.5.c');
  });

  it('keeps all keys of BullMQ in one Redis Cluster slot', () => {
    expect(QUEUE_PREFIX).toMatch(/^\{.+\}$/);
  });
});
