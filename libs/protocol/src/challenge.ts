import { bytesOfHex } from './bytes.js';
import { DecodeError, PocketErrorCode, pocketError } from './errors.js';
import { GoDecoding } from './go-decoding.js';
import { goString } from './go-json.js';
import { sha3Hex } from './hashing.js';
import { type JsonNode, readJson } from './json-reader.js';
import { PUBLIC_KEY_BYTES, verifySignature } from './keys.js';
import { relayProofHash, relayProofHashWithSignatureHex, relayProofJson, type RelayProof } from './relay.js';
import { emptyProof, readRelayProof, type RelayProofBuilder } from './relay-envelope.js';
import { relayResponseHash } from './relay-response.js';
import { checkRelayProof } from './claim.js';
import { sortRelayResponse } from './sorted-response.js';

/** One signed answer inside a challenge (section 6.7). */
export interface ChallengeResponse {
  /** The node's signature over the answer, hex. */
  readonly signature: string;
  /** The answer's text; `payload` on the wire. */
  readonly response: string;
  readonly proof: RelayProof;
}

/** Two nodes' equal answers against a third node's. */
export interface Challenge {
  readonly majorityResponses: readonly [ChallengeResponse, ChallengeResponse];
  readonly minorityResponse: ChallengeResponse;
  /** 40 hex digits; gets the reward. */
  readonly reportersAddressHex: string;
}

function responsePreimage(response: ChallengeResponse): string {
  return `{"signature":${goString(response.signature)},"payload":${goString(response.response)},"Proof":"${relayProofHashWithSignatureHex(response.proof)}"}`;
}

/** The bytes of a challenge: what its hash covers and what its Merkle leaf is made of. The reporter is not in it. */
export function challengePreimage(challenge: Challenge): Buffer {
  const [first, second] = challenge.majorityResponses;
  return Buffer.from(
    `{"MajorityResponses":[${responsePreimage(first)},${responsePreimage(second)}],"MinorityResponse":${responsePreimage(challenge.minorityResponse)}}`,
    'utf8',
  );
}

/** Hash of a challenge, 64 hex digits. */
export function challengeHashHex(challenge: Challenge): string {
  return sha3Hex(challengePreimage(challenge));
}

function responseJson(response: ChallengeResponse): string {
  return `{"signature":${goString(response.signature)},"payload":${goString(response.response)},"proof":${relayProofJson(response.proof)}}`;
}

/** The body of `POST /v1/client/challenge`. */
export function encodeChallenge(challenge: Challenge): Buffer {
  const [first, second] = challenge.majorityResponses;
  return Buffer.from(
    `{"majority_responses":[${responseJson(first)},${responseJson(second)}],"minority_response":${responseJson(challenge.minorityResponse)},"reporters_address":${goString(challenge.reportersAddressHex)}}`,
    'utf8',
  );
}

/** Three answers of at most 1 MiB each, with escapes. */
const CHALLENGE_BOUNDS = { bytesMax: 8 * 1024 * 1024, depthMax: 64 };

/** Decodes the body of `POST /v1/client/challenge`. Throws {@link DecodeError}; checks no rule. */
export function decodeChallenge(body: Uint8Array): Challenge {
  const decoding = new GoDecoding();
  const first = emptyResponse();
  const second = emptyResponse();
  const minority = emptyResponse();
  let reporter = '';
  let count = 0;
  decoding.fields(readJson(body, CHALLENGE_BOUNDS), 'ChallengeProofInvalidData', {
    majority_responses: (node) => {
      if (node.kind !== 'array') throw new DecodeError('majority_responses must be an array');
      count = node.items.length;
      node.items.slice(0, 2).forEach((item, index) => readResponse(decoding, item, index === 0 ? first : second));
    },
    minority_response: (node) => readResponse(decoding, node, minority),
    reporters_address: (node) => (reporter = decoding.string(node, reporter)),
  });
  decoding.finish();
  if (count !== 2) throw new DecodeError('a challenge needs two majority responses', { field: 'majority_responses' });
  return { majorityResponses: [first, second], minorityResponse: minority, reportersAddressHex: reporter };
}

interface ResponseBuilder {
  signature: string;
  response: string;
  proof: RelayProofBuilder;
}

function emptyResponse(): ResponseBuilder {
  return { signature: '', response: '', proof: emptyProof() };
}

function readResponse(decoding: GoDecoding, node: JsonNode, target: ResponseBuilder): void {
  decoding.fields(node, 'RelayResponse', {
    signature: (value) => (target.signature = decoding.string(value, target.signature)),
    payload: (value) => (target.response = decoding.string(value, target.response)),
    proof: (value) => readRelayProof(decoding, value, target.proof),
  });
}

/**
 * The stateless checks of a challenge: reporter 64, signatures hex 39, answers present 30 and 31, the three proofs' own
 * checks (see {@link checkRelayProof}), request hashes 78.
 */
export function checkChallengeBasics(challenge: Challenge): void {
  const responses = [...challenge.majorityResponses, challenge.minorityResponse];
  const [first, second] = challenge.majorityResponses;
  if (challenge.reportersAddressHex === '') throw pocketError(PocketErrorCode.emptyAddress);
  for (const { signature } of responses) {
    if (bytesOfHex(signature) === null) throw pocketError(PocketErrorCode.signatureDecode);
  }
  for (const { response, signature } of responses) {
    if (response === '') throw pocketError(PocketErrorCode.emptyResponse);
    if (signature === '' || signature.length === 64) throw pocketError(PocketErrorCode.responseSignatureMissing);
  }
  for (const { proof } of responses) checkRelayProof(proof);
  const hash = challenge.minorityResponse.proof.request_hash;
  if (hash !== first.proof.request_hash || first.proof.request_hash !== second.proof.request_hash) {
    throw pocketError(PocketErrorCode.requestHashesDiffer);
  }
}

/**
 * The checks of a challenge that need no state but the application's chains, in pocket-core's order (section 6.7): three
 * different servicers 77, same request hash 78, application 79, session height 80, chain 81, a majority after JSON sorting
 * 82, chain staked by the application 13, keys 54, signatures hex 55, three node signatures 41.
 *
 * That the receiving node is in the session (83) and below its allowance (71) comes before all of these:
 * {@link checkChallengeReceiver}.
 */
export function checkChallenge(challenge: Challenge, applicationChains: readonly string[]): void {
  const [first, second] = challenge.majorityResponses;
  const minority = challenge.minorityResponse;
  const all = [first, second, minority];
  const isSame = (of: (proof: RelayProof) => string | number): boolean =>
    of(first.proof) === of(second.proof) && of(second.proof) === of(minority.proof);
  if (new Set(all.map(({ proof }) => proof.servicer_pub_key)).size < 3) {
    throw pocketError(PocketErrorCode.duplicateServicer);
  }
  if (!isSame((proof) => proof.request_hash)) throw pocketError(PocketErrorCode.requestHashesDiffer);
  if (!isSame((proof) => proof.aat.app_pub_key)) throw pocketError(PocketErrorCode.applicationsDiffer);
  if (!isSame((proof) => proof.session_block_height)) throw pocketError(PocketErrorCode.sessionHeightsDiffer);
  if (!isSame((proof) => proof.blockchain)) throw pocketError(PocketErrorCode.chainsDiffer);
  const majority = sortRelayResponse(first.response);
  if (majority !== sortRelayResponse(second.response) || majority === sortRelayResponse(minority.response)) {
    throw pocketError(PocketErrorCode.noMajority);
  }
  if (!applicationChains.includes(first.proof.blockchain)) {
    throw pocketError(PocketErrorCode.chainNotStakedByApplication);
  }
  for (const { proof } of all) {
    if (bytesOfHex(proof.servicer_pub_key)?.length !== PUBLIC_KEY_BYTES) {
      throw pocketError(PocketErrorCode.publicKeyConversion, 'invalid public key');
    }
  }
  const signatures = all.map(({ signature }) => {
    const bytes = bytesOfHex(signature);
    if (bytes === null) throw pocketError(PocketErrorCode.signatureConversion, 'encoding/hex: invalid byte');
    return bytes;
  });
  all.forEach(({ proof, response }, index) => {
    const hash = relayResponseHash(response, relayProofHash(proof).toString('hex'));
    if (!verifySignature(proof.servicer_pub_key, hash, signatures[index] ?? Buffer.alloc(0))) {
      throw pocketError(PocketErrorCode.invalidSignature);
    }
  });
}

/** The checks of the node that receives a challenge: member of the session 83, challenges so far below the allowance 71. */
export function checkChallengeReceiver(o: {
  readonly receiverAddressHex: string;
  readonly sessionNodeAddressesHex: readonly string[];
  readonly challengesSoFar: bigint;
  readonly allowance: bigint;
}): void {
  if (!o.sessionNodeAddressesHex.includes(o.receiverAddressHex)) throw pocketError(PocketErrorCode.nodeNotInSession);
  if (o.challengesSoFar >= o.allowance) throw pocketError(PocketErrorCode.overService);
}
