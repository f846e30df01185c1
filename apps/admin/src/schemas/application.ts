import { z } from 'zod';
import { id, instant, name, pageSchema, pokt, upokt, version } from './common.js';

const chainNames = z
  .array(z.string().trim().min(1).max(64))
  .min(1)
  .max(15)
  .describe('Chains in any accepted name: slug, alias, EVM chain id or relay chain id')
  .meta({ examples: [['eth-mainnet']] });

const stakePokt = pokt.describe('Stake in POKT; it buys the daily relays').meta({ examples: ['25000'] });

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `must be ${digits} hex digits`);

/** An application authentication token in its wire names. */
export const aatSchema = z
  .strictObject({
    version: z.string().max(16),
    app_pub_key: hex(64),
    client_pub_key: hex(64),
    signature: hex(128),
  })
  .meta({ id: 'Aat' });

/** Body of an application's creation: a managed one with its stake, or a ready-made AAT. */
export const createApplicationBody = z
  .discriminatedUnion('source', [
    z.strictObject({
      source: z.literal('managed').describe('We make and seal the key, fund it from the treasury and stake it'),
      name: name.meta({ examples: ['Acme mainnet'] }),
      chains: chainNames,
      stakePokt,
    }),
    z.strictObject({
      source: z.literal('ready-made').describe('You staked it and signed the AAT for our client key'),
      name,
      aat: aatSchema,
    }),
  ])
  .meta({ id: 'CreateApplication' });

/** Body of a stake's raise; the amount is the new total. */
export const stakeBody = z
  .strictObject({
    stakePokt: stakePokt.describe('New total stake in POKT, not the difference; asking twice is asking once'),
    chains: chainNames.optional(),
  })
  .meta({ id: 'StakeApplication' });

/** Body of a withdrawal. */
export const withdrawBody = z
  .strictObject({
    toAddress: hex(40).optional().describe('Account that gets the POKT; absent: the operator’s treasury'),
  })
  .meta({ id: 'WithdrawApplication', examples: [{}] });

/** An application in an answer. */
export const applicationSchema = z
  .object({
    applicationId: id,
    tenantId: id,
    name: z.string(),
    source: z.enum(['managed', 'ready-made']),
    state: z
      .enum(['pending', 'funded', 'staked', 'unstaking', 'unstaked'])
      .describe('pending → funded → staked → unstaking → unstaked'),
    isSettled: z.boolean().describe('False while a requested stake or unstake is not on the ledger yet'),
    failure: z.string().nullable().describe('Why the last transaction was refused'),
    pendingTransactionHash: z.string().nullable(),
    publicKey: z.string(),
    address: z.string(),
    chains: z.array(z.string()).describe('Relay chain ids'),
    aat: aatSchema,
    stakedUpokt: upokt,
    stakedPokt: pokt,
    requestedUpokt: upokt,
    dailyRelaysMax: z.int().describe('Relays a UTC day, by stake and plan; 0 while the stake is not in force'),
    sessionRelaysMax: z.string().describe('The protocol’s allowance per session over all chains and nodes'),
    sessionRelaysPerNodeMax: z
      .string()
      .nullable()
      .describe('The same per node and chain; null while the network does not answer'),
    usedToday: z
      .object({
        day: z.iso.date(),
        used: z.int(),
        remaining: z.int(),
        resetAt: instant,
        source: z.enum(['redis', 'usage']).describe('redis: exact now; usage: what is stored, up to a minute behind'),
      })
      .nullable()
      .describe('null while neither source answers'),
    usableFromHeight: z
      .int()
      .nullable()
      .describe('First block of the first session that counts the present stake; null while not staked'),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Application' });

/** A page of applications. */
export const applicationPageSchema = pageSchema(applicationSchema, 'ApplicationPage');
