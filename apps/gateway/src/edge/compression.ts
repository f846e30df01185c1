import { brotliCompress, constants, gunzip, gzip } from 'node:zlib';
import { type Refusal, refuse } from '../relay/refusal.js';

/** A content coding that answers are sent in. */
export type Coding = 'br' | 'gzip';

/** An answer's bytes with the coding they are in. */
export interface EncodedAnswer {
  readonly bytes: Buffer;
  readonly coding: Coding;
}

export interface CompressionOptions {
  /** False: answers leave as they are, and requests must come so. */
  readonly enabled: boolean;
  /** Answers below stay as they are: a packet carries them either way. */
  readonly answerBytesMin?: number;
  /** What a compressed request may grow to. */
  readonly requestBytesMax: number;
  /** Bytes of answers being compressed at one time; what comes beyond leaves as it is. */
  readonly pendingBytesMax?: number;
}

/** A packet's worth; below it the coding's own costs are most of what it could save. */
const ANSWER_BYTES_MIN = 1_024;
/** The thread pool is also the journal's: so much keeps two of its four threads busy for some 20 ms. */
const PENDING_BYTES_MAX = 4 * 1024 * 1024;
/** Outputs of the pool's jobs; larger than zlib's 16 KiB, so that large answers cost the event loop few turns. */
const CHUNK_BYTES = 128 * 1024;

/**
 * Compresses answers for callers that ask for it and inflates requests that come compressed, both on zlib's threads.
 * The plain bytes are the same with and without.
 */
export class Compression {
  readonly #o: CompressionOptions;
  readonly #answerBytesMin: number;
  readonly #pendingBytesMax: number;
  #pendingBytes = 0;

  constructor(options: CompressionOptions) {
    this.#o = options;
    this.#answerBytesMin = options.answerBytesMin ?? ANSWER_BYTES_MIN;
    this.#pendingBytesMax = options.pendingBytesMax ?? PENDING_BYTES_MAX;
  }

  /** True when an answer of this size would be compressed for some callers; it then says so with `Vary`. */
  varies(bytes: number): boolean {
    return this.#o.enabled && bytes >= this.#answerBytesMin;
  }

  /**
   * The answer in the coding that the caller prefers; null where it is sent as it is: small, not asked for, or too much is
   * being compressed already. Never rejects.
   */
  encode(bytes: Buffer, accepted: string | undefined): Promise<EncodedAnswer | null> | null {
    if (accepted === undefined || !this.varies(bytes.length)) return null;
    const coding = preferredCoding(accepted);
    if (coding === null) return null;
    // The largest answers go alone, however large they are.
    if (this.#pendingBytes > 0 && this.#pendingBytes + bytes.length > this.#pendingBytesMax) return null;
    this.#pendingBytes += bytes.length;
    return new Promise((resolve) => {
      const done = (error: Error | null, encoded: Buffer): void => {
        this.#pendingBytes -= bytes.length;
        resolve(error !== null || encoded.length >= bytes.length ? null : { bytes: encoded, coding });
      };
      const chunkSize = Math.min(CHUNK_BYTES, Math.max(4_096, bytes.length >> 1));
      if (coding === 'gzip') gzip(bytes, { level: 1, chunkSize }, done);
      else brotliCompress(bytes, { chunkSize, params: brotliParameters(bytes.length) }, done);
    });
  }

  /** The plain body of a request sent as `coding`; or its refusal, `size` for one that grows beyond the bound. Never rejects. */
  inflate(body: Buffer, coding: string): Promise<Buffer | Refusal> | Buffer | Refusal {
    const name = coding.trim().toLowerCase();
    if (name === 'identity' || name === '') return body;
    if (!this.#o.enabled) return refuse('parse', `Send the body uncompressed, not as ${name.slice(0, 64)}.`);
    if (name !== 'gzip' && name !== 'x-gzip') {
      return refuse('parse', `Send the body uncompressed or as gzip, not as ${name.slice(0, 64)}.`);
    }
    const limit = this.#o.requestBytesMax;
    return new Promise((resolve) => {
      gunzip(body, { maxOutputLength: limit }, (error, plain) => {
        if (error === null) resolve(plain);
        else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
          resolve(
            refuse('size', `The body inflates to more than ${limit} bytes. Send less in one request.`, { limit }),
          );
        } else resolve(refuse('parse', 'The body is not gzip, though its Content-Encoding says so.'));
      });
    });
  }
}

/** The fastest quality: on JSON it takes a quarter of gzip's time and comes out smaller. */
function brotliParameters(bytes: number): Record<number, number> {
  return {
    [constants.BROTLI_PARAM_QUALITY]: 1,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
  };
}

/** The coding that an `Accept-Encoding` (RFC 9110, section 12.5.3) prefers of ours; null: none, or the bytes as they are. */
export function preferredCoding(accepted: string): Coding | null {
  let any: number | null = null;
  const weights = new Map<string, number>();
  for (const part of accepted.slice(0, 512).split(',')) {
    const [name = '', ...parameters] = part.split(';');
    const coding = name.trim().toLowerCase();
    if (coding === '') continue;
    const weight = weightOf(parameters);
    if (coding === '*') any = weight;
    else weights.set(coding === 'x-gzip' ? 'gzip' : coding, weight);
  }
  const brotli = weights.get('br') ?? any ?? 0;
  const zipped = weights.get('gzip') ?? any ?? 0;
  const best = Math.max(brotli, zipped);
  if (best === 0 || best < (weights.get('identity') ?? 0)) return null;
  return brotli >= zipped ? 'br' : 'gzip';
}

/** The `q` of a list's item: 1 when it has none, 0 when it is none. */
function weightOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const match = /^\s*q\s*=\s*(.*?)\s*$/i.exec(parameter);
    if (match === null) continue;
    const weight = Number(match[1]);
    return weight > 0 && weight <= 1 ? weight : 0;
  }
  return 1;
}
