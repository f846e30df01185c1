import { requireHeight } from './bytes.js';
import { type Aat, aatHashHex } from './aat.js';
import { DecodeError } from './errors.js';
import { goString } from './go-json.js';
import { sha3, sha3Hex } from './hashing.js';
import { type RelayPayload, relayPayloadJson } from './relay.js';

/** A relay that lacks only the client's signature. */
export interface RelayDraft {
  /** 64 hex digits. */
  readonly requestHashHex: string;
  /** 32 bytes, to be signed by the client key. */
  readonly proofHash: Buffer;
  /** The JSON body of `POST /v1/client/relay`. @param clientSignature 64 bytes over {@link proofHash} */
  finish(clientSignature: Uint8Array): Buffer;
}

/** Makes relays for one application, chain, session and node. */
export interface RelayFactory {
  /**
   * @param blockHeight the newest height known; a node tolerates ten blocks either way
   * @param entropy fresh for each relay, 0 to 2^63-1
   */
  draft(payload: RelayPayload, blockHeight: number, entropy: bigint): RelayDraft;
}

const ENTROPY_LIMIT = 2n ** 63n;

/** The parts of a proof that stay the same for a node and session. */
interface ConstantParts {
  readonly preimageMiddle: string;
  readonly bodyMiddle: string;
}

/**
 * A factory with all constant parts prebuilt: a draft costs two hashes and a few concatenations (sections 5.2 and 5.3).
 * Throws {@link DecodeError} when the session height is not an integer from 1.
 */
export function createRelayFactory(o: {
  readonly aat: Aat;
  readonly chain: string;
  readonly sessionHeight: number;
  readonly servicerPublicKeyHex: string;
}): RelayFactory {
  const height = requireHeight(o.sessionHeight, 'a session height', 1);
  const { aat } = o;
  const shared = `,"session_block_height":${height},"servicer_pub_key":${goString(o.servicerPublicKeyHex)},"blockchain":${goString(o.chain)}`;
  const parts: ConstantParts = {
    preimageMiddle: `${shared},"signature":"","token":"${aatHashHex(aat)}","request_hash":"`,
    bodyMiddle: `${shared},"aat":{"version":${goString(aat.version)},"app_pub_key":${goString(aat.app_pub_key)},"client_pub_key":${goString(aat.client_pub_key)},"signature":${goString(aat.signature)}},"signature":"`,
  };
  return {
    draft(payload, blockHeight, entropy) {
      if (!Number.isSafeInteger(blockHeight)) throw new DecodeError('a block height must be a safe integer');
      if (entropy < 0n || entropy >= ENTROPY_LIMIT) throw new DecodeError('entropy must be from 0 to 2^63-1');
      return new PreparedDraft(
        parts,
        `{"payload":${relayPayloadJson(payload)},"meta":{"block_height":${blockHeight}}}`,
        entropy.toString(),
      );
    },
  };
}

class PreparedDraft implements RelayDraft {
  readonly requestHashHex: string;
  readonly proofHash: Buffer;

  constructor(
    private readonly parts: ConstantParts,
    private readonly requestText: string,
    private readonly entropyText: string,
  ) {
    this.requestHashHex = sha3Hex(requestText);
    this.proofHash = sha3(`{"entropy":${entropyText}${parts.preimageMiddle}${this.requestHashHex}"}`);
  }

  finish(clientSignature: Uint8Array): Buffer {
    const signature = Buffer.from(
      clientSignature.buffer,
      clientSignature.byteOffset,
      clientSignature.byteLength,
    ).toString('hex');
    return Buffer.from(
      `${this.requestText.slice(0, -1)},"proof":{"request_hash":"${this.requestHashHex}","entropy":${this.entropyText}${this.parts.bodyMiddle}${signature}"}}`,
      'utf8',
    );
  }
}
