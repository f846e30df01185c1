import { createHash } from 'node:crypto';
import { ChunkFormatError } from './errors.js';
import type { Receipt, SessionRef } from './receipt.js';
import {
  At,
  FLAG_BILLABLE,
  FLAG_ESCAPED,
  FLAG_RPC_ERROR,
  FLAG_VERIFIED,
  FRAME_BYTES,
  HASH_BYTES,
  PREAMBLE_BYTES,
  PURPOSES,
  PURPOSE_MASK,
  RECEIPT_BYTES,
  RecordType,
} from './record-format.js';
import { SegmentEncoder, type SegmentHeader } from './segment-encoder.js';
import { scanSegment } from './segment-scan.js';

/** Upper bound of a chunk that is decoded; the same as a job may carry. */
const CHUNK_DECODE_BYTES_MAX = 4 * 1024 * 1024;

/** A decoded chunk: checked as a whole before the first receipt is handed out. */
export interface DecodedChunk extends Iterable<Receipt> {
  /** SHA-256 of the bytes, hex. */
  readonly chunkId: string;
  readonly header: SegmentHeader;
  /** Number of receipts the iterator yields, in the order they were appended. */
  readonly receipts: number;
}

/** The identity of a chunk: SHA-256 of its content, lower-case hex. */
export function chunkIdOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Encodes receipts as one sealed chunk. The same receipts and header give the same bytes and identity. */
export function encodeChunk(receipts: Iterable<Receipt>, header: SegmentHeader): { chunkId: string; bytes: Buffer } {
  const encoder = new SegmentEncoder(header);
  for (const receipt of receipts) encoder.append(receipt);
  const bytes = Buffer.concat([encoder.batch, encoder.footer()]);
  return { chunkId: chunkIdOf(bytes), bytes };
}

/**
 * Decodes a sealed chunk. Strict: magic, version, every checksum, the footer's count and every reference are checked before
 * anything is returned, so no caller sees half of a damaged chunk. Throws {@link ChunkFormatError}; with `chunkId` given, also when
 * the content is not that chunk's. Bounded: 4 MiB. Memory-flat: receipts are made one at a time and their buffers are views
 * of `bytes`; copy what must outlive it.
 */
export function decodeChunk(bytes: Uint8Array, chunkId?: string): DecodedChunk {
  if (bytes.length > CHUNK_DECODE_BYTES_MAX) throw new ChunkFormatError(`more than ${CHUNK_DECODE_BYTES_MAX} bytes`, 0);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const id = chunkIdOf(buffer);
  if (chunkId !== undefined && id !== chunkId) throw new ChunkFormatError('content is not that of its identity', 0);
  const scan = scanSegment(buffer);
  if (!scan.isSealed) throw new ChunkFormatError(scan.stoppedBy ?? 'no footer', scan.goodBytes);
  return chunkView(buffer, id, scan.receipts);
}

function chunkView(buffer: Buffer, chunkId: string, receipts: number): DecodedChunk {
  const header = readHeader(buffer);
  checkReferences(buffer);
  return { chunkId, header, receipts, [Symbol.iterator]: () => readReceipts(buffer) };
}

interface Frame {
  readonly type: number;
  /** Offset and length of the payload, type byte included. */
  readonly at: number;
  readonly length: number;
}

/** The records of a whole segment, in order. */
export function* frames(buffer: Buffer): Generator<Frame> {
  let at = PREAMBLE_BYTES;
  while (at < buffer.length) {
    const length = buffer.readUInt32LE(at);
    yield { type: buffer[at + 4] ?? -1, at: at + 4, length };
    at += length + FRAME_BYTES;
  }
}

/** Reads texts in sequence and refuses to run over the payload's end. */
class TextReader {
  constructor(
    private readonly buffer: Buffer,
    private at: number,
    private readonly end: number,
  ) {}

  next(): string {
    if (this.at + 2 > this.end) throw new ChunkFormatError('text runs over its record', this.at);
    const length = this.buffer.readUInt16LE(this.at);
    const start = this.at + 2;
    if (start + length > this.end) throw new ChunkFormatError('text runs over its record', this.at);
    this.at = start + length;
    return this.buffer.toString('utf8', start, this.at);
  }

  finish(): void {
    if (this.at !== this.end) throw new ChunkFormatError('record is longer than its fields', this.at);
  }
}

function readHeader(buffer: Buffer): SegmentHeader {
  const length = buffer.length < PREAMBLE_BYTES + FRAME_BYTES ? 0 : buffer.readUInt32LE(PREAMBLE_BYTES);
  const at = PREAMBLE_BYTES + 4;
  if (length < 15 || buffer[at] !== RecordType.header) throw new ChunkFormatError('no header', PREAMBLE_BYTES);
  const texts = new TextReader(buffer, at + 13, at + length);
  const header = {
    sequence: buffer.readUInt32LE(at + 1),
    createdAtMs: buffer.readDoubleLE(at + 5),
    instanceId: texts.next(),
  };
  texts.finish();
  return header;
}

const REFERENCE_OFFSETS = [At.tenant, At.endpoint, At.key, At.application, At.chain, At.method, At.day, At.node];

/** A valid checksum over wrong fields is a bug or an attack: found here, before a receipt is handed out. */
function checkReferences(buffer: Buffer): void {
  let texts = 0;
  let sessions = 0;
  for (const { type, at, length } of frames(buffer)) {
    if (type === RecordType.text) {
      const text = new TextReader(buffer, at + 1, at + length);
      text.next();
      text.finish();
      texts += 1;
    } else if (type === RecordType.session) {
      readSession(buffer, at, length);
      sessions += 1;
    } else if (type === RecordType.receipt) {
      const flags = buffer[at + At.flags] ?? 0;
      const expected = flags & FLAG_ESCAPED ? RECEIPT_BYTES + HASH_BYTES : RECEIPT_BYTES;
      if (length !== expected) throw new ChunkFormatError('receipt of wrong length', at);
      if ((flags & PURPOSE_MASK) >= PURPOSES.length || flags >= 1 << 7) throw new ChunkFormatError('unknown flags', at);
      for (const offset of REFERENCE_OFFSETS) {
        if (buffer.readUInt16LE(at + offset) >= texts) throw new ChunkFormatError('receipt refers to no text', at);
      }
      if (buffer.readUInt16LE(at + At.session) >= sessions)
        throw new ChunkFormatError('receipt refers to no session', at);
    } else if (type !== RecordType.header && type !== RecordType.footer) {
      throw new ChunkFormatError('unknown record type', at);
    }
  }
}

/** A session record's content. Throws {@link ChunkFormatError} where it is not one. */
export function readSession(buffer: Buffer, at: number, length: number): SessionRef {
  if (length < 9) throw new ChunkFormatError('session of wrong length', at);
  const texts = new TextReader(buffer, at + 9, at + length);
  const sessionHeight = buffer.readDoubleLE(at + 1);
  if (!Number.isSafeInteger(sessionHeight) || sessionHeight < 0) throw new ChunkFormatError('session height', at);
  const chain = texts.next();
  const applicationPublicKeyHex = texts.next();
  const aat = {
    version: texts.next(),
    app_pub_key: texts.next(),
    client_pub_key: texts.next(),
    signature: texts.next(),
  };
  texts.finish();
  return { applicationPublicKeyHex, chain, sessionHeight, aat };
}

function* readReceipts(buffer: Buffer): Generator<Receipt, void, undefined> {
  const texts: string[] = [];
  const sessions: SessionRef[] = [];
  for (const { type, at, length } of frames(buffer)) {
    if (type === RecordType.text) texts.push(buffer.toString('utf8', at + 3, at + length));
    else if (type === RecordType.session) sessions.push(readSession(buffer, at, length));
    else if (type === RecordType.receipt) yield readReceipt(buffer, at, texts, sessions);
  }
}

/** The receipt whose payload begins at `at`; the references were checked. */
export function readReceipt(
  buffer: Buffer,
  at: number,
  texts: readonly string[],
  sessions: readonly SessionRef[],
): Receipt {
  const text = (offset: number): string => texts[buffer.readUInt16LE(at + offset)] as string;
  const view = (offset: number, length: number): Buffer => buffer.subarray(at + offset, at + offset + length);
  const flags = buffer[at + At.flags] as number;
  return {
    requestId: buffer.toString('hex', at + At.requestId, at + At.requestId + 16),
    tenantId: text(At.tenant),
    endpointId: text(At.endpoint),
    keyId: text(At.key),
    applicationId: text(At.application),
    chain: text(At.chain),
    method: text(At.method),
    day: text(At.day),
    answeredAtMs: buffer.readDoubleLE(at + At.answeredAtMs),
    durationUs: buffer.readUInt32LE(at + At.durationUs),
    bytesIn: buffer.readUInt32LE(at + At.bytesIn),
    bytesOut: buffer.readUInt32LE(at + At.bytesOut),
    purpose: PURPOSES[flags & PURPOSE_MASK] as Receipt['purpose'],
    billable: (flags & FLAG_BILLABLE) !== 0,
    rpcError: (flags & FLAG_RPC_ERROR) !== 0,
    session: sessions[buffer.readUInt16LE(at + At.session)] as SessionRef,
    nodePublicKeyHex: text(At.node),
    entropy: buffer.readBigInt64LE(at + At.entropy),
    requestHash: view(At.requestHash, 32),
    responseHash: view(At.responseHash, 32),
    responseHashEscaped: flags & FLAG_ESCAPED ? view(At.responseHashEscaped, 32) : null,
    clientSignature: view(At.clientSignature, 64),
    nodeSignature: view(At.nodeSignature, 64),
    verified: (flags & FLAG_VERIFIED) !== 0,
  };
}
