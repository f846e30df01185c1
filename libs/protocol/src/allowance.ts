import {
  type Decimal,
  decimalOfInteger,
  divideDecimal,
  multiplyDecimal,
  roundDecimal,
  truncateDecimal,
} from './decimal.js';
import { DecodeError } from './errors.js';
import type { ProtocolParameters } from './parameters.js';

const UINT64_MAX = 2n ** 64n - 1n;
const UPOKT_PER_POKT = 1_000_000;

/** Stakes and supply at the moment of staking; needed only while `participationRateOn` is true. */
export interface StakedTotals {
  readonly applicationsUpokt: bigint;
  readonly nodesUpokt: bigint;
  readonly supplyUpokt: bigint;
}

/**
 * Relays per session that a stake buys, computed when staking and when the stake grows (section 3.1). At most 2^64-1.
 * Throws {@link DecodeError} for a negative stake, or when the participation rate is on and `totals` is missing.
 */
export function applicationMaxRelays(
  stakeUpokt: bigint,
  params: Pick<ProtocolParameters, 'baseRelaysPerPOKT' | 'stabilityAdjustment' | 'participationRateOn'>,
  totals?: StakedTotals,
): bigint {
  if (stakeUpokt < 0n) throw new DecodeError('a stake must not be negative');
  const base = divideDecimal(decimalOfInteger(params.baseRelaysPerPOKT), decimalOfInteger(100));
  const stakePokt = divideDecimal(decimalOfInteger(stakeUpokt), decimalOfInteger(UPOKT_PER_POKT));
  const relays = multiplyDecimal(
    participationRate(params.participationRateOn, totals),
    multiplyDecimal(base, stakePokt),
  );
  const result = truncateDecimal((relays + decimalOfInteger(params.stabilityAdjustment)) as Decimal);
  return result > UINT64_MAX ? UINT64_MAX : result;
}

function participationRate(isOn: boolean, totals: StakedTotals | undefined): Decimal {
  if (!isOn) return decimalOfInteger(1);
  if (totals === undefined || totals.supplyUpokt <= 0n)
    throw new DecodeError('the participation rate needs the totals');
  return divideDecimal(
    decimalOfInteger(totals.applicationsUpokt + totals.nodesUpokt),
    decimalOfInteger(totals.supplyUpokt),
  );
}

/**
 * Relays that one node may serve for an application on one chain in one session (section 3.2). 0 is possible: never send
 * for such an application, a stock node aborts on it. Throws {@link DecodeError} for counts below 1.
 */
export function maxPossibleRelays(o: {
  readonly maxRelays: bigint;
  /** Number of chains the application is staked for. */
  readonly chains: number;
  readonly sessionNodeCount: number;
}): bigint {
  if (!Number.isSafeInteger(o.chains) || o.chains < 1) throw new DecodeError('an application has at least one chain');
  if (!Number.isSafeInteger(o.sessionNodeCount) || o.sessionNodeCount < 1) {
    throw new DecodeError('a session has at least one node');
  }
  const perChain = divideDecimal(decimalOfInteger(o.maxRelays), decimalOfInteger(o.chains));
  return roundDecimal(divideDecimal(perChain, decimalOfInteger(o.sessionNodeCount)));
}
