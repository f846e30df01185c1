/**
 * The chain's parameters (section 8.1). Counts, percentages and numbers of blocks are `number`; amounts, durations in
 * nanoseconds and limits that may exceed 2^53 are `bigint`; fractions are decimal text, exact.
 */
export interface ProtocolParameters {
  /** Smallest application stake, uPOKT. */
  readonly applicationStakeMinimum: bigint;
  /** Waiting time of an unstaking application, nanoseconds. */
  readonly appUnstakingTime: bigint;
  /** Relays per session and staked POKT, times 100. */
  readonly baseRelaysPerPOKT: bigint;
  readonly maxApplications: bigint;
  /** `application/MaximumChains`. */
  readonly applicationMaximumChains: number;
  readonly participationRateOn: boolean;
  /** Relays added to every application's maximum. */
  readonly stabilityAdjustment: bigint;
  readonly blocksPerSession: number;
  /** uPOKT minted for a relay at weight 1. */
  readonly relaysToTokensMultiplier: bigint;
  /** The same by chain id, where it differs. */
  readonly relaysToTokensMultiplierMap: Readonly<Record<string, bigint>>;
  /** Share of a reward, percent. */
  readonly daoAllocation: number;
  /** Share of a reward, percent. */
  readonly proposerPercentage: number;
  /** `pos/MaximumChains`. */
  readonly posMaximumChains: number;
  /** Smallest node stake, uPOKT; below it a node is forced out. */
  readonly stakeMinimum: bigint;
  readonly maxValidators: bigint;
  readonly maxJailedBlocks: number;
  /** Waiting time of an unstaking node, nanoseconds. */
  readonly unstakingTime: bigint;
  readonly stakeDenom: string;
  readonly signedBlocksWindow: number;
  /** Fraction, decimal text. */
  readonly minSignedPerWindow: string;
  /** Nanoseconds. */
  readonly downtimeJailDuration: bigint;
  /** Nanoseconds. */
  readonly maxEvidenceAge: bigint;
  /** Fraction, decimal text. */
  readonly slashFractionDoubleSign: string;
  /** Fraction, decimal text. */
  readonly slashFractionDowntime: string;
  /** Width of a stake bin, uPOKT. */
  readonly servicerStakeFloorMultiplier: bigint;
  /** Stake beyond this earns no more, uPOKT. */
  readonly servicerStakeWeightCeiling: bigint;
  /** Divisor of a bin's weight, decimal text. */
  readonly servicerStakeWeightMultiplier: string;
  /** Exponent of a bin, decimal text, steps of 0.01. */
  readonly servicerStakeFloorMultiplierExponent: string;
  readonly sessionNodeCount: number;
  /** Sessions in which a claim is accepted; `proof_waiting_period` in queries. */
  readonly claimSubmissionWindow: number;
  /** Sessions until an unproven claim is deleted. */
  readonly claimExpiration: number;
  readonly minimumNumberOfProofs: number;
  /** Relays burned for each relay of a replayed claim. */
  readonly replayAttackBurnMultiplier: number;
  readonly supportedBlockchains: readonly string[];
  readonly blockByteSize: bigint;
  readonly maxMemoCharacters: number;
  readonly txSigLimit: number;
  /** Multiplier of the base fee for message types without one of their own. */
  readonly feeMultiplierDefault: bigint;
  /** Multipliers of the base fee by message type. */
  readonly feeMultipliers: Readonly<Record<string, bigint>>;
  /** Address, 40 hex digits; empty when governance is off. */
  readonly daoOwner: string;
  /** Address that may change a parameter, by parameter key; the DAO owner where there is none. */
  readonly acl: Readonly<Record<string, string>>;
  /** Version and height of the last upgrade; features are gated by it. */
  readonly upgradeHeight: number;
  readonly upgradeVersion: string;
  /**
   * Stake burned from the application for each paid relay, uPOKT as decimal text. Not on Morse, where it is always 0; our own
   * ledger offers it so that mint and burn can meet.
   */
  readonly applicationBurnRate: string;
}

/** How a parameter travels as text in `/v1/query/allparams` and in governance messages. */
type ParameterKind = 'integer' | 'count' | 'boolean' | 'text' | 'decimal' | 'chainMap' | 'textList' | 'special';

/** One row of section 8.1. */
export interface ParameterKey {
  /** `module/Name`. */
  readonly key: string;
  readonly property: keyof ProtocolParameters;
  /** Name in the `*params` queries, misspellings included; null where there is none. */
  readonly jsonName: string | null;
  readonly kind: ParameterKind;
}

const row = (
  key: string,
  property: keyof ProtocolParameters,
  jsonName: string | null,
  kind: ParameterKind,
): ParameterKey => ({ key, property, jsonName, kind });

/** Every parameter with its names. */
export const PARAMETER_KEYS: readonly ParameterKey[] = [
  row('application/ApplicationStakeMinimum', 'applicationStakeMinimum', 'app_stake_minimum', 'integer'),
  row('application/AppUnstakingTime', 'appUnstakingTime', 'unstaking_time', 'integer'),
  row('application/BaseRelaysPerPOKT', 'baseRelaysPerPOKT', 'base_relays_per_pokt', 'integer'),
  row('application/MaxApplications', 'maxApplications', 'max_applications', 'integer'),
  row('application/MaximumChains', 'applicationMaximumChains', 'maximum_chains', 'count'),
  row('application/ParticipationRateOn', 'participationRateOn', 'participation_rate_on', 'boolean'),
  row('application/StabilityAdjustment', 'stabilityAdjustment', 'stability_adjustment', 'integer'),
  row('application/ApplicationBurnRate', 'applicationBurnRate', 'application_burn_rate', 'decimal'),
  row('pos/BlocksPerSession', 'blocksPerSession', 'session_block_frequency', 'count'),
  row('pos/RelaysToTokensMultiplier', 'relaysToTokensMultiplier', 'relays_to_tokens_multiplier', 'integer'),
  row('pos/RelaysToTokensMultiplierMap', 'relaysToTokensMultiplierMap', 'relays_to_tokens_multiplier_map', 'chainMap'),
  row('pos/DAOAllocation', 'daoAllocation', 'dao_allocation', 'count'),
  row('pos/ProposerPercentage', 'proposerPercentage', 'proposer_allocation', 'count'),
  row('pos/MaximumChains', 'posMaximumChains', 'maximum_chains', 'count'),
  row('pos/StakeMinimum', 'stakeMinimum', 'stake_minimum', 'integer'),
  row('pos/MaxValidators', 'maxValidators', 'max_validators', 'integer'),
  row('pos/MaxJailedBlocks', 'maxJailedBlocks', 'max_jailed_blocks', 'count'),
  row('pos/UnstakingTime', 'unstakingTime', 'unstaking_time', 'integer'),
  row('pos/StakeDenom', 'stakeDenom', 'stake_denom', 'text'),
  row('pos/SignedBlocksWindow', 'signedBlocksWindow', 'signed_blocks_window', 'count'),
  row('pos/MinSignedPerWindow', 'minSignedPerWindow', 'min_signed_per_window', 'decimal'),
  row('pos/DowntimeJailDuration', 'downtimeJailDuration', 'downtime_jail_duration', 'integer'),
  row('pos/MaxEvidenceAge', 'maxEvidenceAge', 'max_evidence_age', 'integer'),
  row('pos/SlashFractionDoubleSign', 'slashFractionDoubleSign', 'slash_fraction_double_sign', 'decimal'),
  row('pos/SlashFractionDowntime', 'slashFractionDowntime', 'slash_fraction_downtime', 'decimal'),
  row('pos/ServicerStakeFloorMultiplier', 'servicerStakeFloorMultiplier', 'servicer_stake_floor_multipler', 'integer'),
  row('pos/ServicerStakeWeightCeiling', 'servicerStakeWeightCeiling', 'servicer_stake_weight_ceiling', 'integer'),
  row(
    'pos/ServicerStakeWeightMultiplier',
    'servicerStakeWeightMultiplier',
    'servicer_stake_weight_multipler',
    'decimal',
  ),
  row(
    'pos/ServicerStakeFloorMultiplierExponent',
    'servicerStakeFloorMultiplierExponent',
    'servicer_stake_floor_multiplier_exponent',
    'decimal',
  ),
  row('pocketcore/SessionNodeCount', 'sessionNodeCount', 'session_node_count', 'count'),
  row('pocketcore/ClaimSubmissionWindow', 'claimSubmissionWindow', 'proof_waiting_period', 'count'),
  row('pocketcore/ClaimExpiration', 'claimExpiration', 'claim_expiration', 'count'),
  row('pocketcore/MinimumNumberOfProofs', 'minimumNumberOfProofs', 'minimum_number_of_proofs', 'count'),
  row('pocketcore/ReplayAttackBurnMultiplier', 'replayAttackBurnMultiplier', 'replay_attack_burn_multiplier', 'count'),
  row('pocketcore/SupportedBlockchains', 'supportedBlockchains', 'supported_blockchains', 'textList'),
  row('pocketcore/BlockByteSize', 'blockByteSize', 'block_byte_size', 'integer'),
  row('auth/MaxMemoCharacters', 'maxMemoCharacters', null, 'count'),
  row('auth/TxSigLimit', 'txSigLimit', null, 'count'),
  row('auth/FeeMultipliers', 'feeMultipliers', null, 'special'),
  row('gov/daoOwner', 'daoOwner', null, 'text'),
  row('gov/acl', 'acl', null, 'special'),
  row('gov/upgrade', 'upgradeHeight', null, 'special'),
];

/** The row of a parameter key such as `pos/BlocksPerSession`; undefined for an unknown key. */
export function parameterKey(key: string): ParameterKey | undefined {
  return PARAMETER_KEYS.find((candidate) => candidate.key === key);
}

const DURATION_21_DAYS = 1_814_400_000_000_000n;

/** Values of the mainnet genesis file where it sets them, code defaults elsewhere (section 8.1). */
export const GENESIS_PARAMETERS: ProtocolParameters = Object.freeze({
  applicationStakeMinimum: 1_000_000n,
  appUnstakingTime: DURATION_21_DAYS,
  baseRelaysPerPOKT: 167n,
  maxApplications: 2n ** 63n - 1n,
  applicationMaximumChains: 15,
  participationRateOn: false,
  stabilityAdjustment: 0n,
  blocksPerSession: 4,
  relaysToTokensMultiplier: 10_000n,
  relaysToTokensMultiplierMap: Object.freeze({}),
  daoAllocation: 10,
  proposerPercentage: 1,
  posMaximumChains: 15,
  stakeMinimum: 15_000_000_000n,
  maxValidators: 5000n,
  maxJailedBlocks: 37_960,
  unstakingTime: DURATION_21_DAYS,
  stakeDenom: 'upokt',
  signedBlocksWindow: 10,
  minSignedPerWindow: '0.6',
  downtimeJailDuration: 3_600_000_000_000n,
  maxEvidenceAge: 120_000_000_000n,
  slashFractionDoubleSign: '0.000001',
  slashFractionDowntime: '0.000001',
  servicerStakeFloorMultiplier: 15_000_000_000n,
  servicerStakeWeightCeiling: 15_000_000_000n,
  servicerStakeWeightMultiplier: '1',
  servicerStakeFloorMultiplierExponent: '1',
  sessionNodeCount: 5,
  claimSubmissionWindow: 3,
  claimExpiration: 120,
  minimumNumberOfProofs: 10,
  replayAttackBurnMultiplier: 3,
  supportedBlockchains: Object.freeze(['0001', '0021']),
  blockByteSize: 4_000_000n,
  maxMemoCharacters: 75,
  txSigLimit: 8,
  feeMultiplierDefault: 1n,
  feeMultipliers: Object.freeze({}),
  daoOwner: 'a83172b67b5ffbfcb8acb95acc0fd0466a9d4bc4',
  acl: Object.freeze({}),
  upgradeHeight: 0,
  upgradeVersion: '0.0.0',
  applicationBurnRate: '0',
});

/** The values to plan with for mainnet 2022 to 2024 (the starred ones of section 8.1). Read the chain before relying on them. */
export const MAINNET_2024_PARAMETERS: ProtocolParameters = Object.freeze({
  ...GENESIS_PARAMETERS,
  appUnstakingTime: 1_814_000_000_000_000n,
  baseRelaysPerPOKT: 200_000n,
  maxApplications: 2295n,
  relaysToTokensMultiplier: 485n,
  proposerPercentage: 5,
  maxValidators: 1000n,
  servicerStakeWeightCeiling: 60_000_000_000n,
  servicerStakeWeightMultiplier: '2.735',
  sessionNodeCount: 24,
  claimExpiration: 24,
  upgradeHeight: 74_616,
  upgradeVersion: '0.9.1.1',
});

/** Presets by the names used in configuration. */
export const PARAMETER_PRESETS: Readonly<Record<'genesis' | 'mainnet-2024', ProtocolParameters>> = Object.freeze({
  genesis: GENESIS_PARAMETERS,
  'mainnet-2024': MAINNET_2024_PARAMETERS,
});
