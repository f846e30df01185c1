import {
  applicationMaxRelays,
  decimalOfInteger,
  formatDecimal,
  fracPow,
  maxPossibleRelays,
  MAINNET_2024_PARAMETERS,
  parseDecimal,
  rewardFor,
} from '#libs/protocol';
import { type Fields, scalarText } from '../report.js';

/** Allowance of an application per chain, node and session. */
export function checkAllowance(row: Fields): void {
  row.take('name');
  const stake = row.bigint('stake', 'stake_upokt');
  const base = row.bigint('base_relays_per_pokt');
  const computed =
    stake === undefined
      ? undefined
      : applicationMaxRelays(stake, {
          baseRelaysPerPOKT: base ?? MAINNET_2024_PARAMETERS.baseRelaysPerPOKT,
          stabilityAdjustment: row.bigint('stability_adjustment') ?? 0n,
          participationRateOn: false,
        });
  const maxRelays = computed ?? row.bigint('app_max_relays', 'max_relays') ?? 0n;
  if (computed !== undefined) row.expect(['app_max_relays', 'max_relays'], () => computed);
  const chains = row.number('chains', 'number_of_chains') ?? 1;
  const sessionNodeCount = row.number('session_node_count', 'nodes', 'node_count') ?? 1;
  row.expect(['allowance', 'max_possible_relays'], () => maxPossibleRelays({ maxRelays, chains, sessionNodeCount }));
  row.finish();
}

/** Powers with fractional exponents, with the chain's rounding. */
export function checkFracPow(row: Fields): void {
  row.take('name');
  const bin = row.text('bin', 'base', 'd') ?? '0';
  const exponent = parseDecimal(row.text('exponent', 'power') ?? '1');
  const base = bin.includes('.') ? parseDecimal(bin) : decimalOfInteger(BigInt(bin));
  row.expect(['result', 'value'], () =>
    formatDecimal(fracPow(base, exponent, row.bigint('denominator', 'precision') ?? 100n)),
  );
  row.finish();
}

/** Reward of a number of relays and its split. The percentages stand in the group's note unless a row has its own. */
export function checkReward(row: Fields, defaults: { dao: number; proposer: number; floor: bigint }): void {
  row.take('name');
  const reward = rewardFor({
    relays: row.bigint('relays') ?? 0n,
    chain: row.text('chain') ?? '',
    stakeUpokt: row.bigint('stake', 'stake_upokt') ?? 0n,
    params: {
      relaysToTokensMultiplier: row.bigint('rttm', 'relays_to_tokens_multiplier') ?? 0n,
      relaysToTokensMultiplierMap: {},
      daoAllocation: row.number('dao_allocation', 'dao_percent') ?? defaults.dao,
      proposerPercentage:
        row.number('proposer_percentage', 'proposer_allocation', 'proposer_percent') ?? defaults.proposer,
      servicerStakeFloorMultiplier: row.bigint('floor', 'floor_multiplier', 'stake_floor_multiplier') ?? defaults.floor,
      servicerStakeWeightCeiling: row.bigint('ceiling', 'weight_ceiling') ?? 0n,
      servicerStakeWeightMultiplier: row.text('weight_multiplier') ?? '1',
      servicerStakeFloorMultiplierExponent: row.text('exponent') ?? '1',
    },
  });
  row.expect(['coins', 'total'], () => reward.coinsUpokt);
  row.expect(['node', 'to_node'], () => reward.nodeUpokt);
  row.expect(['fees', 'fee_pool', 'to_fee_collector'], () => reward.feesUpokt);
  row.expect(['dao', 'to_dao'], () => reward.daoUpokt);
  row.expect(['proposer', 'to_proposer'], () => reward.proposerUpokt);
  row.finish();
}

/** The percentages and the bin width that a rewards group applies to all its rows. */
export function rewardDefaults(group: Fields): { dao: number; proposer: number; floor: bigint } {
  const note = scalarText(group.value['note'] ?? '');
  const inNote = (name: string): string | undefined => new RegExp(`${name}\\s*=?:?\\s*(\\d+)`).exec(note)?.[1];
  return {
    dao: group.number('dao_allocation') ?? Number(inNote('DAOAllocation') ?? 10),
    proposer: group.number('proposer_percentage', 'proposer_allocation') ?? Number(inNote('ProposerPercentage') ?? 5),
    floor: group.bigint('floor_multiplier') ?? BigInt(inNote('ServicerStakeFloorMultiplier') ?? 15_000_000_000),
  };
}
