import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, Invitations, type Principal } from '#libs/auth';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { ProblemError } from '../http/problem.js';
import { id, pageQuery } from '../schemas/common.js';
import {
  acceptInvitationBody,
  createInvitationBody,
  createdInvitationSchema,
  invitationAnswer,
  invitationPageSchema,
  invitationSchema,
} from '../schemas/identity.js';
import { INVITATION_URL } from '../tokens.js';

const DAY_MS = 86_400_000;

/** Invitations to a tenant. */
@ApiTags('Members')
@Controller('v1')
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    @Inject(INVITATION_URL) private readonly url: string,
  ) {}

  @Post('tenants/:tenantId/invitations')
  @Access({ permission: 'members:write', of: 'tenant' })
  @Answers({
    summary: 'Invite somebody',
    description:
      'The token is in this answer and nowhere else. An open invitation of the same address is withdrawn. Nobody invites to a role that can more than his own.',
    status: 201,
    schema: createdInvitationSchema,
    mutation: true,
    problems: [404, 'already-member'],
  })
  async create(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: createInvitationBody }) body: z.output<typeof createInvitationBody>,
  ) {
    const { token, ...made } = await this.invitations.create(context, caller, tenantId, {
      email: body.email,
      role: body.role,
      expiresAt: new Date(Date.now() + body.expiresInDays * DAY_MS),
    });
    return { ...invitationAnswer(made), token, link: `${this.url}#invitation=${token}` };
  }

  @Get('tenants/:tenantId/invitations')
  @Access({ permission: 'members:read', of: 'tenant' })
  @Answers({
    summary: 'List invitations, used and revoked ones included',
    schema: invitationPageSchema,
    problems: [400, 404],
  })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.invitations.list(tenantId, query);
    return { items: items.map(invitationAnswer), next };
  }

  @Post('tenants/:tenantId/invitations/:invitationId/revoke')
  @Access({ permission: 'members:write', of: 'tenant' })
  @Answers({
    summary: 'Revoke an invitation',
    schema: invitationSchema,
    mutation: true,
    problems: [404, 'already-revoked', 'invitation-unusable'],
  })
  async revoke(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('invitationId', { schema: id }) invitationId: string,
  ) {
    return invitationAnswer(await this.invitations.revoke(context, tenantId, invitationId));
  }

  @Post('invitations/accept')
  @Access('signed-in')
  @Answers({
    summary: 'Accept an invitation',
    description: 'For a signed-in person whose issuer vouches for the invited address.',
    schema: invitationSchema,
    mutation: true,
    problems: [404, 'already-member', 'invitation-unusable'],
  })
  async accept(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Body({ schema: acceptInvitationBody }) body: z.output<typeof acceptInvitationBody>,
  ) {
    if (caller.person === null) throw new ProblemError('forbidden', 'People accept invitations; sign in as one.');
    return invitationAnswer(await this.invitations.accept(context, caller.person, body.token));
  }
}
