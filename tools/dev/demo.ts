import { z } from 'zod';

/** The demo tenant as `.data/demo.json` remembers it. The API key is shown once by the admin API, so it is kept here (0600). */
export const demoSchema = z.object({
  tenantId: z.string(),
  applicationId: z.string(),
  endpointId: z.string(),
  apiKey: z.string(),
});

/** See {@link demoSchema}. */
export type Demo = z.infer<typeof demoSchema>;

/** The chain that the demo endpoint is shown with: Ethereum's relay chain, answered by Anvil. */
export const DEMO_CHAIN = 'eth-mainnet';
/** Anvil's chain id. */
export const DEMO_EVM_CHAIN_ID = 31_337;
/** Relays a session are 167 for each POKT: 25,000 POKT are 41,750. */
export const DEMO_STAKE_POKT = 25_000;
