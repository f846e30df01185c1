import {
  type Decimal,
  decimalOfInteger,
  divideDecimal,
  fracPow,
  multiplyDecimal,
  parseDecimal,
  truncateDecimal,
} from './decimal.js';
import { DecodeError } from './errors.js';
import type { ProtocolParameters } from './parameters.js';

/** The parameters a reward depends on. */
export type RewardParameters = Pick<
  ProtocolParameters,
  | 'relaysToTokensMultiplier'
  | 'relaysToTokensMultiplierMap'
  | 'daoAllocation'
  | 'proposerPercentage'
  | 'servicerStakeFloorMultiplier'
  | 'servicerStakeWeightCeiling'
  | 'servicerStakeWeightMultiplier'
  | 'servicerStakeFloorMultiplierExponent'
>;

/** How a reward is split; everything in uPOKT. `nodeUpokt + feesUpokt = coinsUpokt`, `daoUpokt + proposerUpokt = feesUpokt`. */
export interface Reward {
  /** Everything that is minted. */
  readonly coinsUpokt: bigint;
  /** To the node's output address (and its delegators). */
  readonly nodeUpokt: bigint;
  /** To the fee pool, shared in the next block. */
  readonly feesUpokt: bigint;
  readonly daoUpokt: bigint;
  readonly proposerUpokt: bigint;
}

/**
 * The stake's bin (section 7.1): whole floors of stake, at most the ceiling's. 0 below one floor: no reward.
 * @param isBurn true for challenge and replay burns, whose ceiling subtracts the stake's remainder instead of its own (7.4)
 */
export function stakeBin(stakeUpokt: bigint, params: RewardParameters, isBurn = false): bigint {
  const floor = params.servicerStakeFloorMultiplier;
  const ceiling = params.servicerStakeWeightCeiling;
  if (floor <= 0n) throw new DecodeError('the stake floor multiplier must be positive');
  if (stakeUpokt < 0n) throw new DecodeError('a stake must not be negative');
  const floored = stakeUpokt - (stakeUpokt % floor);
  const ceiled = ceiling - ((isBurn ? stakeUpokt : ceiling) % floor);
  const weighted = floored < ceiled ? floored : ceiled;
  return weighted <= 0n ? 0n : weighted / floor;
}

/** FracPow of the same bin and exponent is asked for every claim; both take few values. */
const WEIGHT_CACHE_MAX = 1024;
const weights = new Map<string, Decimal>();

function binWeight(bin: bigint, params: RewardParameters): Decimal {
  const key = `${bin}/${params.servicerStakeFloorMultiplierExponent}/${params.servicerStakeWeightMultiplier}`;
  const known = weights.get(key);
  if (known !== undefined) return known;
  const divisor = parseDecimal(params.servicerStakeWeightMultiplier);
  if (divisor <= 0n) throw new DecodeError('the stake weight multiplier must be positive');
  const weight = divideDecimal(
    fracPow(decimalOfInteger(bin), parseDecimal(params.servicerStakeFloorMultiplierExponent)),
    divisor,
  );
  if (weights.size >= WEIGHT_CACHE_MAX) weights.clear();
  weights.set(key, weight);
  return weight;
}

function weightedCoins(multiplier: bigint, relays: bigint, bin: bigint, params: RewardParameters): bigint {
  if (relays < 0n) throw new DecodeError('a number of relays must not be negative');
  return truncateDecimal(multiplyDecimal(decimalOfInteger(multiplier * relays), binWeight(bin, params)));
}

/**
 * Splits an amount as section 7.2 does: `fees = trunc(coins·DAO% + coins·proposer%)`, the rest to the node; of the fees the
 * DAO gets `trunc(fees × DAO/(DAO+proposer))`, the rest the proposer. The chain splits the whole pool of a block at once;
 * the split here is that of a block with this reward alone.
 */
export function splitReward(
  coinsUpokt: bigint,
  params: Pick<ProtocolParameters, 'daoAllocation' | 'proposerPercentage'>,
): Reward {
  const hundred = decimalOfInteger(100);
  const coins = decimalOfInteger(coinsUpokt);
  const dao = multiplyDecimal(coins, divideDecimal(decimalOfInteger(params.daoAllocation), hundred));
  const proposer = multiplyDecimal(coins, divideDecimal(decimalOfInteger(params.proposerPercentage), hundred));
  const feesUpokt = truncateDecimal((dao + proposer) as Decimal);
  const { daoUpokt, proposerUpokt } = splitFeePool(feesUpokt, params);
  return { coinsUpokt, nodeUpokt: coinsUpokt - feesUpokt, feesUpokt, daoUpokt, proposerUpokt };
}

/** Splits a block's fee pool (rewards' fees and transaction fees) between DAO and previous proposer. */
export function splitFeePool(
  poolUpokt: bigint,
  params: Pick<ProtocolParameters, 'daoAllocation' | 'proposerPercentage'>,
): { daoUpokt: bigint; proposerUpokt: bigint } {
  const both = params.daoAllocation + params.proposerPercentage;
  if (both === 0) return { daoUpokt: 0n, proposerUpokt: poolUpokt };
  const share = divideDecimal(decimalOfInteger(params.daoAllocation), decimalOfInteger(both));
  const daoUpokt = truncateDecimal(multiplyDecimal(decimalOfInteger(poolUpokt), share));
  return { daoUpokt, proposerUpokt: poolUpokt - daoUpokt };
}

/** RelaysToTokensMultiplier of a chain (section 7.1): uPOKT that a relay mints before the node's stake is weighed. */
export function relaysToTokens(
  chain: string,
  params: Pick<RewardParameters, 'relaysToTokensMultiplier' | 'relaysToTokensMultiplierMap'>,
): bigint {
  const own = Object.hasOwn(params.relaysToTokensMultiplierMap, chain)
    ? params.relaysToTokensMultiplierMap[chain]
    : undefined;
  return own ?? params.relaysToTokensMultiplier;
}

/**
 * What a proven claim mints and who gets it (sections 7.1 and 7.2). Throws {@link DecodeError} for negative amounts.
 * @param o.stakeWeighted false before the RSCAL upgrade: `coins = multiplier × relays`
 */
export function rewardFor(o: {
  readonly relays: bigint;
  readonly chain: string;
  readonly stakeUpokt: bigint;
  readonly params: RewardParameters;
  readonly stakeWeighted?: boolean;
}): Reward {
  const { params } = o;
  const multiplier = relaysToTokens(o.chain, params);
  const coins =
    o.stakeWeighted === false
      ? multiplier * o.relays
      : weightedCoins(multiplier, o.relays, stakeBin(o.stakeUpokt, params), params);
  return splitReward(coins, params);
}

/** What a challenge or a replay burns from a node's stake for `relays` relays, at most the stake (section 7.4), uPOKT. */
export function burnForRelays(o: {
  readonly relays: bigint;
  readonly stakeUpokt: bigint;
  readonly params: RewardParameters;
}): bigint {
  const { params } = o;
  const coins = weightedCoins(params.relaysToTokensMultiplier, o.relays, stakeBin(o.stakeUpokt, params, true), params);
  return coins < o.stakeUpokt ? coins : o.stakeUpokt;
}

/**
 * Splits a node's part among delegators (feature RewardDelegators): each `trunc(share %)`, the rest to the output address.
 * Null when the shares are invalid (not 1 to 100, or more than 100 together): then nobody gets the amount.
 */
export function splitNodeReward(
  amountUpokt: bigint,
  shares: readonly number[],
): { delegatorsUpokt: bigint[]; restUpokt: bigint } | null {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total > 100 || shares.some((share) => !Number.isInteger(share) || share < 1 || share > 100)) return null;
  const delegatorsUpokt = shares.map((share) => (amountUpokt * BigInt(share)) / 100n);
  return { delegatorsUpokt, restUpokt: delegatorsUpokt.reduce((rest, part) => rest - part, amountUpokt) };
}
