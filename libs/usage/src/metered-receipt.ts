/** Why a relay was sent. Only `client` and the winner among `retry`, `hedge` and `quorum` reach a client. */
export const RELAY_PURPOSES = ['client', 'retry', 'hedge', 'quorum', 'probe'] as const;

/** One of {@link RELAY_PURPOSES}. */
export type RelayPurpose = (typeof RELAY_PURPOSES)[number];

/**
 * What metering reads of a receipt; the receipts of #libs/receipts have this shape, so this library needs no import of it.
 * Ids are UUIDs, keys 64 hex digits, `day` is `YYYY-MM-DD` by Redis' clock at admission.
 */
export interface MeteredReceipt {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly keyId: string;
  readonly applicationId: string;
  readonly chain: string;
  readonly method: string;
  readonly day: string;
  readonly answeredAtMs: number;
  readonly durationUs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly purpose: RelayPurpose;
  /** This relay's answer went to the client; exactly one receipt of an answered call has it. */
  readonly billable: boolean;
  /** The answer carried a JSON-RPC error. */
  readonly rpcError: boolean;
  readonly session: {
    readonly applicationPublicKeyHex: string;
    readonly chain: string;
    readonly sessionHeight: number;
  };
  readonly nodePublicKeyHex: string;
}
