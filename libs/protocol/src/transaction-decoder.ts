import type { Challenge, ChallengeResponse } from './challenge.js';
import type { Claim } from './claim.js';
import { DecodeError } from './errors.js';
import { ADDRESS_BYTES, PUBLIC_KEY_BYTES } from './keys.js';
import type { MerkleNode, MerkleProof } from './merkle.js';
import { ProtobufMessage } from './protobuf-reader.js';
import type { RelayProof } from './relay.js';
import { SETTLER_FIELD } from './transaction-encoder.js';
import type { NodeStakeMessage, ProofLeaf, TransactionMessage } from './transaction-messages.js';

const CHAINS_MAX = 1000;
const DELEGATORS_MAX = 1000;
const SIBLINGS_MAX = 64;
const TEXT_MAX = 64 * 1024;

/** The message of an `Any`. Throws {@link DecodeError} for unknown types and malformed fields. */
export function decodeMessage(typeUrl: string, bytes: Uint8Array): TransactionMessage {
  const message = new ProtobufMessage(bytes, typeUrl.slice(0, 64));
  switch (typeUrl) {
    case '/x.nodes.MsgSend':
      return {
        type: 'pos/Send',
        value: {
          fromAddressHex: address(message, 1),
          toAddressHex: address(message, 2),
          amountUpokt: amount(message, 3),
        },
      };
    case '/x.apps.MsgProtoStake':
      return {
        type: 'apps/MsgAppStake',
        value: {
          publicKeyHex: publicKey(message, 1),
          chains: message.repeatedString(2, CHAINS_MAX),
          valueUpokt: amount(message, 3),
        },
      };
    case '/x.apps.MsgBeginUnstake':
      return { type: 'apps/MsgAppBeginUnstake', value: { applicationAddressHex: address(message, 1) } };
    case '/x.apps.MsgUnjail':
      return { type: 'apps/MsgAppUnjail', value: { addressHex: address(message, 1) } };
    case '/x.nodes.MsgProtoStake':
    case '/x.nodes.MsgProtoStake8':
      return { type: 'pos/MsgStake', value: readNodeStake(message, typeUrl === '/x.nodes.MsgProtoStake') };
    case '/x.nodes.MsgBeginUnstake':
    case '/x.nodes.MsgBeginUnstake8':
      return {
        type: 'pos/MsgBeginUnstake',
        value: {
          validatorAddressHex: address(message, 1),
          signerAddressHex: typeUrl.endsWith('8') ? address(message, 2) : null,
        },
      };
    case '/x.nodes.MsgUnjail':
    case '/x.nodes.MsgUnjail8':
      return {
        type: 'pos/MsgUnjail',
        value: {
          addressHex: address(message, 1),
          signerAddressHex: typeUrl.endsWith('8') ? address(message, 2) : null,
        },
      };
    case '/x.pocketcore.MsgClaim':
      return { type: 'pocketcore/claim', value: readClaim(message) };
    case '/':
      return {
        type: 'pocketcore/proof',
        value: {
          merkleProof: readMerkleProof(message.message(1, 'MerkleProof')),
          leaf: readLeaf(message.message(2, 'ProofI')),
          evidenceType: evidenceType(message, 3),
        },
      };
    case '/x.gov.MsgChangeParam':
      return {
        type: 'gov/msg_change_param',
        value: {
          fromAddressHex: address(message, 1),
          parameterKey: message.string(2, 256),
          parameterValue: message.string(3),
        },
      };
    case '/x.gov.MsgDAOTransfer': {
      const to = address(message, 2);
      return {
        type: 'gov/msg_dao_transfer',
        value: {
          fromAddressHex: address(message, 1),
          toAddressHex: to === '' ? null : to,
          amountUpokt: amount(message, 3),
          action: daoAction(message.string(4, 64)),
        },
      };
    }
    case '/x.gov.MsgUpgrade': {
      const upgrade = message.message(2, 'Upgrade');
      return {
        type: 'gov/msg_upgrade',
        value: {
          addressHex: address(message, 1),
          height: upgrade.safeInteger(1),
          version: upgrade.string(2, 256),
          oldUpgradeHeight: upgrade.safeInteger(3),
        },
      };
    }
    default:
      throw new DecodeError(`unknown message type ${JSON.stringify(typeUrl.slice(0, 64))}`);
  }
}

function readNodeStake(message: ProtobufMessage, legacy: boolean): NodeStakeMessage {
  const output = legacy ? '' : address(message, 5);
  const delegators = message.repeatedBytes(6, DELEGATORS_MAX).map((entry) => {
    const pair = new ProtobufMessage(entry, 'RewardDelegators');
    return [pair.string(1, 256), pair.safeInteger(2)] as const;
  });
  return {
    publicKeyHex: publicKey(message, 1),
    chains: message.repeatedString(2, CHAINS_MAX),
    valueUpokt: amount(message, 3),
    serviceUrl: message.string(4, TEXT_MAX),
    outputAddressHex: output === '' ? null : output,
    ...(legacy || delegators.length === 0 ? {} : { rewardDelegators: Object.fromEntries(delegators) }),
    ...(legacy || !message.has(SETTLER_FIELD) ? {} : { settlerPublicKeyHex: publicKey(message, SETTLER_FIELD) }),
    ...(legacy ? { legacy } : {}),
  };
}

function readClaim(message: ProtobufMessage): Claim {
  const header = message.message(1, 'SessionHeader');
  return {
    header: {
      app_public_key: header.string(1, TEXT_MAX),
      chain: header.string(2, TEXT_MAX),
      session_height: header.safeInteger(3),
    },
    merkleRoot: readMerkleNode(message.message(2, 'HashRange')),
    totalProofs: message.int64(3),
    fromAddressHex: address(message, 4),
    evidenceType: evidenceType(message, 5),
    expirationHeight: message.safeInteger(6),
  };
}

function readMerkleNode(message: ProtobufMessage): MerkleNode {
  const range = message.message(2, 'Range');
  return { hash: Buffer.from(message.bytes(1, 64)), lower: range.uint64(1), upper: range.uint64(2) };
}

function readMerkleProof(message: ProtobufMessage): MerkleProof {
  return {
    index: message.safeInteger(1),
    siblings: message
      .repeatedBytes(2, SIBLINGS_MAX)
      .map((sibling) => readMerkleNode(new ProtobufMessage(sibling, 'HashRange'))),
    target: readMerkleNode(message.message(3, 'HashRange')),
  };
}

function readRelayProof(message: ProtobufMessage): RelayProof {
  const aat = message.message(6, 'AAT');
  return {
    request_hash: message.string(1, TEXT_MAX),
    entropy: message.int64(2),
    session_block_height: message.safeInteger(3),
    servicer_pub_key: message.string(4, TEXT_MAX),
    blockchain: message.string(5, TEXT_MAX),
    aat: {
      version: aat.string(1, TEXT_MAX),
      app_pub_key: aat.string(2, TEXT_MAX),
      client_pub_key: aat.string(3, TEXT_MAX),
      signature: aat.string(4, TEXT_MAX),
    },
    signature: message.string(7, TEXT_MAX),
  };
}

function readLeaf(message: ProtobufMessage): ProofLeaf {
  if (!message.has(2)) {
    return { type: 'pocketcore/relay_proof', value: readRelayProof(message.message(1, 'RelayProof')) };
  }
  const challenge = message.message(2, 'ChallengeProofInvalidData');
  const response = (inner: ProtobufMessage): ChallengeResponse => ({
    signature: inner.string(1, TEXT_MAX),
    response: inner.string(2),
    proof: readRelayProof(inner.message(3, 'RelayProof')),
  });
  const [first, second, ...more] = challenge
    .repeatedBytes(1, SIBLINGS_MAX)
    .map((bytes) => response(new ProtobufMessage(bytes, 'RelayResponse')));
  if (first === undefined || second === undefined || more.length > 0) {
    throw new DecodeError('a challenge has two majority responses');
  }
  const value: Challenge = {
    majorityResponses: [first, second],
    minorityResponse: response(challenge.message(2, 'RelayResponse')),
    reportersAddressHex: address(challenge, 3),
  };
  return { type: 'pocketcore/challenge_proof_invalid_data', value };
}

function address(message: ProtobufMessage, field: number): string {
  const hex = message.hex(field, ADDRESS_BYTES);
  if (hex !== '' && hex.length !== 2 * ADDRESS_BYTES) throw new DecodeError('an address must be 20 bytes');
  return hex;
}

function publicKey(message: ProtobufMessage, field: number): string {
  const hex = message.hex(field, PUBLIC_KEY_BYTES);
  if (hex.length !== 2 * PUBLIC_KEY_BYTES) throw new DecodeError('a public key must be 32 bytes');
  return hex;
}

/** Digits of 2^255. */
const AMOUNT_DIGITS_MAX = 77;

function amount(message: ProtobufMessage, field: number): bigint {
  return parseAmount(message.string(field, AMOUNT_DIGITS_MAX));
}

/** A decimal amount without sign or leading zeros, so that its text is the one that was signed. Throws {@link DecodeError}. */
export function parseAmount(text: string): bigint {
  if (text.length > AMOUNT_DIGITS_MAX || !/^(?:0|[1-9]\d*)$/.test(text)) {
    throw new DecodeError('an amount must be decimal digits without leading zeros');
  }
  return BigInt(text);
}

function evidenceType(message: ProtobufMessage, field: number): 1 | 2 {
  const value = message.int64(field);
  // Types 0 and above 2 are refused by rule (codes 84 and 5), so they must survive decoding.
  return Number(BigInt.asIntN(32, value)) as 1 | 2;
}

function daoAction(text: string): 'dao_transfer' | 'dao_burn' {
  if (text !== 'dao_transfer' && text !== 'dao_burn') throw new DecodeError('unknown DAO action');
  return text;
}
