import type { Challenge, ChallengeResponse } from './challenge.js';
import type { Claim } from './claim.js';
import { DecodeError } from './errors.js';
import { compareUtf8 } from './go-json.js';
import { ADDRESS_BYTES, PUBLIC_KEY_BYTES } from './keys.js';
import type { MerkleNode, MerkleProof } from './merkle.js';
import { ProtobufMessage } from './protobuf-reader.js';
import { ProtobufWriter } from './protobuf-writer.js';
import type { RelayProof } from './relay.js';
import {
  addressBytes,
  type NodeStakeMessage,
  type ProofLeaf,
  publicKeyBytes,
  type TransactionMessage,
} from './transaction-messages.js';

/** Field of a node stake that names the settler; far above what pocket-core uses, which skips unknown fields. */
const SETTLER_FIELD = 2001;
const CHAINS_MAX = 1000;
const DELEGATORS_MAX = 1000;
const SIBLINGS_MAX = 64;
const TEXT_MAX = 64 * 1024;

/** Type URL and message bytes for the `Any` of a transaction. */
export function encodeMessage(message: TransactionMessage): { typeUrl: string; bytes: Buffer } {
  const writer = new ProtobufWriter();
  const typeUrl = writeMessage(writer, message);
  return { typeUrl, bytes: writer.finish() };
}

function writeMessage(writer: ProtobufWriter, message: TransactionMessage): string {
  switch (message.type) {
    case 'pos/Send': {
      const { value } = message;
      writer
        .bytes(1, addressBytes(value.fromAddressHex))
        .bytes(2, addressBytes(value.toAddressHex))
        .bytesAlways(3, value.amountUpokt.toString());
      return '/x.nodes.MsgSend';
    }
    case 'apps/MsgAppStake': {
      writer.bytes(1, publicKeyBytes(message.value.publicKeyHex));
      for (const chain of message.value.chains) writer.bytesAlways(2, chain);
      writer.bytesAlways(3, message.value.valueUpokt.toString());
      return '/x.apps.MsgProtoStake';
    }
    case 'apps/MsgAppBeginUnstake':
      writer.bytes(1, addressBytes(message.value.applicationAddressHex));
      return '/x.apps.MsgBeginUnstake';
    case 'apps/MsgAppUnjail':
      writer.bytes(1, addressBytes(message.value.addressHex));
      return '/x.apps.MsgUnjail';
    case 'pos/MsgStake':
      return writeNodeStake(writer, message.value);
    case 'pos/MsgBeginUnstake': {
      const { signerAddressHex, validatorAddressHex } = message.value;
      writer.bytes(1, addressBytes(validatorAddressHex)).bytes(2, addressBytes(signerAddressHex ?? ''));
      return signerAddressHex === null ? '/x.nodes.MsgBeginUnstake' : '/x.nodes.MsgBeginUnstake8';
    }
    case 'pos/MsgUnjail': {
      const { addressHex, signerAddressHex } = message.value;
      writer.bytes(1, addressBytes(addressHex)).bytes(2, addressBytes(signerAddressHex ?? ''));
      return signerAddressHex === null ? '/x.nodes.MsgUnjail' : '/x.nodes.MsgUnjail8';
    }
    case 'pocketcore/claim':
      writeClaim(writer, message.value);
      return '/x.pocketcore.MsgClaim';
    case 'pocketcore/proof': {
      const { merkleProof, leaf, evidenceType } = message.value;
      writer
        .message(1, (inner) => writeMerkleProof(inner, merkleProof))
        .message(2, (inner) => writeLeaf(inner, leaf))
        .varint(3, evidenceType);
      // Go's registry finds no message name for this wrapper; live transactions show a lone slash.
      return '/';
    }
    case 'gov/msg_change_param':
      writer
        .bytes(1, addressBytes(message.value.fromAddressHex))
        .bytes(2, message.value.parameterKey)
        .bytes(3, message.value.parameterValue);
      return '/x.gov.MsgChangeParam';
    case 'gov/msg_dao_transfer':
      writer
        .bytes(1, addressBytes(message.value.fromAddressHex))
        .bytes(2, addressBytes(message.value.toAddressHex ?? ''))
        .bytesAlways(3, message.value.amountUpokt.toString())
        .bytes(4, message.value.action);
      return '/x.gov.MsgDAOTransfer';
    case 'gov/msg_upgrade': {
      const { value } = message;
      writer
        .bytes(1, addressBytes(value.addressHex))
        .message(2, (upgrade) =>
          upgrade.varint(1, value.height).bytes(2, value.version).varint(3, value.oldUpgradeHeight),
        );
      return '/x.gov.MsgUpgrade';
    }
  }
}

function writeNodeStake(writer: ProtobufWriter, value: NodeStakeMessage): string {
  writer.bytes(1, publicKeyBytes(value.publicKeyHex));
  for (const chain of value.chains) writer.bytesAlways(2, chain);
  writer.bytesAlways(3, value.valueUpokt.toString()).bytes(4, value.serviceUrl);
  if (value.legacy === true) return '/x.nodes.MsgProtoStake';
  writer.bytes(5, addressBytes(value.outputAddressHex ?? ''));
  const delegators = Object.entries(value.rewardDelegators ?? {}).sort(([left], [right]) => compareUtf8(left, right));
  for (const [address, share] of delegators) {
    // Map entries carry both fields even at zero values.
    writer.message(6, (entry) => entry.bytesAlways(1, address).varint(2, share));
  }
  if (value.settlerPublicKeyHex !== undefined) writer.bytes(SETTLER_FIELD, publicKeyBytes(value.settlerPublicKeyHex));
  return '/x.nodes.MsgProtoStake8';
}

function writeClaim(writer: ProtobufWriter, claim: Claim): void {
  writer
    .message(1, (header) =>
      header.bytes(1, claim.header.app_public_key).bytes(2, claim.header.chain).varint(3, claim.header.session_height),
    )
    .message(2, (root) => writeMerkleNode(root, claim.merkleRoot))
    .varint(3, claim.totalProofs)
    .bytes(4, addressBytes(claim.fromAddressHex))
    .varint(5, claim.evidenceType)
    .varint(6, claim.expirationHeight);
}

function writeMerkleNode(writer: ProtobufWriter, node: MerkleNode): void {
  writer.bytes(1, node.hash).message(2, (range) => range.varint(1, node.lower).varint(2, node.upper));
}

function writeMerkleProof(writer: ProtobufWriter, proof: MerkleProof): void {
  writer.varint(1, proof.index);
  for (const sibling of proof.siblings) writer.message(2, (node) => writeMerkleNode(node, sibling));
  writer.message(3, (node) => writeMerkleNode(node, proof.target));
}

function writeRelayProof(writer: ProtobufWriter, proof: RelayProof): void {
  writer
    .bytes(1, proof.request_hash)
    .varint(2, proof.entropy)
    .varint(3, proof.session_block_height)
    .bytes(4, proof.servicer_pub_key)
    .bytes(5, proof.blockchain)
    .message(6, (aat) =>
      aat
        .bytes(1, proof.aat.version)
        .bytes(2, proof.aat.app_pub_key)
        .bytes(3, proof.aat.client_pub_key)
        .bytes(4, proof.aat.signature),
    )
    .bytes(7, proof.signature);
}

function writeLeaf(writer: ProtobufWriter, leaf: ProofLeaf): void {
  if (leaf.type === 'pocketcore/relay_proof') {
    writer.message(1, (inner) => writeRelayProof(inner, leaf.value));
    return;
  }
  const response = (inner: ProtobufWriter, value: ChallengeResponse): void => {
    inner
      .bytes(1, value.signature)
      .bytes(2, value.response)
      .message(3, (proof) => writeRelayProof(proof, value.proof));
  };
  writer.message(2, (challenge) => {
    for (const majority of leaf.value.majorityResponses) challenge.message(1, (inner) => response(inner, majority));
    challenge
      .message(2, (inner) => response(inner, leaf.value.minorityResponse))
      .bytes(3, addressBytes(leaf.value.reportersAddressHex));
  });
}

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
