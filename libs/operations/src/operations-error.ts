/** Stable codes of what can go wrong with operators' work; they appear in the admin API's problems. */
export type OperationsErrorCode = 'not-found' | 'invalid' | 'job-not-failed' | 'queue-unavailable';

/** A request that cannot be carried out as asked; the message says what to do and is safe to show. */
export class OperationsError extends Error {
  override readonly name = 'OperationsError';
  constructor(
    readonly code: OperationsErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
