import { type PriceSheet, PriceSheetError, checkPriceSheet } from '#libs/billing';
import type { PlanEntity, PlanVersion } from '#libs/tenancy';
import { z } from 'zod';
import { id, instant, isoOf, pageSchema, version } from '../schemas/common.js';
import { count, day } from '../schemas/usage.js';

const perSecond = z.int().min(1).max(1_000_000).nullable();

const overage = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('stop') }),
    z.strictObject({ mode: z.literal('allow-percent'), percent: z.int().min(0).max(1_000) }),
    z.strictObject({ mode: z.literal('allow-and-bill') }),
  ])
  .describe(
    'Beyond the daily limit: stop, so many percent more, or on as far as the protocol’s session allowance goes',
  );

/** Limits of a plan. */
const planLimits = z
  .strictObject({
    dailyRelaysMax: z
      .int()
      .min(0)
      .max(1_000_000_000_000)
      .nullable()
      .default(null)
      .describe('Relays of the tenant a UTC day, beside what its stake buys; applications share it by their stakes'),
    overage: overage.default({ mode: 'stop' }),
    perSecondMax: z
      .strictObject({
        tenant: perSecond.default(null),
        endpoint: perSecond.default(null),
        key: perSecond.default(null),
      })
      .default({ tenant: null, endpoint: null, key: null })
      .describe('Calls a second; rules of endpoints and keys may only lower them'),
    batchCallsMax: z.int().min(1).max(1_000).nullable().default(null).describe('Calls in a JSON-RPC batch'),
    logBlocksMax: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .nullable()
      .default(null)
      .describe('Blocks that one log filter may span'),
    methods: z
      .array(z.string().regex(/^[A-Za-z][A-Za-z0-9_.]{0,99}\*?$/, 'must be a method’s name, or a beginning and *'))
      .min(1)
      .max(200)
      .nullable()
      .default(null)
      .describe('Method names, or beginnings that end with *; null: all')
      .meta({ examples: [['eth_*']] }),
    socketsMax: z.int().min(0).max(100_000).nullable().default(null).describe('WebSocket connections at each gateway'),
  })
  .describe('null: the plan does not limit it');

const price = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?$/, 'must be a decimal number with at most 12 places')
  .meta({ examples: ['0.045'] });
const relays = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,17})$/, 'must be a whole number in digits')
  .meta({ examples: ['1000000'] });

/** Prices of a plan. */
const priceSheet = z
  .strictObject({
    currency: z
      .string()
      .regex(/^[A-Z]{3,8}$/, 'must be 3 to 8 capitals')
      .meta({ examples: ['USD'] }),
    minorUnitExponent: z.int().min(0).max(8).describe('Decimal places of the smallest unit'),
    perRelays: z.union([z.literal(1_000), z.literal(1_000_000)]).describe('Relays that a price is for'),
    includedRelays: relays.default('0').describe('Relays of each period that cost nothing'),
    tiers: z
      .array(z.strictObject({ upToRelays: relays.nullable(), price }))
      .min(1)
      .max(20)
      .describe(
        'Graduated: each relay costs what its own tier says. Bounds rise and are counted after the included relays; the last is null',
      )
      .meta({
        examples: [
          [
            { upToRelays: '1000000', price: '0.05' },
            { upToRelays: null, price: '0.04' },
          ],
        ],
      }),
    overagePrice: price.nullable().default(null).describe('For relays beyond `dailyRelaysMax`; null: as any other'),
  })
  .superRefine((sheet, context) => {
    try {
      checkPriceSheet(sheet as PriceSheet);
    } catch (error) {
      if (!(error instanceof PriceSheetError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });

const planName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens')
  .meta({ examples: ['growth'] });

/** Body of a plan's creation. */
export const createPlanBody = z
  .strictObject({ name: planName, limits: planLimits, prices: priceSheet.nullable().default(null) })
  .meta({ id: 'CreatePlan' });

/** Body of a plan's change: limits and prices are replaced as a whole; what is absent stays. */
export const updatePlanBody = z
  .strictObject({ limits: planLimits.optional(), prices: priceSheet.nullable().optional() })
  .refine((body) => Object.keys(body).length > 0, 'must change something')
  .meta({ id: 'UpdatePlan' });

/** Body of an assignment. */
export const assignPlanBody = z.strictObject({ planId: id }).meta({ id: 'AssignPlan' });

/** A plan in an answer. */
export const planSchema = z
  .object({
    planId: id,
    name: z.string(),
    limits: planLimits,
    prices: priceSheet.nullable(),
    retiredAt: instant.nullable().describe('Since when no further tenant gets it'),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Plan' });

/** A page of plans. */
export const planPageSchema = pageSchema(planSchema, 'PlanPage');

/** The states of a plan. */
export const planVersionsSchema = z
  .object({
    items: z.array(
      z.object({
        version: z.int(),
        fromDay: day.describe('First UTC day that its prices hold for'),
        limits: planLimits,
        prices: priceSheet.nullable(),
        createdAt: instant,
      }),
    ),
  })
  .meta({ id: 'PlanVersions' });

/** Which period. */
export const invoiceQuery = z
  .strictObject({
    month: z
      .string()
      .regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, 'must be YYYY-MM')
      .optional()
      .describe('A whole month; from and to are not looked at then')
      .meta({ examples: ['2026-11'] }),
    from: day.optional().describe('Instead of a month: first UTC day, included'),
    to: day.optional().describe('Last UTC day, included; at most 366 days'),
  })
  .refine(
    ({ month, from, to }) => month !== undefined || (from !== undefined && to !== undefined),
    'name a month, or from and to',
  )
  .refine(({ from = '', to = '' }) => from <= to, 'from must not be after to');

/** A draft in an answer. */
export const invoiceDraftSchema = z
  .object({
    tenantId: id,
    from: day,
    to: day,
    state: z.enum(['provisional', 'final']).describe('final: every day is closed; nothing will change any more'),
    asOf: instant,
    relays: count,
    lines: z.array(
      z.object({
        kind: z.enum(['included', 'relays', 'overage', 'unpriced', 'correction']),
        endpointId: id,
        chain: z.string(),
        planId: id,
        planVersion: z.int(),
        tier: z.int().nullable(),
        corrects: day.nullable().describe('A correction: the closed day that it adds to'),
        recordedOn: day.nullable(),
        relays: count,
        price: z.string(),
        perRelays: z.int(),
        currency: z.string().nullable(),
        exactAmount: z.string().describe('Decimal, before rounding'),
        amountMinor: count.describe('In the smallest unit'),
        amount: z.string().describe('Decimal'),
      }),
    ),
    totals: z.array(
      z.object({ currency: z.string(), minorUnitExponent: z.int(), amountMinor: count, amount: z.string() }),
    ),
    rounding: z.string(),
  })
  .meta({ id: 'InvoiceDraft' });

/** The answer for a plan. */
export function planAnswer(plan: PlanEntity): z.input<typeof planSchema> {
  return {
    planId: plan.planId,
    name: plan.name,
    limits: plan.limits as z.input<typeof planLimits>,
    prices: plan.prices as PriceSheet | null as z.input<typeof priceSheet> | null,
    retiredAt: isoOf(plan.retiredAt),
    version: plan.version,
    createdAt: isoOf(plan.createdAt),
    updatedAt: isoOf(plan.updatedAt),
  };
}

/** The answer for the states of a plan. */
export function planVersionsAnswer(versions: readonly PlanVersion[]): object {
  return { items: versions.map((one) => ({ ...one, createdAt: isoOf(one.createdAt) })) };
}
