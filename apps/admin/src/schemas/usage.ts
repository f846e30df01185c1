import { USAGE_DIMENSIONS } from '#libs/usage';
import { z } from 'zod';
import { id, instant } from './common.js';

/** A UTC day. */
export const day = z.iso.date().meta({ examples: ['2026-11-20'] });

/** A count of any size. */
export const count = z
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
  method: z.string().max(64).optional(),
  groupBy: z
    .string()
    .default('day')
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .pipe(z.array(z.enum(USAGE_DIMENSIONS)).min(1))
    .describe(
      `Comma-separated: ${USAGE_DIMENSIONS.join(', ')}. Hours are known from the day on that this version ran.`,
    ),
  format: z
    .enum(['json', 'ndjson', 'csv'])
    .optional()
    .describe('json: a page; ndjson, csv: everything, streamed. Default: by `Accept`, else json'),
  cursor: z.string().max(1_000).optional().describe('`next` of the page before, or the `id` of any row: rows after it'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('Most rows; json: 200 unless stated and at most 1,000, ndjson and csv: all unless stated'),
};

/** Which usage of one tenant. */
export const tenantUsageQuery = z.strictObject(filter);

/** Which usage of all tenants. */
export const usageQuery = z.strictObject({ ...filter, tenantId: id.optional() });

const usageRow = z
  .object({
    id: z.string().describe('Name of the row, the same in every reading'),
    day: z.iso.date().optional(),
    hour: instant.optional().describe('Beginning of the UTC hour'),
    tenantId: id.optional(),
    endpointId: id.optional(),
    applicationId: id.optional(),
    keyId: id.optional(),
    chain: z.string().optional(),
    method: z.string().optional(),
    billableRelays: count.describe('Relays answered to clients'),
    sentRelays: count.describe('Relays answered by nodes for any purpose: what is claimed on the ledger'),
    clientRelays: count,
    retryRelays: count,
    hedgeRelays: count,
    quorumRelays: count,
    probeRelays: count,
    rpcErrors: count,
    bytesIn: count,
    bytesOut: count,
    durationUs: count.describe('Sum over billable relays, microseconds'),
    recordedOn: day.nullable().describe('A correction: the UTC day of recording, which decides its invoice; else null'),
    corrects: z.string().nullable().describe('A correction: the id of the row that it adds to; else null'),
    final: z.boolean().describe('Nothing will change this row any more'),
    updatedAt: instant,
  })
  .meta({ id: 'UsageRow' });

/** A page of usage. */
export const usagePageSchema = z
  .object({
    items: z.array(usageRow),
    next: z.string().nullable(),
    asOf: instant.describe('The instant of which everything in this answer is'),
    final: z
      .boolean()
      .describe('Every day asked for is closed: no usage row will change, and what comes late is a correction row'),
  })
  .meta({ id: 'UsagePage' });

/** Which events. */
export const usageEventsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^[0-9]{1,19}$/)
    .refine((digits) => BigInt(digits) <= 9_223_372_036_854_775_807n, 'is beyond any sequence')
    .default('0')
    .describe('The last sequence that was processed; 0 for the beginning'),
  limit: z.coerce.number().int().min(1).max(5_000).default(500),
});

/** CloudEvents 1.0 in JSON, in batches. */
export const usageEventsSchema = z
  .object({
    items: z.array(
      z
        .object({
          specversion: z.literal('1.0'),
          id: z.string().describe('With `source`, the name of the event for ever'),
          source: z.string(),
          type: z.string(),
          subject: id.optional().describe('The tenant'),
          time: instant,
          datacontenttype: z.literal('application/json'),
          sequence: z.string().describe('Position in the feed: 19 digits, so that text order is the order'),
          data: z.record(z.string(), z.unknown()),
        })
        .meta({ id: 'UsageEvent' }),
    ),
    next: z.string().describe('`after` of the next request, also when this answer is empty'),
    oldest: z.string().describe('The smallest sequence that is kept; a reader below it is answered 410'),
  })
  .meta({ id: 'UsageEvents' });

/** Which day to reconcile. */
export const reconciliationQuery = z.strictObject({ day });

/** A day counted three times, with every difference explained. */
export const reconciliationSchema = z
  .object({
    day,
    asOf: instant,
    final: z.boolean().describe('The day is closed'),
    receipts: count.describe('Receipts stored'),
    usage: count.describe('Relays sent as usage has them, corrections included'),
    provenRelays: count.describe('Relays that the ledger has accepted proofs for'),
    usageDifference: z
      .string()
      .regex(/^-?[0-9]+$/)
      .describe('receipts − usage; 0 unless something is wrong'),
    unprovenRelays: count.describe('receipts − provenRelays'),
    differences: z
      .array(
        z.object({
          applicationPublicKey: z.string(),
          chain: z.string(),
          sessionHeight: z.int(),
          receipts: count.describe('Of this day'),
          unproven: count,
          spansDays: z.boolean().describe('The session has receipts of several days; reasons are those of all of it'),
          reasons: z.record(z.string(), count).describe('Receipts by reason; pending: not decided yet'),
        }),
      )
      .describe('Sessions with unproven relays, the largest first, at most 1,000'),
  })
  .meta({ id: 'Reconciliation' });
