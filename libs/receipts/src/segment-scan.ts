import { crc32 } from 'node:zlib';
import { FORMAT_VERSION, FRAME_BYTES, MAGIC, PAYLOAD_BYTES_MAX, PREAMBLE_BYTES, RecordType } from './record-format.js';

/** How far a segment's bytes are whole. */
export interface SegmentScan {
  /** Offset behind the last whole record. */
  readonly goodBytes: number;
  readonly receipts: number;
  /** A footer ends the bytes, and its count is right. */
  readonly isSealed: boolean;
  /** Why the scan stopped before the end; null when it did not. */
  readonly stoppedBy: string | null;
}

/**
 * Walks the records and their checksums without decoding fields. A process killed while it wrote leaves a torn last record:
 * `goodBytes` is where to cut. Bytes behind a bad record are never trusted.
 */
export function scanSegment(bytes: Buffer): SegmentScan {
  if (bytes.length < PREAMBLE_BYTES || bytes.compare(MAGIC, 0, 4, 0, 4) !== 0 || bytes[4] !== FORMAT_VERSION) {
    return { goodBytes: 0, receipts: 0, isSealed: false, stoppedBy: 'no preamble' };
  }
  let at = PREAMBLE_BYTES;
  let receipts = 0;
  while (at < bytes.length) {
    const stop = (stoppedBy: string): SegmentScan => ({ goodBytes: at, receipts, isSealed: false, stoppedBy });
    if (bytes.length - at < FRAME_BYTES + 1) return stop('torn record');
    const length = bytes.readUInt32LE(at);
    if (length < 1 || length > PAYLOAD_BYTES_MAX) return stop('record length out of bounds');
    const end = at + 4 + length;
    if (end + 4 > bytes.length) return stop('torn record');
    if (crc32(bytes.subarray(at, end)) !== bytes.readUInt32LE(end)) return stop('checksum mismatch');
    const type = bytes[at + 4];
    if ((type === RecordType.header) !== (at === PREAMBLE_BYTES)) return stop('header is not the first record');
    if (type === RecordType.receipt) receipts += 1;
    if (type === RecordType.footer) {
      if (length !== 5 || bytes.readUInt32LE(at + 5) !== receipts) return stop('footer count differs');
      if (end + 4 !== bytes.length) return stop('bytes behind the footer');
      return { goodBytes: end + 4, receipts, isSealed: true, stoppedBy: null };
    }
    at = end + 4;
  }
  return { goodBytes: at, receipts, isSealed: false, stoppedBy: null };
}
