import {
  type Aat,
  PocketErrorCode,
  type RelayPayload,
  type RelayProof,
  type SessionHeader,
  checkAat,
  checkHash,
  checkPublicKey,
  maxPossibleRelays,
  pocketError,
  relayProofHash,
  requestHashHex,
  sessionHeaderOf,
} from '#libs/protocol';
import type { Evidence, EvidenceStore } from './evidence.js';
import { checkSignatureFast } from './fast-signatures.js';
import type { NetworkView } from './network-view.js';

/** A decoded relay. */
export interface RelayRequest {
  readonly payload: RelayPayload;
  readonly blockHeight: number;
  readonly proof: RelayProof;
}

/** What a relay is checked against. */
export interface RelayChecker {
  readonly view: NetworkView;
  /** This node's public key in hex. */
  readonly publicKeyHex: string;
  readonly evidence: EvidenceStore;
  /** The node's own list of chains, which is not the stake's. */
  hosts(chain: string): boolean;
  /** Ended sessions it still serves (`client_session_sync_allowance`). */
  readonly sessionAllowance: number;
  /** Blocks a client's height may differ (`client_block_sync_allowance`). */
  readonly blockAllowance: number;
  /** The height the node believes in. */
  readonly ownHeight: number;
  /** AATs whose signature was verified before. */
  readonly verifiedAats: AatMemo;
}

/** A relay that passed; its proof is in the evidence. */
export interface AcceptedRelay {
  readonly evidence: Evidence;
  readonly header: SessionHeader;
  readonly proofHash: Buffer;
}

/**
 * The checks of a stock node in its order (morse-protocol.md, section 5.6, no. 3 and 5 to 20); throws the code of the
 * first that fails. Runs without a break to the end, where the proof is stored, so two copies of one relay cannot both
 * pass and the allowance is never overrun.
 */
export function acceptRelay(relay: RelayRequest, node: RelayChecker): AcceptedRelay {
  const { payload, proof } = relay;
  const { view } = node;
  const blocksPerSession = view.parameters.blocksPerSession;
  const oldest = view.sessionHeight - node.sessionAllowance * blocksPerSession;
  const sessionHeight = proof.session_block_height;
  if (sessionHeight <= 0 || sessionHeight < oldest || sessionHeight > view.sessionHeight) {
    throw pocketError(PocketErrorCode.invalidBlockHeight);
  }
  if (payload.data === '' && payload.path === '') throw pocketError(PocketErrorCode.emptyPayload);
  if (Math.abs(node.ownHeight - relay.blockHeight) > node.blockAllowance) throw pocketError(PocketErrorCode.outOfSync);
  if (requestHashHex(payload, relay.blockHeight) !== proof.request_hash) {
    throw pocketError(PocketErrorCode.requestHashMismatch);
  }
  if (!node.hosts(proof.blockchain)) throw pocketError(PocketErrorCode.chainNotHostedByNode);
  const state = view.sessions.get(sessionHeight);
  // A height between two session starts, which a node with an allowance above 0 would open a session of its own for.
  if (state === undefined) throw pocketError(PocketErrorCode.invalidBlockHeight);
  const application = state.applications.get(proof.aat.app_pub_key);
  if (application === undefined) throw pocketError(PocketErrorCode.applicationNotFound);
  if (application.chains.length > state.parameters.applicationMaximumChains) {
    throw pocketError(PocketErrorCode.tooManyChains);
  }
  const header = sessionHeaderOf(proof);
  const held = node.evidence.find(header);
  if (held?.sealed) throw pocketError(PocketErrorCode.evidenceSealed);
  const proofHash = relayProofHash(proof);
  if (held?.has(proofHash)) throw pocketError(PocketErrorCode.duplicateProof);
  const allowance =
    held?.allowance ??
    maxPossibleRelays({
      maxRelays: application.maxRelays,
      chains: application.chains.length,
      sessionNodeCount: state.parameters.sessionNodeCount,
    });
  // An allowance of 0 makes a stock node end itself; this one refuses.
  if (BigInt(held?.count ?? 0) >= allowance) throw pocketError(PocketErrorCode.overService);
  checkProofFields(proof);
  node.verifiedAats.check(proof.aat);
  checkSignatureFast(proof.aat.client_pub_key, proofHash, proof.signature);
  if (proof.servicer_pub_key !== node.publicKeyHex) throw pocketError(PocketErrorCode.servicerKeyMismatch);
  if (!application.chains.includes(proof.blockchain)) throw pocketError(PocketErrorCode.chainNotStakedByApplication);
  if (!view.session(header.app_public_key, header.chain, sessionHeight).members.has(node.publicKeyHex)) {
    throw pocketError(PocketErrorCode.invalidSession);
  }
  const evidence = held ?? node.evidence.open(header, allowance);
  evidence.add(proofHash);
  return { evidence, header, proofHash };
}

/** Check 14. */
function checkProofFields(proof: RelayProof): void {
  if (proof.session_block_height < 1) throw pocketError(PocketErrorCode.invalidBlockHeight);
  checkPublicKey(proof.servicer_pub_key);
  checkHash(proof.blockchain, (bytes) => bytes >= 1 && bytes <= 4);
  checkHash(proof.request_hash);
  if (proof.entropy < 0n) throw pocketError(PocketErrorCode.invalidEntropy);
}

const AATS_MAX = 4_096;

/** Remembers AATs that verified: a gateway sends the same few with every relay, and a verification costs 60 µs. */
export class AatMemo {
  readonly #verified = new Set<string>();

  /** Throws code 4 with the reason (check 15). */
  check(aat: Aat): void {
    const key = `${aat.version}/${aat.app_pub_key}/${aat.client_pub_key}/${aat.signature}`;
    if (this.#verified.has(key)) return;
    checkAat(aat);
    if (this.#verified.size >= AATS_MAX) this.#verified.clear();
    this.#verified.add(key);
  }
}
