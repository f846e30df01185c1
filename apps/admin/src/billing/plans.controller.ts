import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, type Principal } from '#libs/auth';
import { type MutationContext, Plans } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery } from '../schemas/common.js';
import { tenantAnswer, tenantSchema } from '../schemas/tenant.js';
import {
  assignPlanBody,
  createPlanBody,
  planAnswer,
  planPageSchema,
  planSchema,
  planVersionsAnswer,
  planVersionsSchema,
  updatePlanBody,
} from './plan-schemas.js';

const IN_FORCE = 'Limits hold on every gateway within a second, prices for all of the present UTC day.';

/** What tenants may do beside their stakes, and what relays cost. */
@ApiTags('Plans')
@Controller('v1')
export class PlansController {
  constructor(private readonly plans: Plans) {}

  @Post('plans')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({ summary: 'Create a plan', status: 201, schema: planSchema, mutation: true })
  async create(
    @Mutation() context: MutationContext,
    @Body({ schema: createPlanBody }) body: z.output<typeof createPlanBody>,
  ) {
    return planAnswer(await this.plans.create(context, body));
  }

  @Get('plans')
  @Access({ permission: 'tenants:read', of: 'operator' })
  @Answers({ summary: 'List plans', schema: planPageSchema, problems: [400] })
  async list(@Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>) {
    const { items, next } = await this.plans.list(query);
    return { items: items.map(planAnswer), next };
  }

  @Get('plans/:planId')
  @Access({ permission: 'tenants:read', of: 'operator' })
  @Answers({ summary: 'Get a plan', schema: planSchema, problems: [400, 404] })
  async get(@Param('planId', { schema: id }) planId: string) {
    return planAnswer(await this.plans.get(planId));
  }

  @Get('plans/:planId/versions')
  @Access({ permission: 'tenants:read', of: 'operator' })
  @Answers({
    summary: 'Get every state of a plan',
    description: 'Oldest first. A day is priced by the newest state that is not younger than it.',
    schema: planVersionsSchema,
    problems: [400, 404],
  })
  async versions(@Param('planId', { schema: id }) planId: string) {
    return planVersionsAnswer(await this.plans.versions(planId));
  }

  @Patch('plans/:planId')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({
    summary: 'Change a plan',
    description: `Makes a new version; limits and prices are each replaced as a whole. ${IN_FORCE}`,
    schema: planSchema,
    mutation: true,
    problems: [404],
  })
  async update(
    @Mutation() context: MutationContext,
    @Param('planId', { schema: id }) planId: string,
    @Body({ schema: updatePlanBody }) body: z.output<typeof updatePlanBody>,
  ) {
    return planAnswer(await this.plans.update(context, planId, body));
  }

  @Post('plans/:planId/retire')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({
    summary: 'Retire a plan',
    description: 'Its tenants keep it; no other gets it.',
    schema: planSchema,
    mutation: true,
    problems: [404],
  })
  async retire(@Mutation() context: MutationContext, @Param('planId', { schema: id }) planId: string) {
    return planAnswer(await this.plans.retire(context, planId));
  }

  @Get('tenants/:tenantId/plan')
  @Access({ permission: 'tenants:read', of: 'tenant' })
  @Answers({ summary: 'Get the plan of a tenant', schema: planSchema, problems: [400, 404] })
  async ofTenant(@Param('tenantId', { schema: id }) tenantId: string) {
    return planAnswer(await this.plans.ofTenant(tenantId));
  }

  @Put('tenants/:tenantId/plan')
  @Access({ permission: 'tenants:manage', of: 'operator' })
  @Answers({
    summary: 'Give a tenant a plan',
    description: `If-Match is the tenant’s. ${IN_FORCE}`,
    schema: tenantSchema,
    mutation: true,
    problems: [404],
  })
  async assign(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: assignPlanBody }) body: z.infer<typeof assignPlanBody>,
  ) {
    return tenantAnswer(await this.plans.assign(context, tenantId, body.planId), caller);
  }
}
