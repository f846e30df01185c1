import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { StatusReader } from '../devnet-status.js';
import type { FaultBoard } from '../faults/fault-board.js';
import { faultScriptSchema } from '../faults/fault-script.js';
import type { RelayOracle } from '../node/relay-oracle.js';

/** What the extension namespace serves. */
export interface DevnetPluginOptions {
  readonly status: StatusReader;
  readonly oracle: RelayOracle;
  readonly faults: FaultBoard;
  readonly nodeCount: number;
  /** Makes blocks at once. */
  produceBlocks(count: number): Promise<void>;
}

const blocksRequest = z.strictObject({ count: z.number().int().min(1).max(1_000).default(1) });

const oracleQuery = z.object({
  session_height: z.coerce.number().int().min(1).optional(),
  application: z.string().optional(),
});

/**
 * `/v1/devnet/*`, which no stock node has: the summary for a status line, the oracle that counts every relay at the
 * nodes, blocks on demand, and fault control. Plain JSON; wrong input is answered 400 with the reason.
 */
export function devnetPlugin(fastify: FastifyInstance, options: DevnetPluginOptions, done: () => void): void {
  const { status, oracle, faults } = options;

  fastify.get('/v1/devnet/summary', () => status.read());

  fastify.get('/v1/devnet/oracle', (request, reply) => {
    const query = oracleQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ error: z.prettifyError(query.error) });
    return {
      counts: oracle.counts({
        ...(query.data.session_height === undefined ? {} : { sessionHeight: query.data.session_height }),
        ...(query.data.application === undefined ? {} : { applicationPublicKey: query.data.application }),
      }),
      totals: oracle.totals(),
      refusals: oracle.refusals(),
    };
  });

  fastify.post('/v1/devnet/blocks', async (request, reply) => {
    const asked = blocksRequest.safeParse(request.body ?? {});
    if (!asked.success) return reply.code(400).send({ error: z.prettifyError(asked.error) });
    await options.produceBlocks(asked.data.count);
    return status.read();
  });

  fastify.get('/v1/devnet/faults', () => faults.describe());

  const readScript = (body: unknown): z.infer<typeof faultScriptSchema> | string => {
    const script = faultScriptSchema.safeParse(body);
    if (!script.success) return z.prettifyError(script.error);
    for (const { nodes } of script.data.rules) {
      const unknown = nodes === 'all' ? undefined : nodes.find((node) => node >= options.nodeCount);
      if (unknown !== undefined) return `there is no node ${unknown}; they are numbered 0 to ${options.nodeCount - 1}`;
    }
    return script.data;
  };

  fastify.put('/v1/devnet/faults', (request, reply) => {
    const script = readScript(request.body);
    if (typeof script === 'string') return reply.code(400).send({ error: script });
    faults.install(script);
    return faults.describe();
  });

  fastify.post('/v1/devnet/faults', (request, reply) => {
    const script = readScript(request.body);
    if (typeof script === 'string') return reply.code(400).send({ error: script });
    faults.add(script.rules);
    return faults.describe();
  });

  fastify.delete('/v1/devnet/faults', (request) => {
    const { id } = z.object({ id: z.string().optional() }).parse(request.query);
    return { removed: faults.remove(id) };
  });

  done();
}
