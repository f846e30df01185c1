import type { ChallengeResponse } from './challenge.js';
import type { Claim } from './claim.js';
import { compareUtf8 } from './go-json.js';
import type { MerkleNode, MerkleProof } from './merkle.js';
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
export const SETTLER_FIELD = 2001;

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
