import { COST_DIMENSIONS } from '#libs/usage';
import { z } from 'zod';
import { id } from './common.js';
import { count, day } from './usage.js';

const filter = {
  from: day.optional().describe('First UTC day, included'),
  to: day.optional().describe('Last UTC day, included'),
  endpointId: id.optional(),
  chain: z.string().max(64).optional().describe('Chain in any accepted name'),
  groupBy: z
    .string()
    .default('day,endpoint')
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .pipe(z.array(z.enum(COST_DIMENSIONS)).min(1))
    .describe(`Comma-separated: ${COST_DIMENSIONS.join(', ')}`),
  cursor: z.string().max(1_000).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
};

/** Which costs of one tenant. */
export const tenantCostsQuery = z.strictObject(filter);

/** Which costs of all tenants. */
export const costsQuery = z.strictObject({ ...filter, tenantId: id.optional() });

const costRow = z
  .object({
    id: z.string().describe('Name of the row, and a cursor'),
    day: day.optional(),
    tenantId: id.optional(),
    endpointId: id.optional(),
    chain: z.string().optional().describe('Relay chain id, four hex digits'),
    billableRelays: count.describe('Answers that went to clients: the relays that clients asked for'),
    sentRelays: count.describe('Relays answered by nodes; the sum of the five purposes'),
    clientRelays: count.describe('First attempts'),
    retryRelays: count.describe('Attempts after a node’s failure'),
    hedgeRelays: count.describe('Second attempts beside a slow first one'),
    quorumRelays: count.describe('Attempts made to compare answers'),
    probeRelays: count.describe('Attempts made to measure nodes'),
    unpricedRelays: count.describe('Of the relays sent: their session is not settled yet, so they have no price'),
    costUpokt: count.describe(
      'uPOKT of the priced relays: relays sent × RelaysToTokensMultiplier of their chain at the session’s height',
    ),
  })
  .meta({ id: 'CostRow' });

/** A page of costs. */
export const costPageSchema = z
  .object({ items: z.array(costRow), next: z.string().nullable() })
  .meta({ id: 'CostPage' });
