import { bytesOfHex, requireHeight, requireHex, uint64BEModulo } from './bytes.js';
import { DecodeError, PocketErrorCode, pocketError, type ProtocolError } from './errors.js';
import { goString } from './go-json.js';
import { sha3 } from './hashing.js';
import { ADDRESS_BYTES, addressOf, checkHash, checkPublicKey, checkSignature } from './keys.js';
import { checkAat } from './aat.js';
import { isValidRange, merkleLevels, type MerkleNode, type MerkleProof, verifyMerkleProof } from './merkle.js';
import { relayProofHash, type RelayProof } from './relay.js';
import type { SessionHeader } from './session.js';

/** Evidence of relays is type 1, of challenges type 2. */
export const EvidenceType = { relay: 1, challenge: 2 } as const;

/** What a node claims to have served in a session (section 6.3). */
export interface Claim {
  readonly header: SessionHeader;
  readonly merkleRoot: MerkleNode;
  /** Leaves, padding not counted. */
  readonly totalProofs: bigint;
  /** Address of the node, 40 hex digits. */
  readonly fromAddressHex: string;
  readonly evidenceType: 1 | 2;
  /** 0 in a message; set by the chain when it is included. */
  readonly expirationHeight: number;
}

/** Fewest leaves a claim may have, whatever the parameters say: the tree needs three levels. */
export const CLAIM_PROOFS_MIN = 5n;

/** The stateless checks of a claim in their order (section 6.3). Throws 8, 9, 11, 54, 22, 52/23/62, 89, 73, 84, 5 or 88. */
export function checkClaim(claim: Claim): void {
  const { header, merkleRoot } = claim;
  if (header.chain === '') throw pocketError(PocketErrorCode.emptyChain);
  if (header.session_height < 1) throw pocketError(PocketErrorCode.emptySessionHeight);
  if (claim.totalProofs < CLAIM_PROOFS_MIN) throw pocketError(PocketErrorCode.emptyProofs);
  wrapped(PocketErrorCode.publicKeyConversion, () => checkPublicKey(header.app_public_key));
  wrapped(PocketErrorCode.invalidHash, () => checkAddress(claim.fromAddressHex));
  checkHash(merkleRoot.hash.toString('hex'));
  if (!isValidRange(merkleRoot)) throw pocketError(PocketErrorCode.invalidMerkleRange);
  if (merkleRoot.lower !== 0n) throw pocketError(PocketErrorCode.invalidMerkleRoot);
  checkEvidenceType(claim.evidenceType);
  if (claim.expirationHeight !== 0) throw pocketError(PocketErrorCode.expirationSet);
}

/** Throws 84 for type 0 and 5 for an unknown one. */
export function checkEvidenceType(evidenceType: number): void {
  if (evidenceType === 0) throw pocketError(PocketErrorCode.evidenceTypeMissing);
  if (evidenceType !== EvidenceType.relay && evidenceType !== EvidenceType.challenge) {
    throw pocketError(PocketErrorCode.invalidEvidenceType);
  }
}

function checkAddress(addressHex: string): void {
  const bytes = bytesOfHex(addressHex);
  if (bytes === null) throw pocketError(PocketErrorCode.hexDecode);
  if (bytes.length === 0) throw pocketError(PocketErrorCode.emptyAddress);
  if (bytes.length !== ADDRESS_BYTES) throw pocketError(PocketErrorCode.addressLength);
}

function wrapped(
  code: typeof PocketErrorCode.publicKeyConversion | typeof PocketErrorCode.invalidHash,
  check: () => void,
): void {
  try {
    check();
  } catch (error) {
    throw pocketError(code, (error as ProtocolError).message);
  }
}

/** The bytes that fix the required leaf (section 6.5). */
export function requiredLeafPreimage(blockHashHex: string, headerHashHex: string): string {
  return `{"BlockHash":${goString(blockHashHex)},"Header":${goString(headerHashHex)}}`;
}

/**
 * Position of the leaf that a claim must prove.
 * @param blockHashHex hash of block S + window·blocksPerSession − 1 (`last_block_id.hash` of the next header), lower-case hex
 * @param headerHashHex of {@link sessionHeaderHashHex}
 * Throws {@link DecodeError} for totals below 1 or beyond 2^53.
 */
export function requiredLeafIndex(blockHashHex: string, headerHashHex: string, totalProofs: bigint): number {
  if (totalProofs < 1n || totalProofs > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new DecodeError('a claim has from 1 to 2^53-1 leaves');
  }
  return uint64BEModulo(sha3(requiredLeafPreimage(blockHashHex, headerHashHex)), Number(totalProofs));
}

/** When a claim may be made and when its proof (section 6.4), in block heights. */
export interface ClaimWindow {
  /** First and last height of a block that may contain the claim. */
  readonly claimFrom: number;
  readonly claimTo: number;
  /** First height of a block that may contain the proof. */
  readonly proofFrom: number;
  /** Height of the block whose hash fixes the leaf; it is recorded in the header of the next block. */
  readonly leafHashHeight: number;
}

/** The windows of the session that starts at `sessionHeight`, with the parameters of that height. */
export function claimWindow(
  sessionHeight: number,
  params: { readonly blocksPerSession: number; readonly claimSubmissionWindow: number },
): ClaimWindow {
  requireHeight(sessionHeight, 'a session height', 1);
  const mature = sessionHeight + params.blocksPerSession * params.claimSubmissionWindow;
  return {
    claimFrom: sessionHeight + params.blocksPerSession,
    claimTo: mature,
    proofFrom: mature + 1,
    leafHashHeight: mature - 1,
  };
}

/** A proof transaction's content for relay evidence (section 6.6). */
export interface RelayProofMessage {
  readonly merkleProof: MerkleProof;
  readonly leaf: RelayProof;
  readonly evidenceType: 1 | 2;
}

/**
 * A relay proof's own checks (section 5.6, numbers 14 to 16): throws 60, 6/42, 52/23/62, 29, 4, 39, 38, 40 or 41.
 * Whether node, application and session fit is for the caller.
 */
export function checkRelayProof(proof: RelayProof): void {
  if (proof.session_block_height < 1) throw pocketError(PocketErrorCode.invalidBlockHeight);
  checkPublicKey(proof.servicer_pub_key);
  checkHash(proof.blockchain, (bytes) => bytes <= 4);
  checkHash(proof.request_hash);
  if (proof.entropy < 0n) throw pocketError(PocketErrorCode.invalidEntropy);
  checkAat(proof.aat);
  checkSignature(proof.aat.client_pub_key, relayProofHash(proof), proof.signature);
}

/** The stateless checks of a proof message (section 6.6, first row). Throws 63, 89, those of the leaf, 84 or 5. */
export function checkProofMessage(message: RelayProofMessage): void {
  if (message.merkleProof.siblings.length < 3) throw pocketError(PocketErrorCode.tooFewMerkleSiblings);
  if (!isValidRange(message.merkleProof.target)) throw pocketError(PocketErrorCode.invalidMerkleRange);
  checkRelayProof(message.leaf);
  if (message.evidenceType !== EvidenceType.relay && message.evidenceType !== EvidenceType.challenge) {
    throw pocketError(PocketErrorCode.invalidEvidenceType);
  }
}

/**
 * Checks a proof against its claim, in pocket-core's order (section 6.6): level count 49, root upper 66, index 49,
 * verification 66 or 86. The claim's identity (header, signer, evidence type) was used to look it up before.
 * @param leafPreimage of the leaf: `relayProofPreimage(leaf)` or `challengePreimage(leaf)`
 * @param requiredIndex of {@link requiredLeafIndex}
 */
export function checkProofAgainstClaim(
  claim: Claim,
  merkleProof: MerkleProof,
  leafPreimage: Uint8Array,
  requiredIndex: number,
  o: { readonly beforeCodecUpgrade?: boolean } = {},
): void {
  const { merkleRoot, totalProofs } = claim;
  if (merkleProof.siblings.length !== merkleLevels(totalProofs)) throw pocketError(PocketErrorCode.invalidProofs);
  const hasRootUpper =
    merkleProof.target.upper === merkleRoot.upper ||
    merkleProof.siblings.some((sibling) => sibling.upper === merkleRoot.upper);
  if (!hasRootUpper) throw pocketError(PocketErrorCode.invalidMerkleProof);
  if (merkleProof.index !== requiredIndex) throw pocketError(PocketErrorCode.invalidProofs);
  const verdict = verifyMerkleProof(merkleRoot, leafPreimage, merkleProof, totalProofs, o);
  if (verdict === 'replay') throw pocketError(PocketErrorCode.replayAttack);
  if (verdict === 'invalid') throw pocketError(PocketErrorCode.invalidMerkleProof);
}

/** Address of the node whose proof this is: the signer of its claim and proof. Throws {@link DecodeError}. */
export function servicerAddressOf(proof: RelayProof): string {
  requireHex(proof.servicer_pub_key, 32, 'a servicer key');
  return addressOf(proof.servicer_pub_key.toLowerCase());
}
