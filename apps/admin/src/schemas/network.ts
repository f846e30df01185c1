import { z } from 'zod';
import { upokt } from './common.js';

/** The network as it is now. */
export const networkSchema = z
  .object({
    chainId: z.string().describe('Network id that transactions are signed for'),
    height: z.int(),
    session: z.object({
      startHeight: z.int(),
      nextStartHeight: z.int(),
      blocksPerSession: z.int(),
    }),
    parameters: z.object({
      sessionNodeCount: z.int(),
      baseRelaysPerPokt: z.string().describe('In hundredths of a relay per session'),
      relaysToTokensMultiplierUpokt: upokt,
      applicationStakeMinimumUpokt: upokt,
      applicationChainsMax: z.int(),
    }),
    relaysPerPoktPerDay: z.int().describe('Published daily relays per staked POKT'),
    gatewayClientPublicKey: z.string().describe('Name this as client_pub_key in a ready-made AAT'),
    treasuryAddress: z.string().describe('Account that stakes managed applications'),
  })
  .meta({ id: 'Network' });

/** A chain of the catalogue. */
export const chainSchema = z
  .object({
    id: z.string().describe('Relay chain id'),
    slug: z.string(),
    aliases: z.array(z.string()),
    name: z.string(),
    kind: z.string(),
    evmChainId: z.int().nullable(),
    blockTimeMs: z.number(),
    nativeCurrency: z.object({ name: z.string(), symbol: z.string(), decimals: z.int() }),
    explorer: z.string().nullable(),
  })
  .meta({ id: 'Chain' });

/** The whole catalogue. */
export const chainListSchema = z.object({ items: z.array(chainSchema) }).meta({ id: 'ChainList' });
