/** The journal cannot take a receipt now, though it may later: refuse the work so that the caller tries again. */
export abstract class JournalUnavailableError extends Error {}

/** The journal may not grow: its disk budget is used up. The caller refuses work until chunks were shipped. */
export class JournalFullError extends JournalUnavailableError {
  override readonly name = 'JournalFullError';
  constructor(
    readonly bytes: number,
    readonly bytesMax: number,
  ) {
    super(`journal holds ${bytes} of ${bytesMax} bytes; receipts wait for the queue`);
  }
}

/** A write failed; the receipts of that write are not in the journal and their answers must not be sent as billed. */
export class JournalWriteError extends JournalUnavailableError {
  override readonly name = 'JournalWriteError';
  constructor(
    /** errno name, e.g. `ENOSPC`. */
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(`journal write failed: ${code}`, options);
  }
}

/** The journal was closed, or its instance directory is another process'. */
export class JournalClosedError extends JournalUnavailableError {
  override readonly name = 'JournalClosedError';
  constructor() {
    super('journal is closed');
  }
}

/** Bytes that are not a whole, undamaged chunk. `offset` is where decoding stopped. */
export class ChunkFormatError extends Error {
  override readonly name = 'ChunkFormatError';
  constructor(
    readonly reason: string,
    readonly offset: number,
  ) {
    super(`chunk: ${reason} at byte ${offset}`);
  }
}

/** A receipt that the format cannot hold: a field of wrong length or out of bounds. A programming error of the caller. */
export class ReceiptFieldError extends Error {
  override readonly name = 'ReceiptFieldError';
  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(`receipt field ${field}: ${reason}`);
  }
}
