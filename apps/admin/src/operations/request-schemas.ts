import type { TraceView } from '#libs/operations';
import { z } from 'zod';
import { id, instant, pageQuery, pageSchema } from '../schemas/common.js';

const node = z
  .string()
  .describe('Public key of the node')
  .meta({ examples: ['7dffe00000000000000000000000000000000000000000000000000000000c0a'] });
const operator = z
  .string()
  .describe('Who runs the node, as far as its address shows')
  .meta({ examples: ['nodes.example'] });

/** A request's id in a path: what `X-Request-Id` said. */
export const requestIdParameter = z
  .string()
  .regex(/^[0-9A-Za-z_-]{8,64}$/, 'must be what X-Request-Id said')
  .meta({ examples: ['3f0c8a52b1d94e0f8f7a2f1f64f0a7c1'] });

/** Which stories. */
export const requestsQuery = pageQuery.extend({
  endpointId: id.optional(),
  chain: z.string().max(64).optional().describe('Slug of the chain'),
  method: z.string().max(128).optional().describe('JSON-RPC method, exactly'),
  outcome: z
    .string()
    .max(32)
    .optional()
    .describe('served, local, or the reason of the refusal')
    .meta({ examples: ['quota'] }),
  from: z.iso.datetime().optional().describe('Not before'),
  to: z.iso.datetime().optional().describe('Before'),
});

/** The story of one call in an answer. */
export const requestTraceSchema = z
  .object({
    traceId: z
      .string()
      .describe('The story')
      .meta({ examples: ['81234'] }),
    requestId: z.string(),
    at: instant,
    gateway: z
      .string()
      .describe('Instance that served it')
      .meta({ examples: ['0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11'] }),
    tenantId: id.nullable(),
    endpointId: id.nullable(),
    keyId: id.nullable(),
    keyPrefix: z
      .string()
      .nullable()
      .describe('First characters of the key')
      .meta({ examples: ['pk_4kVbQ2'] }),
    chain: z
      .string()
      .nullable()
      .describe('Slug of the chain')
      .meta({ examples: ['eth-mainnet'] }),
    method: z
      .string()
      .nullable()
      .describe('Method')
      .meta({ examples: ['eth_call'] }),
    outcome: z
      .string()
      .describe('served, local, or the reason of the refusal')
      .meta({ examples: ['served'] }),
    cause: z.enum(['refused', 'failed', 'explained', 'sampled']).describe('Why the story was kept'),
    durationMs: z
      .number()
      .nullable()
      .describe('From the read call to its answer')
      .meta({ examples: [41.2] }),
    decision: z
      .object({
        reason: z
          .string()
          .describe('Reason of the error catalogue')
          .meta({ examples: ['policy'] }),
        rule: z
          .string()
          .nullable()
          .describe('The rule that decided')
          .meta({ examples: ['origins'] }),
        seen: z
          .record(z.string(), z.unknown())
          .describe('Limits and values that decided')
          .meta({ examples: [{ seen: 'https://other.example' }] }),
        message: z.string().nullable().describe('What the caller was told, where it is not the usual text'),
      })
      .nullable()
      .describe('What decided against the call; null: nothing did'),
    applications: z
      .array(
        z.object({
          applicationId: id,
          admission: z.enum(['admitted', 'spent', 'unavailable']).describe('Whether its day let the call in'),
          used: z
            .number()
            .nullable()
            .describe('Units used of its day')
            .meta({ examples: [120] }),
          limit: z
            .number()
            .nullable()
            .describe('Units of its day')
            .meta({ examples: [1_000_000] }),
        }),
      )
      .describe('Applications asked, in order'),
    candidates: z
      .array(
        z.object({
          node,
          operator,
          verdict: z
            .string()
            .describe('usable, or why it got nothing')
            .meta({ examples: ['usable'] }),
          reason: z
            .string()
            .nullable()
            .describe('More of the why')
            .meta({ examples: [null] }),
          weight: z
            .number()
            .describe('By success and latency, 0..1')
            .meta({ examples: [0.92] }),
          share: z
            .number()
            .describe('Share of the session’s calls, 0..1')
            .meta({ examples: [0.25] }),
          left: z
            .number()
            .describe('Relays left in the session, to this gateway')
            .meta({ examples: [1_500] }),
        }),
      )
      .describe('Nodes of the session, as they stood at the end of the call'),
    attempts: z
      .array(
        z.object({
          node,
          operator,
          sessionHeight: z
            .int()
            .describe('Height at which the session began')
            .meta({ examples: [41] }),
          applicationId: id,
          outcome: z
            .string()
            .describe('ok, or the class of the error')
            .meta({ examples: ['ok'] }),
          detail: z
            .string()
            .nullable()
            .describe('More of the error')
            .meta({ examples: [null] }),
          durationMs: z
            .number()
            .describe('Until the node had answered')
            .meta({ examples: [38.5] }),
          bytesIn: z
            .number()
            .nullable()
            .describe('Bytes of the request')
            .meta({ examples: [78] }),
          bytesOut: z
            .number()
            .nullable()
            .describe('Bytes of the answer')
            .meta({ examples: [112] }),
          hedge: z.boolean().describe('Asked because the first node took long'),
        }),
      )
      .describe('Relays sent, in order'),
    degraded: z.boolean().describe('No node was in good standing; the least bad served'),
    relays: z
      .number()
      .describe('Relays sent for it: each costs allowance')
      .meta({ examples: [1] }),
    billedUnits: z
      .number()
      .describe('Units counted against the day’s limit')
      .meta({ examples: [1] }),
  })
  .meta({ id: 'RequestTrace' });

/** A page of stories. */
export const requestPageSchema = pageSchema(requestTraceSchema, 'RequestTracePage');

/** All calls of one request. */
export const requestSchema = z
  .object({
    requestId: z.string(),
    calls: z.array(requestTraceSchema).describe('One for each call of a batch that was kept'),
  })
  .meta({ id: 'RequestExplanation' });

/** The answer for a story. */
export function traceAnswer(view: TraceView): z.infer<typeof requestTraceSchema> {
  const { atMs, instanceId, ...rest } = view;
  return {
    ...rest,
    at: new Date(atMs).toISOString(),
    gateway: instanceId,
    decision: view.decision === null ? null : { ...view.decision, seen: { ...view.decision.seen } },
    applications: [...view.applications],
    candidates: [...view.candidates],
    attempts: [...view.attempts],
  };
}

/** Body that allows or forbids explanations. */
export const explainBody = z
  .strictObject({ allowed: z.boolean().describe('Whether the endpoint’s keys may ask for explanations') })
  .meta({ id: 'SetExplain', examples: [{ allowed: true }] });

/** Whether explanations may be asked for. */
export const explainSchema = z
  .object({
    endpointId: id,
    tenantId: id,
    allowed: z.boolean().describe('Whether the endpoint’s keys may ask for explanations'),
  })
  .meta({ id: 'Explain' });
