/** Where an error code is counted: the module of pocket-core that raises it. Codes repeat between codespaces. */
export type Codespace = 'pocketcore' | 'sdk' | 'application' | 'pos' | 'auth' | 'gov';

/** Every error code of codespace `pocketcore`, by name (section 12). */
export const PocketErrorCode = {
  sessionGeneration: 1,
  httpStatusCode: 2,
  invalidToken: 4,
  invalidEvidenceType: 5,
  publicKeyDecode: 6,
  emptyChain: 8,
  emptySessionHeight: 9,
  emptyApplicationKey: 10,
  emptyProofs: 11,
  chainNotStakedByApplication: 13,
  invalidSession: 14,
  insufficientNodes: 17,
  emptySessionChain: 18,
  invalidSessionKey: 19,
  filterNodes: 20,
  xor: 21,
  invalidHash: 22,
  emptyHash: 23,
  emptyRelayChain: 24,
  emptyPayload: 25,
  chainNotHostedByNode: 26,
  notStakedChain: 27,
  httpExecution: 28,
  invalidEntropy: 29,
  emptyResponse: 30,
  responseSignatureMissing: 31,
  negativeCounter: 32,
  maximumEntropy: 33,
  servicerKeyMismatch: 34,
  ticketsNotFound: 35,
  duplicateTicket: 36,
  duplicateProof: 37,
  signatureLength: 38,
  signatureDecode: 39,
  messageDecode: 40,
  invalidSignature: 41,
  publicKeyLength: 42,
  keybase: 43,
  selfNotFound: 44,
  applicationNotFound: 45,
  chainNotHosted: 46,
  invalidHostedChains: 47,
  nodeNotFound: 48,
  invalidProofs: 49,
  inconsistentPublicKeys: 50,
  invalidChainParameters: 51,
  hexDecode: 52,
  chainNotSupported: 53,
  publicKeyConversion: 54,
  signatureConversion: 55,
  invalidChain: 56,
  jsonMarshal: 57,
  networkIdLength: 58,
  emptySessionKey: 59,
  invalidBlockHeight: 60,
  invalidApplicationKey: 61,
  invalidHashLength: 62,
  tooFewMerkleSiblings: 63,
  emptyAddress: 64,
  claimNotFound: 65,
  invalidMerkleProof: 66,
  emptyMerkleTree: 67,
  merkleNodeNotFound: 68,
  claimTooLate: 69,
  addressLength: 70,
  overService: 71,
  cousinEqualsLeaf: 72,
  invalidMerkleRoot: 73,
  requestHashMismatch: 74,
  outOfSync: 75,
  unsupportedChain: 76,
  duplicateServicer: 77,
  requestHashesDiffer: 78,
  applicationsDiffer: 79,
  sessionHeightsDiffer: 80,
  chainsDiffer: 81,
  noMajority: 82,
  nodeNotInSession: 83,
  evidenceTypeMissing: 84,
  keyFileMissing: 85,
  replayAttack: 86,
  invalidNetworkId: 87,
  expirationSet: 88,
  invalidMerkleRange: 89,
  evidenceSealed: 90,
  tooManyChains: 91,
} as const;

/** A code of {@link PocketErrorCode}. */
export type PocketErrorCodeValue = (typeof PocketErrorCode)[keyof typeof PocketErrorCode];

/** What pocket-core says for each code; texts that end with ": " are completed by the reason. */
const TEXTS: Readonly<Record<PocketErrorCodeValue, string>> = {
  1: 'unable to generate a session for the seed data: ',
  2: 'HTTP status code returned not okay: ',
  4: 'the application authentication token is invalid',
  5: 'the GOBEvidence type passed is not valid',
  6: 'error decoding the string into hex bytes',
  8: 'the non-native chain is of Length 0',
  9: 'the block addr is of Length 0',
  10: 'the public key of the application is of Length 0',
  11: 'the service proofs object is empty',
  13: 'the blockchain in the relay request is not supported for this app',
  14: 'this node (self) is not responsible for this session provided by the client',
  17: 'there are less than the minimum session nodes found',
  18: 'the non-native chain is of Length 0',
  19: 'this node (self) is not responsible for this session provided by the client',
  20: 'unable to filter nodes: ',
  21: 'error XORing the keys: ',
  22: 'the hash is invalid: ',
  23: 'the hash is invalid: ',
  24: 'the blockchain included in the relay request is empty',
  25: 'the payload data of the relay request is empty',
  26: 'the blockchain in the relay request is not supported on this node',
  27: 'the blockchain is not staked for this application',
  28: 'error executing the http request: ',
  29: 'the entropy included in the relay request is invalid',
  30: 'the relay response payload is empty',
  31: 'response signing errored out: ',
  32: 'the IC counter is less than 0',
  33: 'the entropy exceeds the maximum allowed relays',
  34: 'the node public key in the service Proof does not match this nodes public key',
  35: 'the tickets requested could not be found',
  36: 'the ticket is a duplicate',
  37: 'the Proof with specific merkleHash already found, check entropy',
  38: 'the signature Length is invalid',
  39: 'the signature could not be message decoded',
  40: 'the message could not be hex decoded',
  41: 'the signature could not be verified with the message and pub key',
  42: 'the public key is not the correct cap',
  43: 'the keybase is invalid: ',
  44: 'the self node is not within the world state',
  45: 'the app could not be found in the world state',
  46: 'the blockchain requested is not hosted',
  47: 'invalid hosted chain error',
  48: 'the node is not found in world state',
  49: 'the proofs provided are invalid or less than the minimum requirement',
  50: 'the public keys in the proofs are inconsistent',
  51: 'the required params for a nonNative blockchain are invalid',
  52: 'the hex string could not be decoded: ',
  53: 'the chain is not pocket supported',
  54: 'could not convert hex string to pub key: ',
  55: 'there was a problem signing the message: ',
  56: 'the non native chain passed was invalid: ',
  57: 'unable to marshal object into json: ',
  58: 'the netid Length is invalid',
  59: 'the session key passed is of Length 0',
  60: 'the block height passed is invalid',
  61: 'the app public key is invalid',
  62: 'the merkleHash Length is not valid',
  63: 'the merkle relayProof combo for the cousin and leaf is invalid',
  64: 'the address provided is empty',
  65: 'the claim was not found for the key given',
  66: 'claim resulted in an invalid merkle Proof',
  67: 'the merkle tree is empty',
  68: 'the merkle node cannot be found',
  69: 'the opportunity of window to submit the Proof has closed because the secret has been revealed',
  70: 'the address is invalid',
  71: 'the max number of relays serviced for this node is exceeded',
  72: 'the cousin and leaf cannot be equal',
  73: 'the merkle root passed is invalid',
  74: 'the request hash does not match the payload hash',
  75: 'the request block height is out of sync with the current block height',
  76: 'the blockchain in this request is not supported',
  77: 'the public key is duplicated in the proof',
  78: 'the request hashes included in the proof do not match',
  79: 'the application public keys included in the proofs do not match',
  80: 'the session block heights included in the proofs do not match',
  81: 'the non-native blockchains provided in the proofs do not match',
  82: 'no majority can be established between all of the responses',
  83: 'the node is not within the session',
  84: 'the GOBEvidence type is not supplied in the claim message',
  85: 'the PK File is not found',
  86: 'the merkle proof is flagged as a replay attack',
  87: 'the netid Length is invalid',
  88: 'the expiration height included in the claim message is invalid (should not be set)',
  89: 'the merkle hash range is invalid',
  90: 'the evidence is sealed, either max relays reached or claim already submitted',
  91: 'the number of staked chains is over the limit',
};

/** pocket-core's text for a code of codespace `pocketcore`, without a reason. */
export function pocketErrorText(code: PocketErrorCodeValue): string {
  return TEXTS[code];
}

/** A rule of the protocol was broken. `message` is pocket-core's own text, so that it can go on the wire unchanged. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';

  /** @param message pocket-core's text; for codespace `pocketcore` use {@link pocketError}, which knows the texts. */
  constructor(
    readonly code: number,
    message: string,
    readonly codespace: Codespace = 'pocketcore',
  ) {
    super(message);
  }
}

/** An error of codespace `pocketcore` with pocket-core's text, completed by `reason` where the text expects one. */
export function pocketError(code: PocketErrorCodeValue, reason = ''): ProtocolError {
  return new ProtocolError(code, TEXTS[code] + reason);
}

/** Bytes that are not what they should be. The only error a decoder of this library throws besides {@link ProtocolError}. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';

  /**
   * @param message what is wrong; for JSON in pocket-core's (Go's) words
   * @param detail where: the byte offset, or the field and the kind of value found in it
   */
  constructor(
    message: string,
    readonly detail: { readonly offset?: number; readonly field?: string; readonly value?: string } = {},
  ) {
    super(message);
  }
}

/** The text form in which pocket-core puts an error into transaction logs and query answers. */
export function formatSdkError(error: { codespace: string; code: number; message: string }): string {
  return `ERROR:\nCodespace: ${error.codespace}\nCode: ${error.code}\nMessage: ${JSON.stringify(error.message)}\n`;
}
