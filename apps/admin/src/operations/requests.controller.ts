import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { ExplainDesk, RequestDesk, type TraceFilter } from '#libs/operations';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id } from '../schemas/common.js';
import {
  explainBody,
  explainSchema,
  requestIdParameter,
  requestPageSchema,
  requestSchema,
  requestsQuery,
  traceAnswer,
} from './request-schemas.js';

type RequestsQuery = z.infer<typeof requestsQuery>;

const KEPT =
  'Kept for a bounded time: every refused or failed call, those that asked with `x-portal-explain: 1`, and a share of those ' +
  'served. Never holds parameters, bodies or secrets.';

/** Why a tenant's request was refused, or where it went. */
@ApiTags('Requests')
@Controller('v1/tenants/:tenantId')
export class RequestsController {
  constructor(
    private readonly desk: RequestDesk,
    private readonly explain: ExplainDesk,
  ) {}

  @Get('requests')
  @Access({ permission: 'endpoints:read', of: 'tenant' })
  @Answers({
    summary: 'Search stories of requests, newest first',
    description: KEPT,
    schema: requestPageSchema,
    problems: [400, 404],
  })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: requestsQuery }) query: RequestsQuery,
  ) {
    const { items, next } = await this.desk.list({ ...filterOf(query), tenantId }, query);
    return { items: items.map(traceAnswer), next };
  }

  @Get('requests/:requestId')
  @Access({ permission: 'endpoints:read', of: 'tenant' })
  @Answers({
    summary: 'Explain a request by its id',
    description: `Which rule decided, which nodes could be asked and why not, what was sent where, how long it took, what it cost. ${KEPT}`,
    schema: requestSchema,
    problems: [400, 404],
  })
  async get(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('requestId', { schema: requestIdParameter }) requestId: string,
  ) {
    return { requestId, calls: (await this.desk.get(requestId, tenantId)).map(traceAnswer) };
  }

  @Get('endpoints/:endpointId/explain')
  @Access({ permission: 'endpoints:read', of: 'tenant' })
  @Answers({ summary: 'Whether keys of an endpoint may ask for explanations', schema: explainSchema, problems: [404] })
  async mayExplain(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
  ) {
    return this.explain.get(tenantId, endpointId);
  }

  @Put('endpoints/:endpointId/explain')
  @Access({ permission: 'endpoints:write', of: 'tenant' })
  @Answers({
    summary: 'Allow or forbid explanations to keys of an endpoint',
    description:
      'Allowed: a request with `x-portal-explain: 1` is always kept, and a single call’s answer carries `X-Portal-Explain` in short. ' +
      'Off by default, because keys in public pages would tell everyone which nodes serve.',
    schema: explainSchema,
    mutation: true,
    problems: [404],
  })
  async setExplain(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Body({ schema: explainBody }) body: z.infer<typeof explainBody>,
  ) {
    return this.explain.set(context, tenantId, endpointId, body.allowed);
  }
}

/** The same for operators: every tenant's, and requests whose key nobody knows. */
@ApiTags('Requests')
@Controller('v1/operations/requests')
export class OperatorRequestsController {
  constructor(private readonly desk: RequestDesk) {}

  @Get()
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({
    summary: 'Search stories of all requests, newest first',
    description: KEPT,
    schema: requestPageSchema,
    problems: [400],
  })
  async list(@Query({ schema: requestsQuery }) query: RequestsQuery) {
    const { items, next } = await this.desk.list(filterOf(query), query);
    return { items: items.map(traceAnswer), next };
  }

  @Get(':requestId')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({ summary: 'Explain any request by its id', description: KEPT, schema: requestSchema, problems: [400, 404] })
  async get(@Param('requestId', { schema: requestIdParameter }) requestId: string) {
    return { requestId, calls: (await this.desk.get(requestId, null)).map(traceAnswer) };
  }
}

function filterOf({ endpointId, chain, method, outcome, from, to }: RequestsQuery): TraceFilter {
  return {
    endpointId,
    chain,
    method,
    outcome,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}
