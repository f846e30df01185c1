import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { type ApiKeyView, ApiKeys, DryRun, Endpoints, type MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery, reasonBody } from '../schemas/common.js';
import {
  OVERLAP_SECONDS,
  createEndpointBody,
  createKeyBody,
  createdKeySchema,
  dryRunBody,
  dryRunSchema,
  endpointAnswer,
  endpointPageSchema,
  endpointSchema,
  endpointSecretSchema,
  keyAnswer,
  keyPageSchema,
  keySchema,
  rotateKeyBody,
  updateEndpointBody,
} from '../schemas/endpoint.js';
import { GATEWAY_URL } from '../tokens.js';

/** Endpoints, and the keys that open them. */
@ApiTags('Endpoints and keys')
@Controller('v1/tenants/:tenantId/endpoints')
export class EndpointsController {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly keys: ApiKeys,
    private readonly dryRuns: DryRun,
    @Inject(GATEWAY_URL) private readonly gatewayUrl: string,
  ) {}

  @Post()
  @Access({ permission: 'endpoints:write', of: 'tenant' })
  @Answers({
    summary: 'Create an endpoint',
    status: 201,
    schema: endpointSchema,
    mutation: true,
    problems: [404, 'chain-unknown'],
  })
  async create(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: createEndpointBody }) body: z.infer<typeof createEndpointBody>,
  ) {
    return endpointAnswer(await this.endpoints.create(context, tenantId, body));
  }

  @Get()
  @Access({ permission: 'endpoints:read', of: 'tenant' })
  @Answers({ summary: 'List endpoints', schema: endpointPageSchema, problems: [400, 404] })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.endpoints.list(tenantId, query);
    return { items: items.map(endpointAnswer), next };
  }

  @Get(':endpointId')
  @Access({ permission: 'endpoints:read', of: 'tenant' })
  @Answers({ summary: 'Get an endpoint', schema: endpointSchema, problems: [400, 404] })
  async get(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
  ) {
    return endpointAnswer(await this.endpoints.get(tenantId, endpointId));
  }

  @Patch(':endpointId')
  @Access({ permission: 'endpoints:write', of: 'tenant' })
  @Answers({
    summary: 'Change an endpoint',
    description: 'Absent fields keep their value. In force on every gateway within a second.',
    schema: endpointSchema,
    mutation: true,
    problems: [404, 'chain-unknown'],
  })
  async update(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Body({ schema: updateEndpointBody }) body: z.infer<typeof updateEndpointBody>,
  ) {
    return endpointAnswer(await this.endpoints.update(context, tenantId, endpointId, body));
  }

  @Post(':endpointId/suspend')
  @Access({ permission: 'endpoints:write', of: 'tenant' })
  @Answers({ summary: 'Suspend an endpoint', schema: endpointSchema, mutation: true, problems: [404] })
  async suspend(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
  ) {
    return endpointAnswer(await this.endpoints.suspend(context, tenantId, endpointId, body.reason));
  }

  @Post(':endpointId/resume')
  @Access({ permission: 'endpoints:write', of: 'tenant' })
  @Answers({ summary: 'Resume a suspended endpoint', schema: endpointSchema, mutation: true, problems: [404] })
  async resume(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
  ) {
    return endpointAnswer(await this.endpoints.resume(context, tenantId, endpointId));
  }

  @Post(':endpointId/keys')
  @Access({ permission: 'keys:write', of: 'tenant' })
  @Answers({
    summary: 'Create an API key',
    description: 'The key is in this answer and nowhere else.',
    status: 201,
    schema: createdKeySchema,
    mutation: true,
    problems: [404, 'chain-unknown'],
  })
  async createKey(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Body({ schema: createKeyBody }) body: z.infer<typeof createKeyBody>,
  ) {
    const { expiresAt, ...rest } = body;
    const input = { ...rest, expiresAt: expiresAt ? new Date(expiresAt) : null };
    return this.shown(await this.keys.create(context, tenantId, endpointId, input));
  }

  @Get(':endpointId/keys')
  @Access({ permission: 'keys:read', of: 'tenant' })
  @Answers({ summary: 'List keys, revoked ones included', schema: keyPageSchema, problems: [400, 404] })
  async listKeys(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    await this.endpoints.get(tenantId, endpointId);
    const { items, next } = await this.keys.list(tenantId, endpointId, query);
    return { items: items.map(keyAnswer), next };
  }

  @Get(':endpointId/keys/:keyId')
  @Access({ permission: 'keys:read', of: 'tenant' })
  @Answers({ summary: 'Get a key', schema: keySchema, problems: [400, 404] })
  async getKey(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Param('keyId', { schema: id }) keyId: string,
  ) {
    return keyAnswer(await this.keys.get(tenantId, endpointId, keyId));
  }

  @Post(':endpointId/keys/:keyId/revoke')
  @Access({ permission: 'keys:write', of: 'tenant' })
  @Answers({
    summary: 'Revoke a key',
    description: 'Every gateway refuses it within a second.',
    schema: keySchema,
    mutation: true,
    problems: [404, 'already-revoked'],
  })
  async revokeKey(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Param('keyId', { schema: id }) keyId: string,
  ) {
    return keyAnswer(await this.keys.revoke(context, tenantId, endpointId, keyId));
  }

  @Post(':endpointId/keys/:keyId/rotate')
  @Access({ permission: 'keys:write', of: 'tenant' })
  @Answers({
    summary: 'Replace a key by a new one',
    description: 'Same name, rules and end. The old key works for the overlap, then never again.',
    status: 201,
    schema: createdKeySchema,
    mutation: true,
    problems: [404, 'already-revoked'],
  })
  async rotateKey(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Param('keyId', { schema: id }) keyId: string,
    @Body({ schema: rotateKeyBody }) body: z.output<typeof rotateKeyBody>,
  ) {
    return this.shown(await this.keys.rotate(context, tenantId, endpointId, keyId, OVERLAP_SECONDS[body.overlap]));
  }

  @Post(':endpointId/secret')
  @Access({ permission: 'endpoints:write', of: 'tenant' })
  @Answers({
    summary: 'Demand a secret of every request',
    description: 'Makes a new secret, which is in this answer and nowhere else; an older one stops working.',
    status: 201,
    schema: endpointSecretSchema,
    mutation: true,
    problems: [404],
  })
  async demandSecret(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
  ) {
    const demanded = await this.endpoints.demandSecret(context, tenantId, endpointId);
    return { ...endpointAnswer(demanded), secret: demanded.secret };
  }

  @Post(':endpointId/secret/drop')
  @Access({ permission: 'endpoints:write', of: 'tenant' })
  @Answers({ summary: 'Demand no secret any more', schema: endpointSchema, mutation: true, problems: [404] })
  async dropSecret(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
  ) {
    return endpointAnswer(await this.endpoints.dropSecret(context, tenantId, endpointId));
  }

  @Post(':endpointId/dry-run')
  @Access({ permission: 'endpoints:read', of: 'tenant' })
  @Answers({
    summary: 'Would this request pass, and which rule decides?',
    description:
      'Decided by the code that gateways decide with: the rules of key and endpoint, and the tenant’s plan. ' +
      'Changes nothing and costs nothing; rates and the daily limit are not asked.',
    schema: dryRunSchema,
    problems: [400, 404, 'chain-unknown'],
  })
  async dryRun(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('endpointId', { schema: id }) endpointId: string,
    @Body({ schema: dryRunBody }) body: z.output<typeof dryRunBody>,
  ) {
    const { origin, userAgent, secret, params, ...rest } = body;
    return this.dryRuns.ask(tenantId, endpointId, { ...rest, origin, userAgent, secret, params });
  }

  private shown(created: ApiKeyView & { readonly key: string }) {
    return { ...keyAnswer(created), key: created.key, url: `${this.gatewayUrl}/v1/${created.key}/{chain}` };
  }
}
