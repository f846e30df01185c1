import {
  merkleLeafHash,
  type MerkleNode,
  type MerkleProof,
  MerkleTree,
  relayProofPreimage,
  type RelayProof,
  requiredLeafIndex,
  requiredLeafPreimage,
  sha3Hex,
  verifyMerkleProof,
} from '#libs/protocol';
import type { Context } from '../context.js';
import type { Fields } from '../report.js';

const plainNode = (node: MerkleNode): unknown => ({
  hash: node.hash.toString('hex'),
  lower: node.lower.toString(),
  upper: node.upper.toString(),
});

/** Trees over relays that differ in entropy only, and the table of a duplicated leaf. */
export function checkMerkle(group: Fields, context: Context): void {
  const relay = context.relay(group.number('relay_index') ?? 0);
  const beforeCodecUpgrade = group.take('before_codec_upgrade', 'pre_upgrade') === true;
  group.expect('leaf_preimage_entropy_1', () => relayProofPreimage({ ...relay, entropy: 1n }).toString('utf8'));
  for (const row of group.rows('trees')) checkTree(row, relay, beforeCodecUpgrade);
  const replay = group.object('replay');
  if (replay !== undefined) checkReplay(replay, relay);
  group.finish();
}

function treeOf(relay: RelayProof, entropies: readonly number[], beforeCodecUpgrade: boolean) {
  const leaves = entropies.map((entropy) => relayProofPreimage({ ...relay, entropy: BigInt(entropy) }));
  const tree = MerkleTree.build(Buffer.concat(leaves.map(merkleLeafHash)), { beforeCodecUpgrade });
  const entropyAt = (position: number): number => entropies[tree.inputIndexAt(position)] ?? 0;
  const preimageAt = (position: number): Buffer => leaves[tree.inputIndexAt(position)] ?? Buffer.alloc(0);
  return { tree, entropyAt, preimageAt };
}

function checkTree(row: Fields, relay: RelayProof, isOld: boolean): void {
  const count = row.number('n', 'count', 'leaves_count') ?? 0;
  const beforeCodecUpgrade = row.take('before_codec_upgrade', 'pre_upgrade') === true || isOld;
  const entropies = Array.from({ length: count }, (_, index) => index + 1);
  const { tree, entropyAt, preimageAt } = treeOf(relay, entropies, beforeCodecUpgrade);
  row.expect(['order_by_entropy', 'order'], () => entropies.map((_, position) => entropyAt(position)));
  row.expect(['leaves', 'level_0', 'leaf_level'], () =>
    Array.from({ length: tree.width }, (_, position) => plainNode(tree.leafAt(position))),
  );
  row.expect('root', () => plainNode(tree.root));
  row.expect('root_hash', () => tree.root.hash.toString('hex'));
  row.expect(['levels', 'number_of_levels'], () => tree.prove(0).siblings.length);
  for (const proofRow of row.rows('proofs')) {
    const index = proofRow.number('index') ?? 0;
    const proof = tree.prove(index);
    proofRow.expect('leaf_entropy', () => entropyAt(index));
    proofRow.expect(['target', 'target_range'], () => plainNode(proof.target));
    proofRow.expect(['siblings', 'hash_ranges'], () => proof.siblings.map(plainNode));
    const valid = proofRow.take('valid');
    const replay = proofRow.take('replay_attack');
    proofRow.compare('verdict', valid === false ? (replay === true ? 'replay' : 'invalid') : 'valid', () =>
      verifyMerkleProof(tree.root, preimageAt(index), proof, count, { beforeCodecUpgrade }),
    );
    proofRow.finish();
  }
  // Every leaf proves itself and nothing else, whether or not the file lists its path.
  for (let position = 0; position < count; position += 1) {
    const proof = tree.prove(position);
    row.compare(`proof of leaf ${position}`, 'valid', () =>
      verifyMerkleProof(tree.root, preimageAt(position), proof, count, { beforeCodecUpgrade }),
    );
    row.check(`proof of leaf ${position} for another leaf`, () => {
      const other = preimageAt((position + 1) % count);
      return verifyMerkleProof(tree.root, other, proof, count, { beforeCodecUpgrade }) !== 'valid';
    });
  }
  row.finish();
}

function checkReplay(group: Fields, relay: RelayProof): void {
  const rows = group.rows('rows');
  const entropies = rows.map((row) => row.number('leaf_entropy') ?? 0).sort((left, right) => left - right);
  const { tree, entropyAt, preimageAt } = treeOf(relay, entropies, false);
  group.expect('root', () => `${tree.root.hash.toString('hex')} [${tree.root.lower},${tree.root.upper})`);
  for (const row of rows) {
    const index = row.number('index') ?? 0;
    const proof: MerkleProof = tree.prove(index);
    row.expect('leaf_entropy', () => entropyAt(index));
    row.expect('lower', () => proof.target.lower);
    row.expect('upper', () => proof.target.upper);
    const verdict = (): string => verifyMerkleProof(tree.root, preimageAt(index), proof, entropies.length);
    row.expect('valid', () => verdict() === 'valid');
    row.expect('replay_attack', () => verdict() === 'replay');
    row.finish();
  }
  group.finish();
}

/** The required leaf from block hash and header hash. */
export function checkProofIndex(group: Fields): void {
  const preimage = group.value['preimage'];
  const inner = typeof preimage === 'string' ? (JSON.parse(preimage) as Record<string, string>) : {};
  const blockHash = group.text('block_hash') ?? inner['BlockHash'] ?? '';
  const headerHash = group.text('header_hash') ?? inner['Header'] ?? '';
  group.expect('preimage', () => requiredLeafPreimage(blockHash, headerHash));
  group.expect('hash', () => sha3Hex(requiredLeafPreimage(blockHash, headerHash)));
  const indices = group.object('index', 'indices');
  if (indices !== undefined) {
    for (const total of Object.keys(indices.value)) {
      indices.expect(total, () => requiredLeafIndex(blockHash, headerHash, BigInt(total)));
    }
    indices.finish();
  }
  for (const row of group.rows('rows', 'cases')) {
    const total = row.bigint('total', 'total_proofs', 'n') ?? 1n;
    row.expect('index', () => requiredLeafIndex(blockHash, headerHash, total));
    row.finish();
  }
  group.finish();
}
