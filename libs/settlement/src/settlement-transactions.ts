import {
  BASE_FEE_UPOKT,
  EvidenceType,
  type MerkleNode,
  type MerkleProof,
  type ProtocolParameters,
  type SessionHeader,
  type TransactionMessage,
  addressOf,
  signTransaction,
} from '#libs/protocol';
import type { Receipt } from '#libs/receipts';
import { relayProofOf } from './leaf-hasher.js';
import type { NodeSessionKey, SessionKey } from './session.js';
import type { SettlementContext } from './settlement-context.js';

/** A signed transaction: bytes for the wire and the hash it is looked up by. */
export interface SignedBytes {
  readonly bytes: Buffer;
  readonly hashHex: string;
}

/** The header of a session in wire names. */
export function headerOf(session: SessionKey): SessionHeader {
  return {
    app_public_key: session.applicationPublicKeyHex,
    chain: session.chain,
    session_height: session.sessionHeight,
  };
}

/** The node's claim of `totalProofs` relays, signed by the settler (section 6.3). */
export function claimTransaction(
  context: SettlementContext,
  parameters: ProtocolParameters,
  settlement: NodeSessionKey,
  merkleRoot: MerkleNode,
  totalProofs: bigint,
): SignedBytes {
  return sign(context, parameters, {
    type: 'pocketcore/claim',
    value: {
      header: headerOf(settlement),
      merkleRoot,
      totalProofs,
      fromAddressHex: addressOf(settlement.nodePublicKeyHex),
      evidenceType: EvidenceType.relay,
      expirationHeight: 0,
    },
  });
}

/** The proof of a claim by the leaf that `receipt` is, signed by the settler (section 6.6). */
export function proofTransaction(
  context: SettlementContext,
  parameters: ProtocolParameters,
  receipt: Receipt,
  merkleProof: MerkleProof,
): SignedBytes {
  return sign(context, parameters, {
    type: 'pocketcore/proof',
    value: {
      merkleProof,
      leaf: { type: 'pocketcore/relay_proof', value: relayProofOf(receipt) },
      evidenceType: EvidenceType.relay,
    },
  });
}

function sign(context: SettlementContext, parameters: ProtocolParameters, message: TransactionMessage): SignedBytes {
  const multiplier = parameters.feeMultipliers[message.type] ?? parameters.feeMultiplierDefault;
  return signTransaction({
    message,
    chainId: context.chainId,
    feeUpokt: BASE_FEE_UPOKT * multiplier,
    memo: '',
    entropy: context.entropy(),
    signer: context.settler,
  });
}
