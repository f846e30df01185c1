import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, ServiceTokens } from '#libs/auth';
import { type MutationContext, Tenants } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id } from '../schemas/common.js';
import { createTokenBody, createdTokenSchema, tokenAnswer, tokenSchema } from '../schemas/token.js';

const DAY_MS = 86_400_000;

/** Service tokens for jobs and scripts. */
@ApiTags('Service tokens')
@Controller('v1/tokens')
export class TokensController {
  constructor(
    private readonly tokens: ServiceTokens,
    private readonly tenants: Tenants,
  ) {}

  @Post()
  @Access({ scope: 'tokens:write', of: 'operator' })
  @Answers({
    summary: 'Create a service token',
    description: 'The token is in this answer and nowhere else.',
    status: 201,
    schema: createdTokenSchema,
    mutation: true,
    problems: [404],
  })
  async create(
    @Mutation() context: MutationContext,
    @Body({ schema: createTokenBody }) body: z.output<typeof createTokenBody>,
  ) {
    if (body.tenantId !== null) await this.tenants.get(body.tenantId);
    const created = await this.tokens.create(context, {
      tenantId: body.tenantId,
      name: body.name,
      scopes: body.scopes,
      expiresAt: new Date(Date.now() + body.expiresInDays * DAY_MS),
    });
    return { ...tokenAnswer(created), token: created.token };
  }

  @Post(':tokenId/revoke')
  @Access({ scope: 'tokens:write', of: 'operator' })
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
