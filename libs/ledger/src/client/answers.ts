import { z } from 'zod';

/** uPOKT or relays: decimal text or a JSON integer that was not rounded. */
const amount = z.union([z.string().regex(/^\d{1,20}$/), z.int().nonnegative()]).transform((value) => BigInt(value));

const height = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,15}$/)]).transform(Number);
const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-fA-F]{${bytes * 2}}$`))
    .transform((text) => text.toLowerCase());
const addressOrEmpty = z.union([z.literal(''), hex(20)]);
const status = z.union([z.literal(0), z.literal(1), z.literal(2)]);
/** Go writes an empty list as null. */
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

export const heightAnswer = z.object({ height });

export const applicationAnswer = z
  .object({
    address: hex(20),
    public_key: hex(32),
    chains: list(z.string()),
    jailed: z.boolean(),
    max_relays: amount,
    staked_tokens: amount,
    status,
    unstaking_time: z.string(),
  })
  .transform((app) => ({
    addressHex: app.address,
    publicKeyHex: app.public_key,
    chains: app.chains,
    jailed: app.jailed,
    maxRelays: app.max_relays,
    stakedUpokt: app.staked_tokens,
    status: app.status,
    unstakingTime: app.unstaking_time,
  }));

export const nodeAnswer = z
  .object({
    address: hex(20),
    public_key: hex(32),
    chains: list(z.string()),
    service_url: z.string(),
    jailed: z.boolean(),
    status,
    tokens: amount,
    output_address: addressOrEmpty.nullish(),
    reward_delegators: z.record(z.string(), z.int()).nullish(),
    unstaking_time: z.string(),
    settler_public_key: hex(32).nullish(),
  })
  .transform((node) => ({
    addressHex: node.address,
    publicKeyHex: node.public_key,
    chains: node.chains,
    serviceUrl: node.service_url,
    jailed: node.jailed,
    status: node.status,
    stakedUpokt: node.tokens,
    outputAddressHex: node.output_address ?? '',
    rewardDelegators: node.reward_delegators ?? null,
    unstakingTime: node.unstaking_time,
    settlerPublicKeyHex: node.settler_public_key ?? null,
  }));

/** A page of a list. */
export function pageAnswer<T extends z.ZodType>(item: T) {
  return z.object({ result: list(item), total_pages: z.int().nonnegative(), page: z.int() });
}

export const balanceAnswer = z.object({ balance: amount });

/** `/v1/query/account`: amounts are text and exact; an account that never held anything is null. */
export const accountAnswer = z
  .object({ coins: list(z.object({ amount, denom: z.string() })) })
  .nullable()
  .transform((account) => account?.coins.find(({ denom }) => denom === 'upokt')?.amount ?? 0n);

export const supplyAnswer = z
  .object({
    node_staked: amount,
    app_staked: amount,
    dao: amount,
    total_staked: amount,
    total_unstaked: amount,
    total: amount,
  })
  .transform((supply) => ({
    nodeStakedUpokt: supply.node_staked,
    appStakedUpokt: supply.app_staked,
    daoUpokt: supply.dao,
    totalStakedUpokt: supply.total_staked,
    totalUnstakedUpokt: supply.total_unstaked,
    totalUpokt: supply.total,
  }));

const integerText = z.union([z.string().regex(/^-?\d{1,19}$/), z.int()]);
const blockId = z.object({ hash: z.string(), parts: z.object({ hash: z.string(), total: integerText }) });

/** `/v1/query/block`: the fields that sessions need, the rest is dropped. */
export const blockAnswer = z.object({
  block_id: blockId,
  block: z.object({
    header: z.object({
      version: z.object({ block: integerText, app: integerText }),
      chain_id: z.string(),
      height: integerText,
      time: z.string(),
      num_txs: integerText,
      total_txs: integerText,
      last_block_id: blockId,
      last_commit_hash: z.string(),
      data_hash: z.string(),
      validators_hash: z.string(),
      next_validators_hash: z.string(),
      consensus_hash: z.string(),
      app_hash: z.string(),
      last_results_hash: z.string(),
      evidence_hash: z.string(),
      proposer_address: z.string(),
    }),
  }),
});

/** A uint64 that is exact or known not to be: stock nodes send everything beyond 2^53 through a float, digits and all. */
const exactUint64 = z
  .union([z.number(), z.string().regex(/^\d{16,20}$/)])
  .transform((value) => (Number.isSafeInteger(Number(value)) ? BigInt(value) : null));

export const claimAnswer = z
  .object({
    header: z.object({ app_public_key: z.string(), chain: z.string(), session_height: height }),
    merkle_root: z.object({ merkleHash: z.base64(), range: z.object({ lower: exactUint64, upper: exactUint64 }) }),
    total_proofs: amount,
    from_address: hex(20),
    evidence_type: z.union([z.literal(1), z.literal(2)]),
    expiration_height: height,
  })
  .transform((claim) => ({
    header: claim.header,
    merkleRoot: {
      hash: Buffer.from(claim.merkle_root.merkleHash, 'base64'),
      lower: claim.merkle_root.range.lower ?? 0n,
      upper: claim.merkle_root.range.upper,
    },
    totalProofs: claim.total_proofs,
    fromAddressHex: claim.from_address,
    evidenceType: claim.evidence_type,
    expirationHeight: claim.expiration_height,
  }));

export const rawTransactionAnswer = z
  .object({
    txhash: hex(32),
    code: z.int().nonnegative().nullish(),
    codespace: z.string().nullish(),
    raw_log: z.string().nullish(),
  })
  .transform((answer) => ({
    txHash: answer.txhash.toUpperCase(),
    code: answer.code ?? 0,
    codespace: answer.codespace ?? '',
    log: answer.raw_log ?? '',
  }));

export const transactionAnswer = z
  .object({
    hash: hex(32),
    height,
    index: z.int().nonnegative(),
    tx: z.base64(),
    tx_result: z.object({ code: z.int().nullish(), codespace: z.string().nullish(), log: z.string().nullish() }),
  })
  .transform((transaction) => ({
    hash: transaction.hash.toUpperCase(),
    height: transaction.height,
    index: transaction.index,
    code: transaction.tx_result.code ?? 0,
    codespace: transaction.tx_result.codespace ?? '',
    log: transaction.tx_result.log ?? '',
    bytes: Buffer.from(transaction.tx, 'base64'),
  }));

const parameterEntries = list(z.object({ param_key: z.string(), param_value: z.string() }));

/** `/v1/query/allparams` as one map from `module/Name` to the value's text. */
export const allParametersAnswer = z
  .object({
    app_params: parameterEntries,
    auth_params: parameterEntries,
    gov_params: parameterEntries,
    node_params: parameterEntries,
    pocket_params: parameterEntries,
  })
  .transform(
    (answer) =>
      new Map(
        Object.values(answer).flatMap((entries) =>
          entries.map(({ param_key, param_value }): [string, string] => [param_key, param_value]),
        ),
      ),
  );

/** The body of a 400. */
export const refusalAnswer = z.object({ code: z.int().nullish(), message: z.string() });
