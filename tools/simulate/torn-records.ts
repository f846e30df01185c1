import { crc32 } from 'node:zlib';
import { PREAMBLE_BYTES } from '../../libs/receipts/src/record-format.js';
import { scanSegment } from '../../libs/receipts/src/segment-scan.js';
import type { SimulatedDisk } from './simulated-disk.js';

/** The planted bug "torn record accepted": completes the half written last record of each segment, checksum included. */
export function tearRecords(disk: SimulatedDisk): void {
  for (const [path, file] of disk.files) {
    if (!path.endsWith('.segment')) continue;
    const bytes = file.bytes.subarray(0, file.length);
    const { goodBytes, stoppedBy } = scanSegment(bytes);
    if (stoppedBy !== 'torn record' || goodBytes <= PREAMBLE_BYTES || file.length - goodBytes < 5) continue;
    const end = goodBytes + 4 + bytes.readUInt32LE(goodBytes);
    const whole = Buffer.alloc(end + 4);
    bytes.copy(whole);
    whole.writeUInt32LE(crc32(whole.subarray(goodBytes, end)), end);
    file.bytes = whole;
    file.length = whole.length;
  }
}
