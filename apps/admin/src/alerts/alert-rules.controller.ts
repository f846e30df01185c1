import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlertRules } from '#libs/alerts';
import { Access } from '#libs/auth';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery } from '../schemas/common.js';
import { createRuleBody, ruleAnswer, rulePageSchema, ruleSchema, updateRuleBody } from './alert-schemas.js';

/** What a tenant wants to hear of. */
@ApiTags('Alerts')
@Controller('v1/tenants/:tenantId/alert-rules')
export class AlertRulesController {
  constructor(private readonly rules: AlertRules) {}

  @Post()
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Create an alert rule',
    description:
      'A tenant without any rule has the default one: every application at 50, 80 and 100 %, to every channel. Each threshold is ' +
      'reported once for each UTC day.',
    status: 201,
    schema: ruleSchema,
    mutation: true,
    problems: [404],
  })
  async create(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: createRuleBody }) body: z.output<typeof createRuleBody>,
  ) {
    return ruleAnswer(await this.rules.create(context, tenantId, body));
  }

  @Get()
  @Access({ permission: 'alerts:read', of: 'tenant' })
  @Answers({ summary: 'List alert rules', schema: rulePageSchema, problems: [400, 404] })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.rules.list(tenantId, query);
    return { items: items.map(ruleAnswer), next };
  }

  @Get(':ruleId')
  @Access({ permission: 'alerts:read', of: 'tenant' })
  @Answers({ summary: 'Get an alert rule', schema: ruleSchema, problems: [400, 404] })
  async get(@Param('tenantId', { schema: id }) tenantId: string, @Param('ruleId', { schema: id }) ruleId: string) {
    return ruleAnswer(await this.rules.get(tenantId, ruleId));
  }

  @Patch(':ruleId')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Change an alert rule',
    description: 'Absent fields keep their value. A threshold that is reached already is reported within a minute.',
    schema: ruleSchema,
    mutation: true,
    problems: [404],
  })
  async update(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('ruleId', { schema: id }) ruleId: string,
    @Body({ schema: updateRuleBody }) body: z.infer<typeof updateRuleBody>,
  ) {
    return ruleAnswer(await this.rules.update(context, tenantId, ruleId, body));
  }

  @Delete(':ruleId')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Delete an alert rule',
    description: 'With the last one gone the default rule is back; switch a rule off to hear nothing.',
    schema: ruleSchema,
    mutation: true,
    problems: [404],
  })
  async remove(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('ruleId', { schema: id }) ruleId: string,
  ) {
    return ruleAnswer(await this.rules.remove(context, tenantId, ruleId));
  }
}
