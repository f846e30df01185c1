import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { type GatewayView, type MergedNode, OperationsError, mergeNodes, readGatewayViews } from '#libs/operations';
import { chainByAny } from '#libs/chains';
import type { RedisConnection } from '#libs/queues';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { publicKey } from './control-schemas.js';
import {
  gatewayListSchema,
  nodeDetailSchema,
  nodePageSchema,
  nodesQuery,
  sessionPageSchema,
  sessionsQuery,
} from './live-schemas.js';
import { OPERATIONS_REDIS } from './tokens.js';

/** What gateways see now: each tells it every three seconds, and what is older than fifteen is gone. */
@ApiTags('Operations')
@Controller('v1/operations')
export class LiveController {
  constructor(@Inject(OPERATIONS_REDIS) private readonly redis: RedisConnection) {}

  @Get('gateways')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({
    summary: 'List running gateways and their load',
    schema: gatewayListSchema,
    problems: ['queue-unavailable'],
  })
  async gateways() {
    const views = await readGatewayViews(this.redis);
    return { items: views.map(({ nodes: _nodes, sessions: _sessions, ...rest }) => rest) };
  }

  @Get('nodes')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({
    summary: 'List nodes of the sessions of now, as all gateways see them',
    schema: nodePageSchema,
    problems: [400, 'queue-unavailable'],
  })
  async nodes(@Query({ schema: nodesQuery }) query: z.infer<typeof nodesQuery>) {
    const chain = slugOf(query.chain);
    const found = mergeNodes(await readGatewayViews(this.redis)).filter(
      (node) =>
        (chain === null || node.chain === chain) &&
        (query.operator === undefined || node.operator === query.operator) &&
        (query.state === undefined || node.state === query.state),
    );
    return pageAfter(found, query, keyOf);
  }

  @Get('nodes/:publicKey')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({
    summary: 'One node on every chain, gateway by gateway',
    schema: nodeDetailSchema,
    problems: [404, 'queue-unavailable'],
  })
  async node(@Param('publicKey', { schema: publicKey }) node: string) {
    const chains = mergeNodes(await readGatewayViews(this.redis)).filter((one) => one.node === node);
    if (chains.length === 0) throw new OperationsError('not-found', 'No gateway has a session with this node now.');
    return { node, chains };
  }

  @Get('sessions')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({
    summary: 'List sessions that gateways hold now',
    schema: sessionPageSchema,
    problems: [400, 'queue-unavailable'],
  })
  async sessions(@Query({ schema: sessionsQuery }) query: z.infer<typeof sessionsQuery>) {
    const chain = slugOf(query.chain);
    const found = (await readGatewayViews(this.redis))
      .flatMap(withInstance)
      .filter(
        (session) =>
          (chain === null || session.chain === chain) &&
          (query.applicationId === undefined || session.applicationId === query.applicationId),
      );
    const key = (one: (typeof found)[number]) =>
      `${one.chain}/${one.applicationId}/${one.startHeight}/${one.instanceId}`;
    return pageAfter(
      found.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
      query,
      key,
    );
  }
}

function withInstance({ instanceId, asOf, sessions }: GatewayView) {
  return sessions.map((session) => ({ ...session, instanceId, asOf }));
}

function keyOf(node: MergedNode): string {
  return `${node.chain}/${node.node}`;
}

/** Sorted by key; the cursor is the last key of the page before, so that what comes and goes meanwhile shifts nothing. */
function pageAfter<T>(
  items: readonly T[],
  page: { readonly cursor?: string | undefined; readonly limit: number },
  key: (item: T) => string,
): { items: T[]; next: string | null } {
  const after = page.cursor === undefined ? null : Buffer.from(page.cursor, 'base64url').toString('utf8');
  const rest = after === null ? items : items.filter((item) => key(item) > after);
  const shown = rest.slice(0, page.limit);
  const last = shown.at(-1);
  const hasMore = rest.length > page.limit && last !== undefined;
  return { items: shown, next: hasMore ? Buffer.from(key(last), 'utf8').toString('base64url') : null };
}

function slugOf(chain: string | undefined): string | null {
  if (chain === undefined) return null;
  const found = chainByAny(chain);
  if (found === undefined) throw new OperationsError('invalid', 'No chain has this name.');
  return found.slug;
}
