import {
  applicationMaxRelays,
  drawSessionNodes,
  maxPossibleRelays,
  merkleLeafHash,
  MerkleTree,
  ProtocolError,
  requiredLeafIndex,
  rewardFor,
  verifyMerkleProof,
} from '#libs/protocol';
import { Random } from '../fuzz-decoders/mutate.js';
import {
  naiveAllowance,
  naiveDraw,
  naiveLeafIndex,
  naiveReward,
  naiveTree,
  naiveVerify,
  type NaiveNode,
} from './naive.js';

/** A rule that is read twice. `run` compares both readings on one random case and describes a difference. */
export interface DifferentialCase {
  readonly name: string;
  run(random: Random): string | null;
}

function difference(left: unknown, right: unknown): string | null {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  return text(left) === text(right) ? null : `${text(left).slice(0, 500)} is not ${text(right).slice(0, 500)}`;
}

const uint64 = (random: Random): bigint => random.bytes(8).readBigUInt64BE();

function drawCase(random: Random): string | null {
  const total = random.below(8) === 0 ? 1 + random.below(2000) : 1 + random.below(60);
  const count = 1 + random.below(Math.min(24, total + 2));
  const rejected = random.pick([0, 2, 10, 3]);
  const eligible = Array.from({ length: total }, () => rejected === 0 || random.below(rejected) !== 0);
  const key = random.bytes(32).toString('hex');
  let drawn: number[] | null;
  try {
    const candidates = eligible.map((_, index) => index);
    drawn = drawSessionNodes({
      sessionKeyHex: key,
      candidates,
      count,
      isEligible: (index) => eligible[index] === true,
    });
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.code !== 17) throw error;
    drawn = null;
  }
  return difference(drawn, naiveDraw(key, eligible, count));
}

interface TreePair {
  readonly leaves: readonly Buffer[];
  readonly withIndex: boolean;
  readonly tree: MerkleTree;
  readonly naive: ReturnType<typeof naiveTree>;
}

function treePair(random: Random, countMax: number): TreePair {
  const count = 1 + random.below(countMax);
  const leaves = Array.from({ length: count }, () => random.bytes(1 + random.below(40)));
  // Now and then a leaf occurs twice, as in a replay.
  if (count > 1 && random.below(3) === 0) leaves[random.below(count)] = leaves[0] as Buffer;
  const withIndex = random.below(4) !== 0;
  const hashes = leaves.map((leaf) => merkleLeafHash(leaf));
  return {
    leaves,
    withIndex,
    tree: MerkleTree.build(Buffer.concat(hashes), { beforeCodecUpgrade: !withIndex }),
    naive: naiveTree(hashes, withIndex),
  };
}

const show = (node: NaiveNode): unknown => [node.hash.toString('hex'), node.lower, node.upper];

function treeCase(random: Random): string | null {
  const { tree, naive } = treePair(random, 24);
  const order = naive.order.map((_, position) => tree.inputIndexAt(position));
  const leaves = (naive.levels[0] ?? []).map((_, position) => show(tree.leafAt(position)));
  const expectedRoot = naive.levels.at(-1)?.[0] as NaiveNode;
  return difference(
    [order, leaves, show(tree.root)],
    [naive.order, (naive.levels[0] ?? []).map(show), show(expectedRoot)],
  );
}

function proofCase(random: Random): string | null {
  const { leaves, withIndex, tree, naive } = treePair(random, 16);
  const index = random.below(leaves.length);
  const proof = tree.prove(index);
  const siblings = naive.levels
    .slice(0, -1)
    .map((level, depth) => level[Math.floor(index / 2 ** depth) ^ 1] as NaiveNode);
  const made = difference(
    [show(proof.target), proof.siblings.map(show)],
    [show((naive.levels[0] ?? [])[index] as NaiveNode), siblings.map(show)],
  );
  if (made !== null) return made;
  const leaf = leaves[tree.inputIndexAt(index)] as Buffer;
  const forged = forge(random, { index, siblings: [...proof.siblings], target: proof.target });
  const isOther = random.below(6) === 0;
  const forgedLeaf = isOther ? (random.pick(leaves) as Buffer) : leaf;
  const forgedRoot = random.below(6) === 0 ? { ...tree.root, lower: BigInt(random.below(2)) } : tree.root;
  const headerHash = random.bytes(32).toString('hex');
  const blockHash = random.bytes(32).toString('hex');
  const total = 1n + (uint64(random) % 100_000n);
  return difference(
    [
      verifyMerkleProof(tree.root, leaf, proof, leaves.length, { beforeCodecUpgrade: !withIndex }),
      verifyMerkleProof(forgedRoot, forgedLeaf, forged, leaves.length, { beforeCodecUpgrade: !withIndex }),
      requiredLeafIndex(blockHash, headerHash, total),
    ],
    [
      naiveVerify(tree.root, leaf, proof, leaves.length, withIndex),
      naiveVerify(forgedRoot, forgedLeaf, forged, leaves.length, withIndex),
      naiveLeafIndex(blockHash, headerHash, total),
    ],
  );
}

interface OpenProof {
  index: number;
  siblings: NaiveNode[];
  target: NaiveNode;
}

/** One change of the kinds that a forger has. */
function forge(random: Random, proof: OpenProof): OpenProof {
  const level = random.below(proof.siblings.length);
  const sibling = proof.siblings[level];
  switch (random.below(9)) {
    case 0:
      return { ...proof, index: random.below(2 ** proof.siblings.length) };
    case 1:
      return { ...proof, siblings: proof.siblings.slice(0, -1) };
    case 2:
      return { ...proof, target: { ...proof.target, lower: proof.target.lower + 1n } };
    case 3:
      return { ...proof, target: { ...proof.target, upper: uint64(random) } };
    case 4:
      return { ...proof, target: { ...proof.target, hash: random.bytes(32) } };
    case 5:
      return { ...proof, target: { ...proof.target, lower: proof.target.upper } };
    case 6:
      return { ...proof, siblings: [...proof.siblings].reverse() };
    default:
      if (sibling === undefined) return proof;
      proof.siblings[level] = random.pick([
        { ...sibling, hash: random.bytes(32) },
        { ...sibling, lower: sibling.upper },
        { ...sibling, upper: 0n },
        { ...sibling, lower: sibling.lower === 0n ? 0n : sibling.lower - 1n },
      ]);
      return proof;
  }
}

function allowanceCase(random: Random): string | null {
  const stake = uint64(random) >> BigInt(random.below(64));
  const base = BigInt(random.pick([167, 526, 7014, 200_000, 1 + random.below(1_000_000)]));
  const adjustment = random.below(3) === 0 ? BigInt(random.below(1000)) : 0n;
  const chains = 1 + random.below(15);
  const sessionNodeCount = 1 + random.below(30);
  const maxRelays = applicationMaxRelays(stake, {
    baseRelaysPerPOKT: base,
    stabilityAdjustment: adjustment,
    participationRateOn: false,
  });
  return difference(
    { max: maxRelays, allowance: maxPossibleRelays({ maxRelays, chains, sessionNodeCount }) },
    naiveAllowance(stake, base, adjustment, chains, sessionNodeCount),
  );
}

function rewardCase(random: Random): string | null {
  const floor = BigInt(random.pick([15_000_000_000, 1_000_000, 1 + random.below(1_000_000)]));
  const input = {
    stake: floor * BigInt(random.below(14)) + BigInt(random.below(1_000_000)),
    relays: uint64(random) >> BigInt(24 + random.below(40)),
    rttm: BigInt(random.pick([485, 730, 10_000, 1 + random.below(100_000)])),
    floor,
    ceiling: floor * BigInt(1 + random.below(8)) + BigInt(random.below(1000)),
    exponentHundredths: random.pick([100, 50, 75, random.below(151)]),
    weightThousandths: BigInt(random.pick([1000, 2735, 1920, 1 + random.below(5000)])),
    dao: 1 + random.below(30),
    proposer: random.below(30),
  };
  const thousandths = input.weightThousandths.toString().padStart(4, '0');
  const reward = rewardFor({
    relays: input.relays,
    chain: '0021',
    stakeUpokt: input.stake,
    params: {
      relaysToTokensMultiplier: random.below(2) === 0 ? input.rttm : 1n,
      relaysToTokensMultiplierMap: { '0021': input.rttm },
      daoAllocation: input.dao,
      proposerPercentage: input.proposer,
      servicerStakeFloorMultiplier: floor,
      servicerStakeWeightCeiling: input.ceiling,
      servicerStakeWeightMultiplier: `${thousandths.slice(0, -3)}.${thousandths.slice(-3)}`,
      servicerStakeFloorMultiplierExponent: (input.exponentHundredths / 100).toFixed(2),
    },
  });
  return difference(
    {
      coins: reward.coinsUpokt,
      node: reward.nodeUpokt,
      fees: reward.feesUpokt,
      dao: reward.daoUpokt,
      proposer: reward.proposerUpokt,
    },
    naiveReward(input),
  );
}

/** The rules that move money, read twice. */
export const DIFFERENTIAL_CASES: readonly DifferentialCase[] = [
  { name: 'draw', run: drawCase },
  { name: 'tree', run: treeCase },
  { name: 'proof', run: proofCase },
  { name: 'allowance', run: allowanceCase },
  { name: 'reward', run: rewardCase },
];

/** Differences found in `count` random cases made from `seed`; at most ten are described. */
export function compareReadings(
  rule: DifferentialCase,
  count: number,
  seed: number,
): { differences: number; shown: string[] } {
  const random = new Random(seed);
  const shown: string[] = [];
  let differences = 0;
  for (let index = 0; index < count; index += 1) {
    const found = rule.run(random);
    if (found === null) continue;
    differences += 1;
    if (shown.length < 10) shown.push(`case ${index}: ${found}`);
  }
  return { differences, shown };
}
