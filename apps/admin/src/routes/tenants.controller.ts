import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, type Principal } from '#libs/auth';
import { type MutationContext, Tenants } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery, reasonBody } from '../schemas/common.js';
import { createTenantBody, tenantAnswer, tenantPageSchema, tenantSchema } from '../schemas/tenant.js';

/** Customers of the gateway. */
@ApiTags('Tenants')
@Controller('v1/tenants')
export class TenantsController {
  constructor(private readonly tenants: Tenants) {}

  @Post()
  @Access({ scope: 'tenants:write', of: 'operator' })
  @Answers({ summary: 'Create a tenant', status: 201, schema: tenantSchema, mutation: true })
  async create(
    @Mutation() context: MutationContext,
    @Body({ schema: createTenantBody }) body: z.infer<typeof createTenantBody>,
  ) {
    return tenantAnswer(await this.tenants.create(context, body));
  }

  @Get()
  @Access({ scope: 'tenants:read', of: 'anyone' })
  @Answers({
    summary: 'List tenants',
    description: 'A tenant’s token sees its own tenant only.',
    schema: tenantPageSchema,
    problems: [400],
  })
  async list(@Caller() caller: Principal, @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>) {
    const { items, next } = await this.tenants.list({ ...query, only: caller.tenantId ?? undefined });
    return { items: items.map(tenantAnswer), next };
  }

  @Get(':tenantId')
  @Access({ scope: 'tenants:read', of: 'tenant' })
  @Answers({ summary: 'Get a tenant', schema: tenantSchema, problems: [400, 404] })
  async get(@Param('tenantId', { schema: id }) tenantId: string) {
    return tenantAnswer(await this.tenants.get(tenantId));
  }

  @Post(':tenantId/suspend')
  @Access({ scope: 'tenants:write', of: 'operator' })
  @Answers({
    summary: 'Suspend a tenant',
    description: 'Every key of the tenant answers 403 with the reason, on every gateway within a second.',
    schema: tenantSchema,
    mutation: true,
    problems: [404],
  })
  async suspend(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
  ) {
    return tenantAnswer(await this.tenants.suspend(context, tenantId, body.reason));
  }

  @Post(':tenantId/resume')
  @Access({ scope: 'tenants:write', of: 'operator' })
  @Answers({ summary: 'Resume a suspended tenant', schema: tenantSchema, mutation: true, problems: [404] })
  async resume(@Mutation() context: MutationContext, @Param('tenantId', { schema: id }) tenantId: string) {
    return tenantAnswer(await this.tenants.resume(context, tenantId));
  }
}
