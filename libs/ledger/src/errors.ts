/** No configured ledger URL gave an answer within the time allowed; `cause` is the last failure. Trying again later may help. */
export class LedgerUnreachableError extends Error {
  override readonly name = 'LedgerUnreachableError';
}

/** The ledger answered, and refused: `code` and `codespace` are pocket-core's (facts section 12). */
export class LedgerRefusedError extends Error {
  override readonly name = 'LedgerRefusedError';
  constructor(
    readonly code: number,
    readonly codespace: string,
    message: string,
  ) {
    super(message);
  }
}

/** The ledger's answer is not of the documented shape, so nothing can be concluded from it. */
export class LedgerAnswerError extends Error {
  override readonly name = 'LedgerAnswerError';
}

/** A transaction was accepted but is in no block yet when the time allowed ended. It may still be included. */
export class TransactionPendingError extends Error {
  override readonly name = 'TransactionPendingError';
  constructor(readonly txHash: string) {
    super(`transaction ${txHash} is in no block yet`);
  }
}

/** The database already holds a chain that began with another genesis. */
export class GenesisMismatchError extends Error {
  override readonly name = 'GenesisMismatchError';
}

/** Another process holds the right to produce blocks on this database. */
export class ProducerElsewhereError extends Error {
  override readonly name = 'ProducerElsewhereError';
}

/** The height asked for is not in the chain (yet). */
export class UnknownHeightError extends Error {
  override readonly name = 'UnknownHeightError';
}
