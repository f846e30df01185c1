import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, type Principal, ServiceTokens } from '#libs/auth';
import { type MutationContext, Tenants } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery } from '../schemas/common.js';
import {
  createTenantTokenBody,
  createdTokenSchema,
  tokenAnswer,
  tokenExpiry,
  tokenPageSchema,
  tokenSchema,
} from '../schemas/token.js';

/** A tenant's own service tokens. */
@ApiTags('Service tokens')
@Controller('v1/tenants/:tenantId/tokens')
export class TenantTokensController {
  constructor(
    private readonly tokens: ServiceTokens,
    private readonly tenants: Tenants,
  ) {}

  @Post()
  @Access({ permission: 'tokens:write', of: 'tenant' })
  @Answers({
    summary: 'Create a service token of a tenant',
    description: 'The token is in this answer and nowhere else. It can no more than whoever makes it.',
    status: 201,
    schema: createdTokenSchema,
    mutation: true,
    problems: [404],
  })
  async create(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: createTenantTokenBody }) body: z.output<typeof createTenantTokenBody>,
  ) {
    await this.tenants.get(tenantId);
    const { name, scopes, expiresInDays } = body;
    const expiresAt = tokenExpiry(expiresInDays);
    const created = await this.tokens.create(context, caller, { tenantId, name, scopes, expiresAt });
    return { ...tokenAnswer(created), token: created.token };
  }

  @Get()
  @Access({ permission: 'tokens:read', of: 'tenant' })
  @Answers({ summary: 'List a tenant’s service tokens', schema: tokenPageSchema, problems: [400, 404] })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.tokens.list(tenantId, query);
    return { items: items.map(tokenAnswer), next };
  }

  @Get(':tokenId')
  @Access({ permission: 'tokens:read', of: 'tenant' })
  @Answers({ summary: 'Get a tenant’s service token', schema: tokenSchema, problems: [400, 404] })
  async get(@Param('tenantId', { schema: id }) tenantId: string, @Param('tokenId', { schema: id }) tokenId: string) {
    return tokenAnswer(await this.tokens.get(tokenId, tenantId));
  }

  @Post(':tokenId/revoke')
  @Access({ permission: 'tokens:write', of: 'tenant' })
  @Answers({
    summary: 'Revoke a tenant’s service token',
    schema: tokenSchema,
    mutation: true,
    problems: [404, 'already-revoked'],
  })
  async revoke(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('tokenId', { schema: id }) tokenId: string,
  ) {
    return tokenAnswer(await this.tokens.revoke(context, tokenId, tenantId));
  }
}
