import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '#libs/telemetry';
import { JSON_TYPE } from '../node/service-node.js';
import { type RpcAnswer, rpcAnswer, rpcAnswerForError } from './rpc-json.js';
import type { RpcRoute } from './query-routes.js';

/** Version that `GET /v1` reports: pocket-core's, whose RPC this is. */
export const RPC_VERSION = 'RC-0.12.0';

/** What the plugin serves. */
export interface RpcPluginOptions {
  readonly queries: ReadonlyMap<string, RpcRoute>;
  /** `/v1/client/<name>`. */
  readonly clients: ReadonlyMap<string, RpcRoute>;
  readonly logger: Logger;
}

/** A transaction of claims and proofs is far below this; so is every query. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;

/**
 * pocket-core's RPC as one encapsulated plugin: bodies are taken as text whatever their type is called, queries answer
 * POST and nothing else (405), unknown routes 404, both in plain text as upstream.
 */
export function rpcPlugin(fastify: FastifyInstance, options: RpcPluginOptions, done: () => void): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_BYTES_MAX }, (_request, body, parsed) => {
    parsed(null, body);
  });
  fastify.get('/v1', (_request, reply) => send(reply, rpcAnswer(RPC_VERSION)));
  fastify.get('/v1/', (_request, reply) => send(reply, rpcAnswer(RPC_VERSION)));
  for (const [name, route] of options.queries) mount(fastify, `/v1/query/${name}`, route, options.logger, false);
  for (const [name, route] of options.clients) mount(fastify, `/v1/client/${name}`, route, options.logger, true);
  done();
}

function mount(fastify: FastifyInstance, url: string, route: RpcRoute, logger: Logger, isOpen: boolean): void {
  fastify.post(url, async (request, reply) => {
    if (isOpen) void reply.header('access-control-allow-origin', '*');
    return send(reply, await run(route, request, logger));
  });
  fastify.route({
    url,
    method: ['GET', 'PUT', 'DELETE', 'PATCH'],
    handler: (_request, reply) =>
      reply.code(405).header('allow', 'POST').type('text/plain; charset=utf-8').send('Method Not Allowed\n'),
  });
  if (!isOpen) return;
  fastify.options(url, (_request, reply) =>
    reply
      .code(200)
      .header('access-control-allow-origin', '*')
      .header('access-control-allow-methods', 'POST, OPTIONS')
      .header('access-control-allow-headers', 'Content-Type')
      .send(),
  );
}

async function run(route: RpcRoute, request: FastifyRequest, logger: Logger): Promise<RpcAnswer> {
  try {
    return await route(typeof request.body === 'string' ? request.body : '');
  } catch (error) {
    const known = rpcAnswerForError(error);
    if (known !== null) return known;
    logger.error({ err: error, route: request.routeOptions.url }, 'a query failed');
    return rpcAnswer({ code: 500, message: 'the ledger cannot be asked at the moment' }, 500);
  }
}

function send(reply: FastifyReply, answer: RpcAnswer): FastifyReply {
  return reply.code(answer.status).type(JSON_TYPE).send(answer.body);
}
