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
  JournalWriteError,
  ReceiptFieldError,
} from './errors.js';
