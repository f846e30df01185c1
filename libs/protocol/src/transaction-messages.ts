import { ADDRESS_BYTES } from './keys.js';
import { bytesOfHex, requireHex } from './bytes.js';
import type { Challenge, ChallengeResponse } from './challenge.js';
import type { Claim } from './claim.js';
import { DecodeError } from './errors.js';
import type { GoJsonValue } from './go-json.js';
import type { MerkleNode, MerkleProof } from './merkle.js';
import type { RelayProof } from './relay.js';

/** Everything an account can ask of the chain, by its JSON type (section 1). Amounts are uPOKT. */
export type TransactionMessage =
  | { readonly type: 'pos/Send'; readonly value: SendMessage }
  | { readonly type: 'apps/MsgAppStake'; readonly value: ApplicationStakeMessage }
  | { readonly type: 'apps/MsgAppBeginUnstake'; readonly value: { readonly applicationAddressHex: string } }
  | { readonly type: 'apps/MsgAppUnjail'; readonly value: { readonly addressHex: string } }
  | { readonly type: 'pos/MsgStake'; readonly value: NodeStakeMessage }
  | { readonly type: 'pos/MsgBeginUnstake'; readonly value: NodeUnstakeMessage }
  | { readonly type: 'pos/MsgUnjail'; readonly value: NodeUnjailMessage }
  | { readonly type: 'pocketcore/claim'; readonly value: Claim }
  | { readonly type: 'pocketcore/proof'; readonly value: ProofMessage }
  | { readonly type: 'gov/msg_change_param'; readonly value: ChangeParameterMessage }
  | { readonly type: 'gov/msg_dao_transfer'; readonly value: DaoTransferMessage }
  | { readonly type: 'gov/msg_upgrade'; readonly value: UpgradeMessage };

/** Moves coins. */
export interface SendMessage {
  readonly fromAddressHex: string;
  readonly toAddressHex: string;
  readonly amountUpokt: bigint;
}

/** Stakes an application, edits its stake (never downward), or moves it to another key (value 0, no chains). */
export interface ApplicationStakeMessage {
  readonly publicKeyHex: string;
  /** Empty for a transfer: written as `null` when signed. */
  readonly chains: readonly string[];
  readonly valueUpokt: bigint;
}

/** Stakes a node or edits its stake. */
export interface NodeStakeMessage {
  readonly publicKeyHex: string;
  readonly chains: readonly string[];
  readonly valueUpokt: bigint;
  readonly serviceUrl: string;
  /** Where rewards go; null: to the node itself. */
  readonly outputAddressHex: string | null;
  /** Shares in percent by address (feature RewardDelegators). */
  readonly rewardDelegators?: Readonly<Record<string, number>>;
  /**
   * Extension of this project, unknown to Morse: a public key (64 hex digits) that may sign claims and proofs on the node's
   * behalf. Rewards still go to the node. Absent, the message is the stock one, byte for byte.
   */
  readonly settlerPublicKeyHex?: string;
  /** True for the form before feature NCUST: no output address, no signer. */
  readonly legacy?: boolean;
}

export interface NodeUnstakeMessage {
  readonly validatorAddressHex: string;
  /** The node or its output address; null in the legacy form. */
  readonly signerAddressHex: string | null;
}

export interface NodeUnjailMessage {
  readonly addressHex: string;
  /** The node or its output address; null in the legacy form. */
  readonly signerAddressHex: string | null;
}

/** A claim's proof: the leaf drawn by a later block's hash. */
export interface ProofMessage {
  readonly merkleProof: MerkleProof;
  readonly leaf: ProofLeaf;
  readonly evidenceType: 1 | 2;
}

/** A leaf of either kind of evidence, with its JSON type. */
export type ProofLeaf =
  | { readonly type: 'pocketcore/relay_proof'; readonly value: RelayProof }
  | { readonly type: 'pocketcore/challenge_proof_invalid_data'; readonly value: Challenge };

export interface ChangeParameterMessage {
  readonly fromAddressHex: string;
  /** Such as `pos/BlocksPerSession`. */
  readonly parameterKey: string;
  /** The value as JSON text, which the wire carries as bytes: `"4"` with quotes for integers. */
  readonly parameterValue: string;
}

export interface DaoTransferMessage {
  readonly fromAddressHex: string;
  /** Null for a burn. */
  readonly toAddressHex: string | null;
  readonly amountUpokt: bigint;
  readonly action: 'dao_transfer' | 'dao_burn';
}

export interface UpgradeMessage {
  readonly addressHex: string;
  readonly height: number;
  readonly version: string;
  readonly oldUpgradeHeight: number;
}

/** The value of a message with `legacy` or without a signer is the form before feature NCUST. */
export function isLegacyNodeMessage(message: TransactionMessage): boolean {
  switch (message.type) {
    case 'pos/MsgStake':
      return message.value.legacy === true;
    case 'pos/MsgBeginUnstake':
    case 'pos/MsgUnjail':
      return message.value.signerAddressHex === null;
    default:
      return false;
  }
}

/** Address whose key must sign, 40 hex digits. Our settler extension lets another key sign claims and proofs. */
export function messageSigner(message: TransactionMessage, addressOf: (publicKeyHex: string) => string): string {
  switch (message.type) {
    case 'pos/Send':
    case 'gov/msg_change_param':
    case 'gov/msg_dao_transfer':
      return message.value.fromAddressHex;
    case 'apps/MsgAppStake':
    case 'pos/MsgStake':
      return addressOf(message.value.publicKeyHex);
    case 'apps/MsgAppBeginUnstake':
      return message.value.applicationAddressHex;
    case 'pos/MsgBeginUnstake':
      return message.value.signerAddressHex ?? message.value.validatorAddressHex;
    case 'pos/MsgUnjail':
      return message.value.signerAddressHex ?? message.value.addressHex;
    case 'apps/MsgAppUnjail':
    case 'gov/msg_upgrade':
      return message.value.addressHex;
    case 'pocketcore/claim':
      return message.value.fromAddressHex;
    case 'pocketcore/proof':
      return message.value.leaf.type === 'pocketcore/relay_proof'
        ? addressOf(message.value.leaf.value.servicer_pub_key.toLowerCase())
        : message.value.leaf.value.reportersAddressHex;
  }
}

/** The `msg` of sign bytes: JSON type and value (section 1). 64-bit integers are text, as amino writes them. */
export function messageJson(message: TransactionMessage): GoJsonValue {
  const eight = isLegacyNodeMessage(message) ? '' : '8.0';
  switch (message.type) {
    case 'pos/Send':
      return typed(message.type, {
        amount: amount(message.value.amountUpokt),
        from_address: message.value.fromAddressHex,
        to_address: message.value.toAddressHex,
      });
    case 'apps/MsgAppStake':
      return typed(message.type, {
        chains: message.value.chains.length === 0 ? null : message.value.chains,
        pubkey: publicKeyJson(message.value.publicKeyHex),
        value: amount(message.value.valueUpokt),
      });
    case 'apps/MsgAppBeginUnstake':
      return typed(message.type, { application_address: message.value.applicationAddressHex });
    case 'apps/MsgAppUnjail':
      return typed(message.type, { address: message.value.addressHex });
    case 'pos/MsgStake':
      return typed(`pos/${eight}MsgStake`, nodeStakeJson(message.value));
    case 'pos/MsgBeginUnstake':
      return typed(`pos/${eight}MsgBeginUnstake`, {
        signer_address: message.value.signerAddressHex ?? undefined,
        validator_address: message.value.validatorAddressHex,
      });
    case 'pos/MsgUnjail':
      return typed(`pos/${eight}MsgUnjail`, {
        address: message.value.addressHex,
        signer_address: message.value.signerAddressHex ?? undefined,
      });
    case 'pocketcore/claim':
      return typed(message.type, claimJson(message.value));
    case 'pocketcore/proof':
      return typed(message.type, {
        evidence_type: message.value.evidenceType,
        leaf: leafJson(message.value.leaf),
        merkle_proofs: merkleProofJson(message.value.merkleProof),
      });
    case 'gov/msg_change_param':
      return typed(message.type, {
        address: message.value.fromAddressHex,
        param_key: message.value.parameterKey,
        param_value: Buffer.from(message.value.parameterValue, 'utf8').toString('base64'),
      });
    case 'gov/msg_dao_transfer':
      return typed(message.type, {
        action: message.value.action,
        amount: amount(message.value.amountUpokt),
        from_address: message.value.fromAddressHex,
        to_address: message.value.toAddressHex ?? '',
      });
    case 'gov/msg_upgrade':
      return typed(message.type, {
        address: message.value.addressHex,
        upgrade: {
          Height: message.value.height.toString(),
          OldUpgradeHeight:
            message.value.oldUpgradeHeight === 0 ? undefined : message.value.oldUpgradeHeight.toString(),
          Version: message.value.version,
        },
      });
  }
}

function typed(type: string, value: GoJsonValue): GoJsonValue {
  return { type, value };
}

function nodeStakeJson(message: NodeStakeMessage): GoJsonValue {
  const delegators = Object.entries(message.rewardDelegators ?? {});
  return {
    chains: message.chains.length === 0 ? null : message.chains,
    output_address: message.legacy === true ? undefined : (message.outputAddressHex ?? undefined),
    public_key: publicKeyJson(message.publicKeyHex),
    reward_delegators: delegators.length === 0 ? undefined : Object.fromEntries(delegators),
    service_url: message.serviceUrl,
    settler: message.settlerPublicKeyHex,
    value: amount(message.valueUpokt),
  };
}

function publicKeyJson(publicKeyHex: string): GoJsonValue {
  return { type: 'crypto/ed25519_public_key', value: publicKeyHex };
}

/** A claim in signed JSON. */
export function claimJson(claim: Claim): GoJsonValue {
  return {
    evidence_type: claim.evidenceType,
    expiration_height: claim.expirationHeight.toString(),
    from_address: claim.fromAddressHex,
    header: {
      app_public_key: claim.header.app_public_key,
      chain: claim.header.chain,
      session_height: claim.header.session_height.toString(),
    },
    merkle_root: merkleNodeJson(claim.merkleRoot),
    total_proofs: claim.totalProofs.toString(),
  };
}

/** A tree node in signed JSON: hash in base64, bounds as text. */
export function merkleNodeJson(node: MerkleNode): GoJsonValue {
  return {
    merkleHash: node.hash.toString('base64'),
    range: { lower: node.lower.toString(), upper: node.upper.toString() },
  };
}

/** A Merkle proof in signed JSON. */
export function merkleProofJson(proof: MerkleProof): GoJsonValue {
  return {
    hash_ranges: proof.siblings.length === 0 ? null : proof.siblings.map(merkleNodeJson),
    index: proof.index.toString(),
    target_range: merkleNodeJson(proof.target),
  };
}

function relayProofSignedJson(proof: RelayProof): GoJsonValue {
  return {
    aat: { ...proof.aat },
    blockchain: proof.blockchain,
    entropy: proof.entropy.toString(),
    request_hash: proof.request_hash,
    servicer_pub_key: proof.servicer_pub_key,
    session_block_height: proof.session_block_height.toString(),
    signature: proof.signature,
  };
}

function leafJson(leaf: ProofLeaf): GoJsonValue {
  if (leaf.type === 'pocketcore/relay_proof') return typed(leaf.type, relayProofSignedJson(leaf.value));
  const response = (value: ChallengeResponse): GoJsonValue => ({
    payload: value.response,
    proof: relayProofSignedJson(value.proof),
    signature: value.signature,
  });
  return typed(leaf.type, {
    majority_responses: leaf.value.majorityResponses.map(response),
    minority_response: response(leaf.value.minorityResponse),
    reporters_address: leaf.value.reportersAddressHex,
  });
}

function amount(value: bigint): string {
  if (value < 0n || value >= 2n ** 255n) throw new DecodeError('an amount must be from 0 to 2^255-1 uPOKT');
  return value.toString();
}

/** Address bytes, or DecodeError; empty text gives empty bytes, which pocket-core refuses by rule rather than by format. */
export function addressBytes(addressHex: string): Buffer {
  return addressHex === '' ? Buffer.alloc(0) : requireHex(addressHex, ADDRESS_BYTES, 'an address');
}

/** Public key bytes of 32 bytes, or DecodeError. */
export function publicKeyBytes(publicKeyHex: string): Buffer {
  const bytes = bytesOfHex(publicKeyHex);
  if (bytes?.length !== 32) throw new DecodeError('a public key must be 32 bytes as hex');
  return bytes;
}
