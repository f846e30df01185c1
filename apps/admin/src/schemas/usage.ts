import { USAGE_DIMENSIONS } from '#libs/usage';
import { z } from 'zod';
import { id, instant } from './common.js';

const day = z.iso.date().meta({ examples: ['2026-11-20'] });
const count = z
  .string()
  .regex(/^[0-9]+$/)
  .describe('Exact count in digits');

const filter = {
  from: day.optional().describe('First UTC day, included'),
  to: day.optional().describe('Last UTC day, included'),
  endpointId: id.optional(),
  applicationId: id.optional(),
  keyId: id.optional(),
  chain: z.string().max(64).optional().describe('Chain in any accepted name'),
  groupBy: z
    .string()
    .default('day')
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .pipe(z.array(z.enum(USAGE_DIMENSIONS)).min(1))
    .describe(`Comma-separated: ${USAGE_DIMENSIONS.join(', ')}`),
  cursor: z
    .string()
    .regex(/^[0-9]{1,9}$/)
    .optional()
    .describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
};

/** Which usage of one tenant. */
export const tenantUsageQuery = z.strictObject(filter);

/** Which usage of all tenants. */
export const usageQuery = z.strictObject({ ...filter, tenantId: id.optional() });

/** A page of usage. */
export const usagePageSchema = z
  .object({
    items: z.array(
      z.object({
        day: z.iso.date().optional(),
        tenantId: id.optional(),
        endpointId: id.optional(),
        applicationId: id.optional(),
        keyId: id.optional(),
        chain: z.string().optional(),
        method: z.string().optional(),
        billableRelays: count.describe('Relays answered to clients'),
        sentRelays: count.describe('Relays answered by nodes for any purpose: what is claimed on the ledger'),
        retryRelays: count,
        hedgeRelays: count,
        quorumRelays: count,
        probeRelays: count,
        rpcErrors: count,
        bytesIn: count,
        bytesOut: count,
        durationUs: count.describe('Sum over billable relays, microseconds'),
        updatedAt: instant,
      }),
    ),
    next: z.string().nullable(),
    asOf: instant.describe('When this was read'),
  })
  .meta({ id: 'UsagePage' });
