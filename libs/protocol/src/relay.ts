import { requireHeight } from './bytes.js';
import { type Aat, aatHashHex } from './aat.js';
import { type GoJsonDialect, goString, goStringMap } from './go-json.js';
import { sha3, sha3Hex } from './hashing.js';
import type { SessionHeader } from './session.js';

/** What a relay asks the chain node (section 5.1). */
export interface RelayPayload {
  /** The raw body as one text. Either this or `path` is not empty. */
  readonly data: string;
  /** HTTP method; empty means POST, but is hashed as it is. */
  readonly method: string;
  /** Path and query below the node's chain URL. */
  readonly path: string;
  /** `null` and `{}` hash differently; any header switches the default content type off. */
  readonly headers: Readonly<Record<string, string>> | null;
}

/** The bill of one relay, in wire names (section 5.3). What a node keeps as evidence and proves on chain. */
export interface RelayProof {
  /** Hash of payload and meta, 64 hex digits. */
  readonly request_hash: string;
  /** Fresh for each relay, 0 to 2^63-1; 0 to 2^53-1 where the other side is JavaScript. */
  readonly entropy: bigint;
  /** First block of the session. */
  readonly session_block_height: number;
  /** Public key of the node, 64 hex digits. */
  readonly servicer_pub_key: string;
  /** Relay chain id. */
  readonly blockchain: string;
  readonly aat: Aat;
  /** The client's signature over the proof hash, 128 hex digits. */
  readonly signature: string;
}

/** The largest entropy that survives JSON readers with double precision. */
export const ENTROPY_MAX = 2n ** 53n - 1n;

/** A payload as Go writes it. */
export function relayPayloadJson(payload: RelayPayload, dialect: GoJsonDialect = 'go1.21'): string {
  return `{"data":${goString(payload.data, dialect)},"method":${goString(payload.method, dialect)},"path":${goString(payload.path, dialect)},"headers":${goStringMap(payload.headers, dialect)}}`;
}

/** The bytes a request hash covers: payload and meta (section 5.2). */
export function requestPreimage(payload: RelayPayload, blockHeight: number, dialect: GoJsonDialect = 'go1.21'): string {
  requireHeight(blockHeight, 'a block height', Number.MIN_SAFE_INTEGER);
  return `{"payload":${relayPayloadJson(payload, dialect)},"meta":{"block_height":${blockHeight}}}`;
}

/**
 * Hash of a request, 64 hex digits.
 * @param dialect `go1.22` after a node answered code 74 to a payload with the control characters 8 or 12
 */
export function requestHashHex(payload: RelayPayload, blockHeight: number, dialect: GoJsonDialect = 'go1.21'): string {
  return sha3Hex(requestPreimage(payload, blockHeight, dialect));
}

function proofPreimage(proof: RelayProof, signature: string): string {
  return `{"entropy":${proof.entropy},"session_block_height":${proof.session_block_height},"servicer_pub_key":${goString(proof.servicer_pub_key)},"blockchain":${goString(proof.blockchain)},"signature":${goString(signature)},"token":"${aatHashHex(proof.aat)}","request_hash":${goString(proof.request_hash)}}`;
}

/** The bytes of a relay proof: what its hash covers and what a Merkle leaf is made of. Without the client signature. */
export function relayProofPreimage(proof: RelayProof): Buffer {
  return Buffer.from(proofPreimage(proof, ''), 'utf8');
}

/** Hash of a relay proof, 32 bytes: what the client signs and what makes a relay unique. */
export function relayProofHash(proof: RelayProof): Buffer {
  return sha3(proofPreimage(proof, ''));
}

/** Hash of a relay proof including the client signature, 64 hex digits: used by challenges only (section 6.7). */
export function relayProofHashWithSignatureHex(proof: RelayProof): string {
  return sha3Hex(proofPreimage(proof, proof.signature));
}

/** Header of the session a proof belongs to. */
export function sessionHeaderOf(proof: RelayProof): SessionHeader {
  return {
    app_public_key: proof.aat.app_pub_key,
    chain: proof.blockchain,
    session_height: proof.session_block_height,
  };
}

/** A relay proof as JSON in wire order, entropy as an exact integer. */
export function relayProofJson(proof: RelayProof): string {
  const { aat } = proof;
  return `{"request_hash":${goString(proof.request_hash)},"entropy":${proof.entropy},"session_block_height":${proof.session_block_height},"servicer_pub_key":${goString(proof.servicer_pub_key)},"blockchain":${goString(proof.blockchain)},"aat":{"version":${goString(aat.version)},"app_pub_key":${goString(aat.app_pub_key)},"client_pub_key":${goString(aat.client_pub_key)},"signature":${goString(aat.signature)}},"signature":${goString(proof.signature)}}`;
}
