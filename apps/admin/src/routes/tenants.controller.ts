import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, NO_TENANT, type Principal } from '#libs/auth';
import { type MutationContext, Tenants, runInScope } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, reasonBody } from '../schemas/common.js';
import {
  createTenantBody,
  deleteTenantQuery,
  exportLineSchema,
  exportQuery,
  tenantAnswer,
  tenantPageSchema,
  tenantSchema,
  tenantsQuery,
  updateTenantBody,
} from '../schemas/tenant.js';
import { TenantExporter } from '../tenants/tenant-exporter.js';
import { DELETION_GRACE_MS } from '../tokens.js';

/** Customers of the gateway. */
@ApiTags('Tenants')
@Controller('v1/tenants')
export class TenantsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly exporter: TenantExporter,
    @Inject(DELETION_GRACE_MS) private readonly graceMs: number,
  ) {}

  @Post()
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({ summary: 'Create a tenant', status: 201, schema: tenantSchema, mutation: true })
  async create(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Body({ schema: createTenantBody }) body: z.infer<typeof createTenantBody>,
  ) {
    return tenantAnswer(await this.tenants.create(context, body), caller);
  }

  @Get()
  @Access({ permission: 'tenants:read', of: 'anyone' })
  @Answers({
    summary: 'List or search tenants',
    description: 'A tenant’s token sees its own tenant only, a person the tenants that he is a member of.',
    schema: tenantPageSchema,
    problems: [400],
  })
  async list(@Caller() caller: Principal, @Query({ schema: tenantsQuery }) query: z.infer<typeof tenantsQuery>) {
    if (caller.tenantId === NO_TENANT) return { items: await this.ofMember(caller), next: null };
    const { items, next } = await this.tenants.list({ ...query, only: caller.tenantId ?? undefined });
    return { items: items.map((item) => tenantAnswer(item, caller)), next };
  }

  @Get(':tenantId')
  @Access({ permission: 'tenants:read', of: 'tenant' })
  @Answers({ summary: 'Get a tenant', schema: tenantSchema, problems: [400, 404] })
  async get(@Caller() caller: Principal, @Param('tenantId', { schema: id }) tenantId: string) {
    return tenantAnswer(await this.tenants.get(tenantId), caller);
  }

  @Patch(':tenantId')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({
    summary: 'Change a tenant',
    description:
      'Name, contact, the operators’ notes, and the notice that the tenant is shown. Absent fields keep their value.',
    schema: tenantSchema,
    mutation: true,
    problems: [404],
  })
  async update(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: updateTenantBody }) body: z.infer<typeof updateTenantBody>,
  ) {
    return tenantAnswer(await this.tenants.update(context, tenantId, body), caller);
  }

  @Post(':tenantId/suspend')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({
    summary: 'Suspend a tenant',
    description: 'Every key of the tenant answers 403 with the reason, on every gateway within a second.',
    schema: tenantSchema,
    mutation: true,
    problems: [404],
  })
  async suspend(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
  ) {
    return tenantAnswer(await this.tenants.suspend(context, tenantId, body.reason), caller);
  }

  @Post(':tenantId/resume')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({ summary: 'Resume a suspended tenant', schema: tenantSchema, mutation: true, problems: [404] })
  async resume(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
  ) {
    return tenantAnswer(await this.tenants.resume(context, tenantId), caller);
  }

  @Delete(':tenantId')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({
    summary: 'Delete a tenant, after a grace',
    description:
      'Every key answers 403 at once, on every gateway within a second. At `deletesAt` keys, members, settings and everything personal is erased, ' +
      'managed applications are unstaked and their POKT goes back to the treasury; usage and audit entries stay. Until then it can be restored.',
    schema: tenantSchema,
    mutation: true,
    problems: [404],
  })
  async delete(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: deleteTenantQuery }) query: z.infer<typeof deleteTenantQuery>,
  ) {
    const input = { graceMs: this.graceMs, reason: query.reason ?? null };
    return tenantAnswer(await this.tenants.requestDeletion(context, tenantId, input), caller);
  }

  @Post(':tenantId/restore')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({
    summary: 'Take a deletion back',
    description: 'Everything is as it was: a tenant that was suspended is suspended.',
    schema: tenantSchema,
    mutation: true,
    problems: [404],
  })
  async restore(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
  ) {
    return tenantAnswer(await this.tenants.restore(context, tenantId), caller);
  }

  @Get(':tenantId/export')
  @Access({ permission: 'tenants:own', of: 'tenant' })
  @Answers({
    summary: 'Export all of a tenant’s data',
    description:
      'Streamed, of one instant: the tenant, its applications (without private keys), endpoints, keys (without their text), members, usage by ' +
      'day, audit entries. The last line has the type `end` and the number of lines before it; without it the export is not whole.',
    schema: exportLineSchema,
    problems: [400, 404, 503],
  })
  async export(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: exportQuery }) query: z.infer<typeof exportQuery>,
  ) {
    await this.tenants.get(tenantId);
    return this.exporter.open(tenantId, query.format);
  }

  /** Each in its own scope, so that row-level security holds for a person of several tenants, too. */
  private ofMember(caller: Principal) {
    const { actor, memberships } = caller;
    const ids = [...memberships.keys()];
    return Promise.all(
      ids.map((tenantId) =>
        runInScope({ kind: 'tenant', tenantId, actor }, async () =>
          tenantAnswer(await this.tenants.get(tenantId), caller),
        ),
      ),
    );
  }
}
