import type { Aat } from '#libs/protocol';

/** The session a relay was sent in: which application paid, on which chain, from which height. */
export interface SessionRef {
  readonly applicationPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
  readonly aat: Aat;
}

/** Why a relay was sent. Only `client` answers are what a client asked for; the rest are the cost of serving it well. */
export type RelayPurpose = 'client' | 'retry' | 'hedge' | 'quorum' | 'probe';

/** What a gateway knows when a node answered a relay: enough to bill it, and to claim and prove it later. */
export interface Receipt {
  /** 32 hex characters; the attempts of one request share it. */
  readonly requestId: string;
  /** UUIDs. */
  readonly tenantId: string;
  readonly endpointId: string;
  readonly keyId: string;
  readonly applicationId: string;
  /** Chain slug of the usage row. */
  readonly chain: string;
  readonly method: string;
  /** YYYY-MM-DD, the day the unit was admitted on, by Redis' clock. */
  readonly day: string;
  readonly answeredAtMs: number;
  readonly durationUs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly purpose: RelayPurpose;
  /** This answer went to the client. */
  readonly billable: boolean;
  /** The chain answered with a JSON-RPC error. */
  readonly rpcError: boolean;
  readonly session: SessionRef;
  readonly nodePublicKeyHex: string;
  /** 64-bit, unsigned or signed as the protocol made it; written as signed 64 bits. */
  readonly entropy: bigint;
  /** 32 bytes each. */
  readonly requestHash: Buffer;
  readonly responseHash: Buffer;
  /** The hash of the answer as Go escapes it; null where the plain one suffices. */
  readonly responseHashEscaped: Buffer | null;
  /** 64 bytes each. */
  readonly clientSignature: Buffer;
  readonly nodeSignature: Buffer;
  /** The node's signature was verified before the answer was sent. */
  readonly verified: boolean;
}
