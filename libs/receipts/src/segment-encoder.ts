import { crc32 } from 'node:zlib';
import { ReceiptFieldError } from './errors.js';
import type { Aat } from '#libs/protocol';
import type { Receipt, RelayPurpose, SessionRef } from './receipt.js';
import {
  At,
  DICTIONARY_ENTRIES_MAX,
  FLAG_BILLABLE,
  FLAG_ESCAPED,
  FLAG_RPC_ERROR,
  FLAG_VERIFIED,
  FORMAT_VERSION,
  FRAME_BYTES,
  HASH_BYTES,
  MAGIC,
  PURPOSES,
  RECEIPTS_MAX,
  RECEIPT_BYTES,
  RecordType,
  SIGNATURE_BYTES,
  TEXT_BYTES_MAX,
  U32_MAX,
} from './record-format.js';

/** What stands at the head of a segment. */
export interface SegmentHeader {
  readonly instanceId: string;
  /** Number of the segment within its instance, from 1. */
  readonly sequence: number;
  readonly createdAtMs: number;
}

interface NumberedSession extends Omit<SessionRef, 'aat'> {
  readonly number: number;
}

/** Room that one receipt with all its definitions may need. */
const RECEIPT_ROOM_BYTES = 15 * (TEXT_BYTES_MAX + FRAME_BYTES + 16) + RECEIPT_BYTES + HASH_BYTES + FRAME_BYTES;
const REQUEST_ID = /^[0-9a-f]{32}$/;

const purposeNumbers = new Map<RelayPurpose, number>(PURPOSES.map((purpose, number) => [purpose, number]));

const clampU32 = (value: number): number => (value >= U32_MAX ? U32_MAX : value > 0 ? Math.round(value) : 0);

/**
 * Encodes one segment into a growing batch buffer. The owner takes `batch`, writes it and then calls `commit`, or `rollback`
 * when the write failed: definitions of a lost batch are forgotten, so that what is on disk always decodes.
 */
export class SegmentEncoder {
  #buffer: Buffer;
  #offset = 0;
  readonly #texts = new Map<string, number>();
  readonly #sessions = new Map<string, number>();
  /** The session last seen with an AAT object, which gateways keep for as long as it is valid: saves building the content key. */
  #sessionsByAat = new Map<Aat, NumberedSession>();
  #uncommittedTexts: string[] = [];
  #uncommittedSessions: string[] = [];
  #receipts = 0;
  #batchReceipts = 0;

  constructor(header: SegmentHeader, batchBytes = 64 * 1024) {
    this.#buffer = Buffer.allocUnsafe(Math.max(batchBytes, 2 * RECEIPT_ROOM_BYTES));
    this.#offset = MAGIC.copy(this.#buffer, 0);
    this.#buffer[this.#offset++] = FORMAT_VERSION;
    const start = this.#begin(RecordType.header);
    this.#offset = this.#buffer.writeUInt32LE(header.sequence, this.#offset);
    this.#offset = this.#buffer.writeDoubleLE(header.createdAtMs, this.#offset);
    this.#text('instanceId', header.instanceId);
    this.#end(start);
  }

  /** Receipts of the segment so far, the uncommitted ones included. */
  get receipts(): number {
    return this.#receipts;
  }

  /** Receipts in the uncommitted batch. */
  get batchReceipts(): number {
    return this.#batchReceipts;
  }

  /** The uncommitted bytes; valid until the next call. */
  get batch(): Buffer {
    return this.#buffer.subarray(0, this.#offset);
  }

  get batchBytes(): number {
    return this.#offset;
  }

  /** No more receipt fits this segment's numbering: it must be sealed. */
  get isFull(): boolean {
    return this.#receipts >= RECEIPTS_MAX || this.#texts.size + 16 > DICTIONARY_ENTRIES_MAX;
  }

  /** Adds a receipt. Throws {@link ReceiptFieldError} and leaves the batch as it was when a field does not fit the format. */
  append(receipt: Receipt): void {
    if (this.#buffer.length - this.#offset < RECEIPT_ROOM_BYTES) this.#grow();
    const undoOffset = this.#offset;
    const undoTexts = this.#uncommittedTexts.length;
    const undoSessions = this.#uncommittedSessions.length;
    try {
      this.#append(receipt);
    } catch (error) {
      this.#offset = undoOffset;
      this.#forget(undoTexts, undoSessions);
      throw error;
    }
    this.#receipts += 1;
    this.#batchReceipts += 1;
  }

  /** The footer record; appended by the owner outside of the batch when it seals the segment. */
  footer(): Buffer {
    return footerRecord(this.#receipts);
  }

  /** The batch is in the file. */
  commit(): void {
    this.#offset = 0;
    this.#batchReceipts = 0;
    this.#uncommittedTexts = [];
    this.#uncommittedSessions = [];
  }

  /** The batch did not reach the file; its receipts are gone. The header, if it was in the batch, stays in it. */
  rollback(headerBytes = 0): void {
    this.#offset = headerBytes;
    this.#receipts -= this.#batchReceipts;
    this.#batchReceipts = 0;
    this.#forget(0, 0);
  }

  #append(receipt: Receipt): void {
    const tenant = this.#textNumber('tenantId', receipt.tenantId);
    const endpoint = this.#textNumber('endpointId', receipt.endpointId);
    const key = this.#textNumber('keyId', receipt.keyId);
    const application = this.#textNumber('applicationId', receipt.applicationId);
    const chain = this.#textNumber('chain', receipt.chain);
    const method = this.#textNumber('method', receipt.method);
    const day = this.#textNumber('day', receipt.day);
    const node = this.#textNumber('nodePublicKeyHex', receipt.nodePublicKeyHex);
    const session = this.#sessionNumber(receipt.session);
    const purpose = purposeNumbers.get(receipt.purpose);
    if (purpose === undefined) throw new ReceiptFieldError('purpose', 'unknown');
    if (!REQUEST_ID.test(receipt.requestId))
      throw new ReceiptFieldError('requestId', 'expected 32 lower-case hex characters');
    const { responseHashEscaped } = receipt;

    const start = this.#begin(RecordType.receipt);
    const buffer = this.#buffer;
    const payload = this.#offset - 1;
    buffer[payload + At.flags] =
      purpose |
      (receipt.billable ? FLAG_BILLABLE : 0) |
      (receipt.rpcError ? FLAG_RPC_ERROR : 0) |
      (receipt.verified ? FLAG_VERIFIED : 0) |
      (responseHashEscaped === null ? 0 : FLAG_ESCAPED);
    putU16(buffer, payload + At.tenant, tenant);
    putU16(buffer, payload + At.endpoint, endpoint);
    putU16(buffer, payload + At.key, key);
    putU16(buffer, payload + At.application, application);
    putU16(buffer, payload + At.chain, chain);
    putU16(buffer, payload + At.method, method);
    putU16(buffer, payload + At.day, day);
    putU16(buffer, payload + At.node, node);
    putU16(buffer, payload + At.session, session);
    buffer.write(receipt.requestId, payload + At.requestId, 'hex');
    buffer.writeDoubleLE(receipt.answeredAtMs, payload + At.answeredAtMs);
    putU32(buffer, payload + At.durationUs, clampU32(receipt.durationUs));
    putU32(buffer, payload + At.bytesIn, clampU32(receipt.bytesIn));
    putU32(buffer, payload + At.bytesOut, clampU32(receipt.bytesOut));
    putEntropy(buffer, payload + At.entropy, receipt.entropy);
    putBytes(buffer, payload + At.requestHash, receipt.requestHash, HASH_BYTES, 'requestHash');
    putBytes(buffer, payload + At.responseHash, receipt.responseHash, HASH_BYTES, 'responseHash');
    putBytes(buffer, payload + At.clientSignature, receipt.clientSignature, SIGNATURE_BYTES, 'clientSignature');
    putBytes(buffer, payload + At.nodeSignature, receipt.nodeSignature, SIGNATURE_BYTES, 'nodeSignature');
    this.#offset = payload + RECEIPT_BYTES;
    if (responseHashEscaped !== null) {
      putBytes(buffer, this.#offset, responseHashEscaped, HASH_BYTES, 'responseHashEscaped');
      this.#offset += HASH_BYTES;
    }
    this.#end(start);
  }

  #textNumber(field: string, text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const start = this.#begin(RecordType.text);
    this.#text(field, text);
    this.#end(start);
    const number = this.#texts.size;
    this.#texts.set(text, number);
    this.#uncommittedTexts.push(text);
    return number;
  }

  #sessionNumber(session: SessionRef): number {
    const { applicationPublicKeyHex, chain, sessionHeight, aat } = session;
    const known = this.#sessionsByAat.get(aat);
    if (
      known !== undefined &&
      known.sessionHeight === sessionHeight &&
      known.chain === chain &&
      known.applicationPublicKeyHex === applicationPublicKeyHex
    ) {
      return known.number;
    }
    const key = JSON.stringify([
      applicationPublicKeyHex,
      chain,
      sessionHeight,
      aat.version,
      aat.app_pub_key,
      aat.client_pub_key,
      aat.signature,
    ]);
    let number = this.#sessions.get(key);
    if (number === undefined) {
      if (!Number.isSafeInteger(sessionHeight) || sessionHeight < 0) {
        throw new ReceiptFieldError('session.sessionHeight', 'expected a safe non-negative integer');
      }
      const start = this.#begin(RecordType.session);
      this.#offset = this.#buffer.writeDoubleLE(sessionHeight, this.#offset);
      this.#text('session.chain', chain);
      this.#text('session.applicationPublicKeyHex', applicationPublicKeyHex);
      this.#text('aat.version', aat.version);
      this.#text('aat.app_pub_key', aat.app_pub_key);
      this.#text('aat.client_pub_key', aat.client_pub_key);
      this.#text('aat.signature', aat.signature);
      this.#end(start);
      number = this.#sessions.size;
      this.#sessions.set(key, number);
      this.#uncommittedSessions.push(key);
    }
    this.#sessionsByAat.set(aat, { applicationPublicKeyHex, chain, sessionHeight, number });
    return number;
  }

  #text(field: string, text: string): void {
    const at = this.#offset + 2;
    // One byte more than allowed tells a text that is too long from one that just fits.
    const bytes = Buffer.byteLength(text);
    if (bytes > TEXT_BYTES_MAX) throw new ReceiptFieldError(field, `more than ${TEXT_BYTES_MAX} bytes`);
    this.#buffer.write(text, at, 'utf8');
    putU16(this.#buffer, this.#offset, bytes);
    this.#offset = at + bytes;
  }

  #begin(type: number): number {
    const start = this.#offset;
    this.#buffer[start + 4] = type;
    this.#offset = start + 5;
    return start;
  }

  #end(start: number): void {
    putU32(this.#buffer, start, this.#offset - start - 4);
    putU32(this.#buffer, this.#offset, crc32(this.#buffer.subarray(start, this.#offset)));
    this.#offset += 4;
  }

  #forget(textsKept: number, sessionsKept: number): void {
    for (const text of this.#uncommittedTexts.splice(textsKept)) this.#texts.delete(text);
    const sessions = this.#uncommittedSessions.splice(sessionsKept);
    for (const session of sessions) this.#sessions.delete(session);
    if (sessions.length > 0) this.#sessionsByAat = new Map();
  }

  #grow(): void {
    const grown = Buffer.allocUnsafe(this.#buffer.length * 2);
    this.#buffer.copy(grown, 0, 0, this.#offset);
    this.#buffer = grown;
  }
}

/** The record that seals a segment of so many receipts. */
export function footerRecord(receipts: number): Buffer {
  const record = Buffer.alloc(FRAME_BYTES + 5);
  record.writeUInt32LE(5, 0);
  record[4] = RecordType.footer;
  record.writeUInt32LE(receipts, 5);
  record.writeUInt32LE(crc32(record.subarray(0, 9)), 9);
  return record;
}

function putU16(buffer: Buffer, at: number, value: number): void {
  buffer[at] = value;
  buffer[at + 1] = value >>> 8;
}

function putU32(buffer: Buffer, at: number, value: number): void {
  buffer[at] = value;
  buffer[at + 1] = value >>> 8;
  buffer[at + 2] = value >>> 16;
  buffer[at + 3] = value >>> 24;
}

function putEntropy(buffer: Buffer, at: number, value: bigint): void {
  if (BigInt.asIntN(64, value) !== value) throw new ReceiptFieldError('entropy', 'expected a signed 64-bit integer');
  buffer.writeBigInt64LE(value, at);
}

function putBytes(buffer: Buffer, at: number, value: Uint8Array, bytes: number, field: string): void {
  if (value.length !== bytes) throw new ReceiptFieldError(field, `expected ${bytes} bytes`);
  buffer.set(value, at);
}
