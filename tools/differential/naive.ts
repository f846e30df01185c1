import { createHash } from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2.js';

/**
 * A second reading of the rules, written from the specification alone and for plainness alone: objects, BigInt and one
 * sentence a step. It shares no code with the library that it is compared with.
 */

const sha3 = (bytes: Uint8Array | string): Buffer => createHash('sha3-256').update(bytes).digest();
const blake = (bytes: Uint8Array): Buffer => Buffer.from(blake2b(bytes, { dkLen: 32 }));

const bigEndian = (bytes: Buffer): bigint => BigInt(`0x${bytes.subarray(0, 8).toString('hex')}`);
const littleEndian = (bytes: Buffer): bigint =>
  BigInt(`0x${Buffer.from(bytes.subarray(0, 8)).reverse().toString('hex')}`);
const littleEndianBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(16, '0'), 'hex').reverse();

/** Section 4.5: null stands for code 17. */
export function naiveDraw(key: string, eligible: readonly boolean[], count: number): number[] | null {
  const n = eligible.length;
  if (n < count) return null;
  let k = Buffer.from(key, 'hex');
  const drawn = new Set<number>();
  const selected: number[] = [];
  while (selected.length < count) {
    if (drawn.size === n) return null;
    const i = Number(bigEndian(k) % BigInt(n));
    k = Buffer.from(sha3(k));
    if (drawn.has(i)) continue;
    drawn.add(i);
    if (eligible[i] === true) selected.push(i);
  }
  return selected;
}

/** A node of the naive tree. */
export interface NaiveNode {
  hash: Buffer;
  lower: bigint;
  upper: bigint;
}

/** Section 6.2: all levels, leaves first, and which input each leaf was. */
export function naiveTree(
  leafHashes: readonly Buffer[],
  withIndex: boolean,
): { levels: NaiveNode[][]; order: number[] } {
  const sorted = leafHashes
    .map((hash, input) => ({ hash, input, sum: littleEndian(hash) }))
    .sort((a, b) => (a.sum < b.sum ? -1 : a.sum > b.sum ? 1 : a.input - b.input));
  let width = 1;
  while (width < sorted.length) width *= 2;
  const leaves: NaiveNode[] = [];
  for (let i = 0; i < width; i += 1) {
    const lower = leaves.at(-1)?.upper ?? 0n;
    const leaf = sorted[i];
    leaves.push(
      leaf === undefined
        ? { hash: blake(Buffer.from(String(i))), lower, upper: BigInt.asUintN(64, lower + 1n) }
        : { hash: leaf.hash, lower, upper: leaf.sum },
    );
  }
  const levels = [leaves];
  for (let level = leaves; level.length > 1;) {
    const above: NaiveNode[] = [];
    for (let i = 0; i < level.length; i += 2) {
      above.push(naiveParent(level[i] as NaiveNode, level[i + 1] as NaiveNode, i, withIndex));
    }
    levels.push(above);
    level = above;
  }
  return { levels, order: sorted.map(({ input }) => input) };
}

function naiveParent(left: NaiveNode, right: NaiveNode, i: number, withIndex: boolean): NaiveNode {
  const index = withIndex ? [littleEndianBytes(BigInt(i)), littleEndianBytes(BigInt(i + 1))] : [];
  const parts = [left.hash, right.hash, ...index, littleEndianBytes(left.lower), littleEndianBytes(right.upper)];
  return { hash: blake(Buffer.concat(parts)), lower: left.lower, upper: right.upper };
}

/** Section 6.2, verification. */
export function naiveVerify(
  root: NaiveNode,
  leaf: Buffer,
  proof: { index: number; siblings: readonly NaiveNode[]; target: NaiveNode },
  total: number,
  withIndex: boolean,
): 'valid' | 'invalid' | 'replay' {
  if (proof.siblings.length !== Math.ceil(Math.log2(total))) return 'invalid';
  if (root.lower !== 0n) return 'invalid';
  if (!proof.target.hash.equals(blake(leaf))) return 'invalid';
  if (proof.target.upper !== littleEndian(proof.target.hash)) return 'invalid';
  let here = proof.target;
  let i = proof.index;
  for (const sibling of proof.siblings) {
    for (const range of [here, sibling]) if (range.upper === 0n || range.lower >= range.upper) return 'replay';
    if (i % 2 === 1) {
      if (here.lower !== sibling.upper) return 'invalid';
      here = naiveParent(sibling, here, i - 1, withIndex);
    } else {
      if (here.upper !== sibling.lower) return 'invalid';
      here = naiveParent(here, sibling, i, withIndex);
    }
    i = (i - (i % 2)) / 2;
  }
  const same = here.hash.equals(root.hash) && here.lower === root.lower && here.upper === root.upper;
  return same ? 'valid' : 'replay';
}

/** Section 6.5. */
export function naiveLeafIndex(blockHash: string, headerHash: string, total: bigint): number {
  return Number(bigEndian(sha3(JSON.stringify({ BlockHash: blockHash, Header: headerHash }))) % total);
}

/** A decimal as a fraction over 10^18. */
const UNIT = 10n ** 18n;

/** num/den to the nearest integer, halves to the even one. */
function nearestEven(num: bigint, den: bigint): bigint {
  const down = num / den;
  const twice = 2n * (num - down * den);
  if (twice < den) return down;
  if (twice > den) return down + 1n;
  return down % 2n === 0n ? down : down + 1n;
}

const times = (a: bigint, b: bigint): bigint => nearestEven(a * b, UNIT);
/** The quotient is cut at 36 digits first, as the chain's is. */
const over = (a: bigint, b: bigint): bigint => nearestEven((a * UNIT * UNIT) / b, UNIT);

/** Sections 3.1 and 3.2. */
export function naiveAllowance(
  stake: bigint,
  base: bigint,
  adjustment: bigint,
  chains: number,
  nodes: number,
): { max: bigint; allowance: bigint } {
  const product = times(over(base * UNIT, 100n * UNIT), over(stake * UNIT, 1_000_000n * UNIT));
  let max = (times(UNIT, product) + adjustment * UNIT) / UNIT;
  if (max > 2n ** 64n - 1n) max = 2n ** 64n - 1n;
  const share = over(over(max * UNIT, BigInt(chains) * UNIT), BigInt(nodes) * UNIT);
  return { max, allowance: nearestEven(share, UNIT) };
}

/** x^n by the binary method as section 7.1 names it: squares from the lowest bit. */
function naivePower(x: bigint, n: number): bigint {
  if (n === 0) return UNIT;
  let rest = n;
  let square = x;
  let collected = UNIT;
  while (rest > 1) {
    if (rest % 2 === 1) collected = times(collected, square);
    rest = Math.floor(rest / 2);
    square = times(square, square);
  }
  return times(square, collected);
}

function naiveHundredthRoot(x: bigint): bigint {
  if (x === 0n || x === UNIT) return x;
  let guess = UNIT;
  for (;;) {
    const step = (over(x, naivePower(guess, 99) || 1n) - guess) / 100n;
    guess += step;
    if (step <= 1n && step >= -1n) return guess;
  }
}

const powers = new Map<string, bigint>();

function naiveFracPow(bin: bigint, hundredths: number): bigint {
  if (hundredths === 0) return UNIT;
  const key = `${bin}^${hundredths}`;
  const value = powers.get(key) ?? naivePower(naiveHundredthRoot(bin * UNIT), hundredths);
  powers.set(key, value);
  return value;
}

/** Sections 7.1 and 7.2; fractions as hundredths and thousandths to stay exact. */
export function naiveReward(o: {
  stake: bigint;
  relays: bigint;
  rttm: bigint;
  floor: bigint;
  ceiling: bigint;
  exponentHundredths: number;
  weightThousandths: bigint;
  dao: number;
  proposer: number;
}): { coins: bigint; node: bigint; fees: bigint; dao: bigint; proposer: bigint } {
  const floored = o.stake - (o.stake % o.floor);
  const ceiled = o.ceiling - (o.ceiling % o.floor);
  const bin = (floored < ceiled ? floored : ceiled) / o.floor;
  const weight = over(naiveFracPow(bin, o.exponentHundredths), (o.weightThousandths * UNIT) / 1000n);
  const coins = times(o.rttm * o.relays * UNIT, weight) / UNIT;
  // A percentage of whole coins has two digits after the point: exact.
  const fees = (coins * BigInt(o.dao) + coins * BigInt(o.proposer)) / 100n;
  const dao = times(fees * UNIT, over(BigInt(o.dao) * UNIT, BigInt(o.dao + o.proposer) * UNIT)) / UNIT;
  return { coins, node: coins - fees, fees, dao, proposer: fees - dao };
}
