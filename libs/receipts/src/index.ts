export type { Receipt, RelayPurpose, SessionRef } from './receipt.js';
export type {
  AdoptedInstance,
  FsyncPolicy,
  JournalHooks,
  JournalOptions,
  SealedChunk,
  SpentByApplication,
} from './journal.options.js';
export {
  ChunkFormatError,
  JournalClosedError,
  JournalFullError,
  JournalUnavailableError,
  JournalWriteError,
  ReceiptFieldError,
} from './errors.js';
export { type DecodedChunk, chunkIdOf, decodeChunk, encodeChunk } from './chunk.js';
export { type RelayView, type StoredChunk, openStoredChunk } from './stored-chunk.js';
export type { SegmentHeader } from './segment-encoder.js';
export { Journal } from './journal.js';
export type { InstanceOwner, InstanceOwners } from './instance-owner.js';
export type { JournalDisk, JournalDiskEntry } from './journal-disk.js';
export type { JournalHost, JournalTimers } from './journal-host.js';
export { JournalAdopter, type JournalAdopterOptions } from './journal-adopter.js';
export { BullChunkQueue, type ChunkQueue } from './chunk-queue.js';
export { ChunkShipper, type ChunkShipperHooks, type ChunkShipperOptions } from './chunk-shipper.js';
