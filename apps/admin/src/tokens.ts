/** The ledger, as `LedgerPort`. */
export const LEDGER = Symbol('ledger');

/** How long a request waits for a stake to be in a block, milliseconds. */
export const STAKE_TIMEOUT_MS = Symbol('stake timeout');

/** For how long the deletion of a tenant can be taken back, milliseconds. */
export const DELETION_GRACE_MS = Symbol('deletion grace');

/** Public URL of the gateways. */
export const GATEWAY_URL = Symbol('gateway url');

/** Page that takes invitations; the token follows behind `#`. */
export const INVITATION_URL = Symbol('invitation url');

/** The facts of the installation that `GET /v1/network` shows. */
export const INSTALLATION = Symbol('installation');

/** What `INSTALLATION` holds. */
export interface Installation {
  readonly chainId: string;
  readonly gatewayClientPublicKey: string;
  readonly treasuryAddress: string;
  readonly relaysPerPoktPerDay: number;
}
