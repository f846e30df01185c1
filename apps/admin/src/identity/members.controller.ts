import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, Members, type Principal } from '#libs/auth';
import { type MutationContext, notFound } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery } from '../schemas/common.js';
import { changeRoleBody, memberAnswer, memberPageSchema, memberSchema } from '../schemas/identity.js';

/** Who belongs to a tenant, and as what. */
@ApiTags('Members')
@Controller('v1/tenants/:tenantId')
export class MembersController {
  constructor(private readonly members: Members) {}

  @Get('members')
  @Access({ permission: 'members:read', of: 'tenant' })
  @Answers({ summary: 'List members', schema: memberPageSchema, problems: [400, 404] })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.members.list(tenantId, query);
    return { items: items.map(memberAnswer), next };
  }

  @Get('members/:userId')
  @Access({ permission: 'members:read', of: 'tenant' })
  @Answers({ summary: 'Get a member', schema: memberSchema, problems: [400, 404] })
  async get(@Param('tenantId', { schema: id }) tenantId: string, @Param('userId', { schema: id }) userId: string) {
    return memberAnswer(await this.members.get(tenantId, userId));
  }

  @Patch('members/:userId')
  @Access({ permission: 'members:write', of: 'tenant' })
  @Answers({
    summary: 'Change a member’s role',
    description:
      'In force with the member’s next request; his open invitations are withdrawn. Nobody touches a role that can more than his own, and a tenant keeps an owner.',
    schema: memberSchema,
    mutation: true,
    problems: [404, 'last-owner'],
  })
  async changeRole(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('userId', { schema: id }) userId: string,
    @Body({ schema: changeRoleBody }) body: z.output<typeof changeRoleBody>,
  ) {
    return memberAnswer(await this.members.changeRole(context, caller, tenantId, userId, body.role));
  }

  @Post('members/:userId/remove')
  @Access({ permission: 'members:write', of: 'tenant' })
  @Answers({
    summary: 'Remove a member',
    description: 'His next request meets 404. Service tokens are the tenant’s and stay. A tenant keeps an owner.',
    schema: memberSchema,
    mutation: true,
    problems: [404, 'last-owner'],
  })
  async remove(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('userId', { schema: id }) userId: string,
  ) {
    return memberAnswer(await this.members.remove(context, caller, tenantId, userId));
  }

  @Post('leave')
  @Access({ permission: 'tenants:read', of: 'tenant' })
  @Answers({
    summary: 'Leave a tenant',
    description: 'For a signed-in member of any role. A tenant keeps an owner.',
    schema: memberSchema,
    mutation: true,
    problems: [404, 'last-owner'],
  })
  async leave(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
  ) {
    if (caller.person === null) throw notFound('member');
    return memberAnswer(await this.members.remove(context, caller, tenantId, caller.person.userId));
  }
}
