import { z } from 'zod';

const height = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0);
/** pocket-core starts at page 1 and takes 0 for it. */
const page = z
  .number()
  .int()
  .min(0)
  .max(1_000_000)
  .default(1)
  .transform((number) => Math.max(1, number));
const perPage = z
  .number()
  .int()
  .min(0)
  .max(10_000)
  .default(30)
  .transform((count) => (count === 0 ? 30 : count));
const address = z
  .string()
  .regex(/^[0-9a-fA-F]{40}$/, 'must be 40 hex digits')
  .transform((hex) => hex.toLowerCase());
const opts = z
  .object({
    page,
    per_page: perPage,
    /** 0 any, 1 unstaking, 2 staked. */
    staking_status: z.number().int().min(0).max(2).default(0),
    /** 0 any, 1 jailed, 2 not jailed. */
    jailed_status: z.number().int().min(0).max(2).default(0),
    blockchain: z.string().default(''),
  })
  .prefault({});

/** Bodies of `/v1/query/*` and `/v1/client/*` (morse-protocol.md, sections 4.6 and 5.8). Unknown keys are ignored. */
export const requests = {
  none: z.object({}),
  height: z.object({ height }),
  address: z.object({ address, height }),
  list: z.object({ height, opts }),
  parameter: z.object({ key: z.string().default(''), height }),
  blockTransactions: z.object({ height, page, per_page: perPage, order: z.string().default('') }),
  accountTransactions: z.object({
    address,
    page,
    per_page: perPage,
    received: z.boolean().default(false),
    order: z.string().default(''),
  }),
  transaction: z.object({ hash: z.string().regex(/^(0x)?[0-9a-fA-F]{64}$/, 'must be 64 hex digits') }),
  nodeClaims: z.object({ address: address.or(z.literal('')).default(''), height, page, per_page: perPage }),
  nodeClaim: z.object({
    address,
    blockchain: z.string(),
    app_pubkey: z.string(),
    session_block_height: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    height,
    receipt_type: z.enum(['relay', 'challenge']).default('relay'),
  }),
  dispatch: z.object({ app_public_key: z.string().default(''), chain: z.string().default('') }),
  rawTransaction: z.object({
    address: z.string().default(''),
    raw_hex_bytes: z.string().regex(/^([0-9a-fA-F]{2})+$/, 'must be hex'),
  }),
} as const;
