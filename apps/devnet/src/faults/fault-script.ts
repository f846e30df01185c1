import { z } from 'zod';

const milliseconds = z.number().int().min(0).max(3_600_000);
const byteCount = z
  .number()
  .int()
  .min(1)
  .max(1024 * 1024 * 1024);

/**
 * How a node misbehaves. Behaviours combine; each is off when absent. Those that act before the node keeps the relay's
 * proof (drop, flap, refusal, sessionConfusion, exhausted, syncing, heightSkewBlocks) leave its allowance untouched, the
 * others spend it as on a stock node.
 */
export const behaviourSchema = z.strictObject({
  latencyMs: milliseconds.optional().describe('waits before it answers'),
  latencyJitterMs: milliseconds.optional().describe('adds up to this much, evenly drawn'),
  drop: z.boolean().optional().describe('resets the connection (RST) instead of answering'),
  flap: z
    .strictObject({ upMs: milliseconds.min(1), downMs: milliseconds.min(1) })
    .optional()
    .describe('resets connections in the down part of each period'),
  errorCode: z.number().int().min(1).max(200).optional().describe('refuses with this pocketcore code'),
  sessionConfusion: z
    .union([z.literal(14), z.literal(60)])
    .optional()
    .describe('refuses as out of the session (14) or of the wrong session (60)'),
  exhausted: z.boolean().optional().describe('refuses with 90, as with sealed evidence'),
  syncing: z.boolean().optional().describe('refuses as a node that catches up: 400 with an empty error'),
  heightSkewBlocks: z
    .number()
    .int()
    .min(-1_000_000)
    .max(1_000_000)
    .optional()
    .describe('shifts the height it believes in; beyond 10 it refuses with 75'),
  wrongId: z.boolean().optional().describe('another JSON-RPC id, properly signed'),
  wrongChain: z.boolean().optional().describe('the answers of another chain, properly signed'),
  staleBlocks: z
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('answers from so many blocks ago, properly signed'),
  lying: z.boolean().optional().describe('a changed result, properly signed'),
  nullResult: z.boolean().optional().describe('the result null, properly signed'),
  html: z
    .enum(['node', 'chain'])
    .optional()
    .describe('HTML with status 200: instead of the envelope (node) or signed inside it (chain)'),
  oversizedBytes: byteCount.optional().describe('a result padded to this size, properly signed'),
  badSignature: z.boolean().optional().describe('a signature that does not verify'),
  truncate: z
    .enum(['transport', 'body'])
    .optional()
    .describe('half of the answer: cut connection (transport) or complete HTTP (body)'),
  gzipBombBytes: byteCount.optional().describe('a gzip body that unpacks to this size, asked for or not'),
  drip: z
    .strictObject({ chunkBytes: z.number().int().min(1), everyMs: milliseconds.min(1) })
    .optional()
    .describe('sends the answer in small pieces'),
});

/** One rule of a script. */
export const faultRuleSchema = z.strictObject({
  id: z.string().max(64).optional().describe('a name to find and delete it by'),
  nodes: z.union([z.literal('all'), z.array(z.number().int().min(0)).min(1)]).describe('node numbers, 0 is the first'),
  chains: z.array(z.string()).min(1).optional().describe('only relays for these chain ids'),
  methods: z.array(z.string()).min(1).optional().describe('only relays that call one of these JSON-RPC methods'),
  probability: z.number().min(0).max(1).default(1).describe('share of the requests it strikes'),
  afterMs: milliseconds.default(0).describe('begins so long after it was installed'),
  forMs: milliseconds.optional().describe('ends so long after it began'),
  behaviour: behaviourSchema,
});

/** What `PUT /v1/devnet/faults`, `DEVNET_FAULTS` and `DEVNET_FAULTS_FILE` take. */
export const faultScriptSchema = z.strictObject({
  seed: z
    .number()
    .int()
    .min(0)
    .max(0xffff_ffff)
    .default(1)
    .describe('of the draws; the same seed and order of requests give the same faults'),
  rules: z.array(faultRuleSchema).max(1_000),
});

export type Behaviour = z.infer<typeof behaviourSchema>;
export type FaultRule = z.infer<typeof faultRuleSchema>;
export type FaultScript = z.infer<typeof faultScriptSchema>;
