import { z } from 'zod';
import { id, instant, pageQuery, pageSchema } from '../schemas/common.js';

const chain = z
  .string()
  .describe('Slug of the chain')
  .meta({ examples: ['eth-mainnet'] });
const nodeKey = z
  .string()
  .describe('Public key of the node')
  .meta({ examples: ['7dffe00000000000000000000000000000000000000000000000000000000c0a'] });
const instance = z
  .string()
  .describe('The gateway')
  .meta({ examples: ['0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11'] });
const asOf = instant.describe('When the gateway saw this');
const count = (text: string) =>
  z
    .number()
    .describe(text)
    .meta({ examples: [12] });

const nodeFields = {
  chain,
  node: nodeKey,
  url: z
    .string()
    .describe('Address of the node')
    .meta({ examples: ['https://n1.nodes.example'] }),
  operator: z
    .string()
    .describe('Who runs it, as far as its address shows')
    .meta({ examples: ['nodes.example'] }),
  height: z
    .number()
    .nullable()
    .describe('Height of the chain, as the node last said')
    .meta({ examples: [21_000_000] }),
  lag: z
    .number()
    .nullable()
    .describe('Blocks behind what the nodes together say')
    .meta({ examples: [0] }),
  success: z
    .number()
    .describe('Moving average of success, 0..1')
    .meta({ examples: [0.998] }),
  latencyMs: z
    .number()
    .describe('Moving average of latency')
    .meta({ examples: [41.5] }),
  latencyP50Ms: z
    .number()
    .nullable()
    .describe('Median of the last answers')
    .meta({ examples: [38] }),
  latencyP95Ms: z
    .number()
    .nullable()
    .describe('95th percentile of the last answers')
    .meta({ examples: [120] }),
  weight: z
    .number()
    .describe('Share of traffic it deserves, 0..1')
    .meta({ examples: [0.7] }),
  state: z
    .string()
    .describe('usable, or what keeps it from relays')
    .meta({ examples: ['usable'] }),
  reason: z
    .string()
    .nullable()
    .describe('More of the state')
    .meta({ examples: [null] }),
  relaysSent: count('Relays sent in the sessions of now'),
  relaysLeft: count('Relays left of the allowance in the sessions of now'),
};

const seenByGateway = z
  .object({ ...nodeFields, sessions: count('Sessions with this node'), instanceId: instance, asOf })
  .describe('What one gateway sees');

/** A node as all gateways see it. */
export const nodeSchema = z
  .object({ ...nodeFields, asOf, gateways: z.array(seenByGateway).describe('The same by gateway') })
  .meta({ id: 'LiveNode' });

/** A page of nodes. */
export const nodePageSchema = pageSchema(nodeSchema, 'LiveNodePage');

/** One node on all chains. */
export const nodeDetailSchema = z
  .object({ node: nodeKey, chains: z.array(nodeSchema).describe('The node on each chain that it serves now') })
  .meta({ id: 'LiveNodeDetail' });

/** Which nodes. */
export const nodesQuery = pageQuery.extend({
  chain: z.string().max(64).optional().describe('Chain in any accepted name'),
  operator: z.string().max(255).optional().describe('Operator, exactly'),
  state: z
    .string()
    .max(40)
    .optional()
    .describe('usable, resting, circuit-open, quarantined, cordoned, draining, spent …'),
});

/** A gateway in an answer. */
export const gatewaySchema = z
  .object({
    instanceId: instance,
    version: z
      .string()
      .describe('Version of the product')
      .meta({ examples: ['0.1.0'] }),
    asOf,
    startedAt: instant.describe('When it began'),
    ready: z.boolean().describe('A relay sent now would be served'),
    height: count('Height of the Pocket ledger that it knows'),
    callsInFlight: count('Calls under way'),
    eventLoopLatenessMs: count('How late its timers run'),
    subscriptions: count('Open subscriptions'),
    journalBacklogChunks: count('Receipt chunks on its disk that PostgreSQL has not confirmed'),
    journalAccepting: z.boolean().describe('Its journal takes receipts'),
    followsTenancy: z.boolean().describe('Changes of keys and rules reach it; false: it may be behind'),
    followsOperations: z.boolean().describe('Changes of settings and closures reach it; false: it may be behind'),
    tracesDropped: count('Stories of requests that were not kept'),
    settings: z
      .record(z.string(), z.unknown())
      .describe('Runtime settings as they hold there')
      .meta({ examples: [{ 'batch.callsMax': 100 }] }),
    chains: z
      .array(
        z.object({
          chain,
          height: z
            .number()
            .nullable()
            .describe('What the nodes agree on')
            .meta({ examples: [21_000_000] }),
          callsLastMinute: count('Calls to nodes within the last minute'),
          failedLastMinute: count('Those that no node answered well'),
        }),
      )
      .describe('Chains in use'),
    nodesLeftOut: count('Nodes beyond what one record holds'),
    sessionsLeftOut: count('Sessions beyond what one record holds'),
  })
  .meta({ id: 'LiveGateway' });

/** All gateways. */
export const gatewayListSchema = z.object({ items: z.array(gatewaySchema) }).meta({ id: 'LiveGatewayList' });

/** A session in an answer. */
export const sessionSchema = z
  .object({
    chain,
    applicationId: id,
    startHeight: count('First height'),
    endHeight: count('Last height'),
    nodes: count('Nodes that serve it'),
    relaysSent: count('Relays that this gateway sent'),
    relaysLeft: count('Relays left to this gateway'),
    instanceId: instance,
    asOf,
  })
  .meta({ id: 'LiveSession' });

/** A page of sessions. */
export const sessionPageSchema = pageSchema(sessionSchema, 'LiveSessionPage');

/** Which sessions. */
export const sessionsQuery = pageQuery.extend({
  chain: z.string().max(64).optional().describe('Chain in any accepted name'),
  applicationId: id.optional(),
});

const queueName = z
  .string()
  .describe('The queue')
  .meta({ examples: ['chunks'] });

/** A queue's name in a path. */
export const queueParameter = z
  .string()
  .regex(/^[a-z][a-z-]{0,40}$/, 'must be the name of a queue')
  .meta({ examples: ['chunks'] });

/** A job's id in a path. */
export const jobParameter = z
  .string()
  .min(1)
  .max(200)
  .meta({ examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'] });

/** All queues. */
export const queueListSchema = z
  .object({
    items: z.array(
      z
        .object({
          name: queueName,
          asOf: instant,
          counts: z
            .record(z.string(), z.number())
            .describe('Jobs by state')
            .meta({ examples: [{ waiting: 3, failed: 0 }] }),
          oldestWaitingMs: z
            .number()
            .nullable()
            .describe('Age of the job that waits longest')
            .meta({ examples: [420] }),
          completedPerMinute: z
            .number()
            .nullable()
            .describe('Over the last minutes; null: not counted')
            .meta({ examples: [120] }),
          failedPerMinute: z
            .number()
            .nullable()
            .describe('Over the last minutes; null: not counted')
            .meta({ examples: [0] }),
        })
        .meta({ id: 'LiveQueue' }),
    ),
  })
  .meta({ id: 'LiveQueueList' });

const jobFields = {
  jobId: z
    .string()
    .describe('The job')
    .meta({ examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'] }),
  name: z
    .string()
    .describe('Kind of work')
    .meta({ examples: ['store-chunk'] }),
  attempts: count('Times it was tried'),
};

/** A failed job in an answer. */
export const failedJobSchema = z
  .object({
    ...jobFields,
    failedReason: z
      .string()
      .describe('Why it failed last')
      .meta({ examples: ['connection terminated'] }),
    createdAt: instant,
    failedAt: instant.nullable().describe('When it failed for good'),
    payload: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe('What it is about; of everything else the size only')
      .meta({ examples: [{ version: 1, bytesBase64Bytes: 5_000 }] }),
  })
  .meta({ id: 'FailedJob' });

/** A page of failed jobs. */
export const failedJobPageSchema = pageSchema(failedJobSchema, 'FailedJobPage');

/** How many were put back. */
export const retriedSchema = z
  .object({ retried: count('Jobs put back to work, at most 1,000 at once') })
  .meta({ id: 'RetriedJobs' });

/** What was taken out of a queue. */
export const removedJobSchema = z
  .object({
    removalId: id,
    queue: queueName,
    ...jobFields,
    failedReason: z
      .string()
      .nullable()
      .describe('Why it had failed')
      .meta({ examples: ['connection terminated'] }),
    removedBy: z
      .string()
      .describe('Who removed it')
      .meta({ examples: ['operator'] }),
    removedAt: instant.describe('When it was removed'),
    restoredAt: instant.nullable().describe('When it was put back; null: it was not'),
  })
  .meta({ id: 'RemovedJob' });
