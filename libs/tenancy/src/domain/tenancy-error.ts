/**
 * Stable codes of what can go wrong with a tenant's things. They appear in the admin API's problems and never change meaning.
 */
export type TenancyErrorCode =
  | 'not-found'
  | 'invalid'
  | 'chain-unknown'
  | 'aat-invalid'
  | 'aat-for-another-gateway'
  | 'application-not-staked'
  | 'application-registered'
  | 'application-unstaking'
  | 'not-managed'
  | 'stake-lower'
  | 'stake-refused'
  | 'treasury-short'
  | 'already-revoked'
  | 'forbidden'
  | 'already-member'
  | 'invitation-unusable'
  | 'last-owner'
  | 'idempotency-key-reused'
  | 'version-changed'
  | 'tenant-deleting'
  | 'tenant-deleted'
  | 'not-deleting'
  | 'plan-exists'
  | 'plan-retired'
  | 'key-erased'
  | 'application-staked';

/** A request that cannot be carried out as asked; the message says what to do and is safe to show to the caller. */
export class TenancyError extends Error {
  override readonly name = 'TenancyError';
  constructor(
    readonly code: TenancyErrorCode,
    message: string,
    /** Machine-readable particulars, safe to show. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The same for "not there" and "not yours", so that nobody learns of another tenant's things. */
export function notFound(what: string): TenancyError {
  return new TenancyError('not-found', `There is no such ${what}.`);
}
