import { chunkIdOf, frames, readReceipt, readSession } from './chunk.js';
import { ChunkFormatError } from './errors.js';
import type { Receipt, SessionRef } from './receipt.js';
import { At, FLAG_VERIFIED, RecordType } from './record-format.js';

/**
 * The relay of one receipt, read in place: nothing is copied and nothing is made before it is asked for. One object serves a whole chunk,
 * so what it says is true until the next relay is visited; {@link record} outlives that.
 */
export interface RelayView {
  /** 0 for the chunk's first receipt. */
  readonly position: number;
  /** Where the receipt's record lies, for {@link StoredChunk.receiptAt}. */
  readonly record: number;
  /** The same object for all relays of a session in the chunk. */
  readonly session: SessionRef;
  readonly nodePublicKeyHex: string;
  /** The gateway verified the node's signature before it answered. */
  readonly verified: boolean;
  readonly entropy: bigint;
  /** 32 bytes, a view. */
  readonly requestHash: Buffer;
  /** Copies the answer's hash (32 bytes) and the node's signature over it (64) into `target`, one after the other. */
  copySigned(target: Uint8Array, at: number): void;
}

/** A chunk that was stored, and so was decoded and checked in every field before. */
export interface StoredChunk {
  readonly chunkId: string;
  readonly receipts: number;
  /** Calls `visit` for each relay in order. */
  eachRelay(visit: (relay: RelayView) => void): void;
  /** The whole receipt of a record; its buffers are views of the chunk. */
  receiptAt(record: number): Receipt;
}

/**
 * Opens a chunk that was checked when it was stored: its content must be that of its identity, which makes checksums and references
 * those of then. Throws {@link ChunkFormatError} when it is not.
 */
export function openStoredChunk(bytes: Uint8Array, chunkId: string): StoredChunk {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (chunkIdOf(buffer) !== chunkId) throw new ChunkFormatError('content is not that of its identity', 0);
  return new InPlace(buffer, chunkId);
}

/** Bytes of a footer's count and checksum, the last of a chunk. */
const COUNT_FROM_END = 8;

class InPlace implements StoredChunk {
  readonly receipts: number;
  private readonly texts: string[] = [];
  private readonly sessions: SessionRef[] = [];

  constructor(
    private readonly buffer: Buffer,
    readonly chunkId: string,
  ) {
    this.receipts = buffer.readUInt32LE(buffer.length - COUNT_FROM_END);
    for (const { type, at, length } of frames(buffer)) {
      if (type === RecordType.text) this.texts.push(buffer.toString('utf8', at + 3, at + length));
      else if (type === RecordType.session) this.sessions.push(readSession(buffer, at, length));
    }
  }

  eachRelay(visit: (relay: RelayView) => void): void {
    const view = new View(this.buffer, this.texts, this.sessions);
    for (const { type, at } of frames(this.buffer)) {
      if (type !== RecordType.receipt) continue;
      view.position += 1;
      view.record = at;
      visit(view);
    }
  }

  receiptAt(record: number): Receipt {
    return readReceipt(this.buffer, record, this.texts, this.sessions);
  }
}

class View implements RelayView {
  position = -1;
  record = 0;

  constructor(
    private readonly buffer: Buffer,
    private readonly texts: readonly string[],
    private readonly sessions: readonly SessionRef[],
  ) {}

  get session(): SessionRef {
    return this.sessions[this.buffer.readUInt16LE(this.record + At.session)] as SessionRef;
  }

  get nodePublicKeyHex(): string {
    return this.texts[this.buffer.readUInt16LE(this.record + At.node)] as string;
  }

  get verified(): boolean {
    return ((this.buffer[this.record + At.flags] as number) & FLAG_VERIFIED) !== 0;
  }

  get entropy(): bigint {
    return this.buffer.readBigInt64LE(this.record + At.entropy);
  }

  get requestHash(): Buffer {
    return this.buffer.subarray(this.record + At.requestHash, this.record + At.responseHash);
  }

  copySigned(target: Uint8Array, at: number): void {
    const { buffer, record } = this;
    buffer.copy(target, at, record + At.responseHash, record + At.clientSignature);
    buffer.copy(target, at + 32, record + At.nodeSignature, record + At.responseHashEscaped);
  }
}
