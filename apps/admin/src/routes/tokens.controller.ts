import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, type Principal, ServiceTokens } from '#libs/auth';
import { type MutationContext, Tenants } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id } from '../schemas/common.js';
import {
  createTokenBody,
  createdTokenSchema,
  tokenAnswer,
  tokenExpiry,
  tokenPageSchema,
  tokenQuery,
  tokenSchema,
} from '../schemas/token.js';

/** Service tokens for jobs and scripts. */
@ApiTags('Service tokens')
@Controller('v1/tokens')
export class TokensController {
  constructor(
    private readonly tokens: ServiceTokens,
    private readonly tenants: Tenants,
  ) {}

  @Post()
  @Access({ permission: 'tokens:write', of: 'operator' })
  @Answers({
    summary: 'Create a service token',
    description: 'The token is in this answer and nowhere else. It can no more than whoever makes it.',
    status: 201,
    schema: createdTokenSchema,
    mutation: true,
    problems: [404],
  })
  async create(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Body({ schema: createTokenBody }) body: z.output<typeof createTokenBody>,
  ) {
    if (body.tenantId !== null) await this.tenants.get(body.tenantId);
    const created = await this.tokens.create(context, caller, {
      tenantId: body.tenantId,
      name: body.name,
      scopes: body.scopes,
      expiresAt: tokenExpiry(body.expiresInDays),
    });
    return { ...tokenAnswer(created), token: created.token };
  }

  @Get()
  @Access({ permission: 'tokens:read', of: 'operator' })
  @Answers({ summary: 'List service tokens, of all tenants or one', schema: tokenPageSchema, problems: [400] })
  async list(@Query({ schema: tokenQuery }) { tenantId, ...page }: z.infer<typeof tokenQuery>) {
    const { items, next } = await this.tokens.list(tenantId, page);
    return { items: items.map(tokenAnswer), next };
  }

  @Get(':tokenId')
  @Access({ permission: 'tokens:read', of: 'operator' })
  @Answers({ summary: 'Get a service token', schema: tokenSchema, problems: [400, 404] })
  async get(@Param('tokenId', { schema: id }) tokenId: string) {
    return tokenAnswer(await this.tokens.get(tokenId));
  }

  @Post(':tokenId/revoke')
  @Access({ permission: 'tokens:write', of: 'operator' })
  @Answers({
    summary: 'Revoke a service token',
    schema: tokenSchema,
    mutation: true,
    problems: [404, 'already-revoked'],
  })
  async revoke(@Mutation() context: MutationContext, @Param('tokenId', { schema: id }) tokenId: string) {
    return tokenAnswer(await this.tokens.revoke(context, tokenId));
  }
}
