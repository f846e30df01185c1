import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlertChannels, AlertDeliveries } from '#libs/alerts';
import { Access } from '#libs/auth';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery } from '../schemas/common.js';
import { OVERLAP_SECONDS } from '../schemas/endpoint.js';
import {
  channelAnswer,
  channelPageSchema,
  channelSchema,
  channelWithSecretAnswer,
  channelWithSecretSchema,
  confirmBody,
  createChannelBody,
  deliveryAnswer,
  deliverySchema,
  resendFailedBody,
  resentSchema,
  rotateSecretBody,
  updateChannelBody,
} from './alert-schemas.js';

/** Where a tenant's alerts go. */
@ApiTags('Alerts')
@Controller('v1/tenants/:tenantId/alert-channels')
export class AlertChannelsController {
  constructor(
    private readonly channels: AlertChannels,
    private readonly deliveries: AlertDeliveries,
  ) {}

  @Post()
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Create an alert channel',
    description:
      'A webhook is signed as standard-webhooks says; its secret is in this answer and nowhere else. An e-mail address is sent a code and ' +
      'hears nothing more until it is confirmed.',
    status: 201,
    schema: channelWithSecretSchema,
    mutation: true,
    problems: [404, 'webhook-url-refused', 'channel-limit', 'channel-state', 'alerts-off'],
  })
  async create(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: createChannelBody }) body: z.output<typeof createChannelBody>,
  ) {
    return channelWithSecretAnswer(await this.channels.create(context, tenantId, body));
  }

  @Get()
  @Access({ permission: 'alerts:read', of: 'tenant' })
  @Answers({ summary: 'List alert channels', schema: channelPageSchema, problems: [400, 404] })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.channels.list(tenantId, query);
    return { items: items.map(channelAnswer), next };
  }

  @Get(':channelId')
  @Access({ permission: 'alerts:read', of: 'tenant' })
  @Answers({ summary: 'Get an alert channel', schema: channelSchema, problems: [400, 404] })
  async get(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
  ) {
    return channelAnswer(await this.channels.get(tenantId, channelId));
  }

  @Patch(':channelId')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Change an alert channel',
    description: 'A webhook may get another URL; an e-mail channel keeps its address.',
    schema: channelSchema,
    mutation: true,
    problems: [404, 'webhook-url-refused', 'channel-state'],
  })
  async update(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
    @Body({ schema: updateChannelBody }) body: z.infer<typeof updateChannelBody>,
  ) {
    return channelAnswer(await this.channels.update(context, tenantId, channelId, body));
  }

  @Delete(':channelId')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Delete an alert channel',
    description: 'With its deliveries and their log.',
    schema: channelSchema,
    mutation: true,
    problems: [404],
  })
  async remove(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
  ) {
    return channelAnswer(await this.channels.remove(context, tenantId, channelId));
  }

  @Post(':channelId/pause')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Pause an alert channel',
    description: 'What is pending waits; new alerts are not for it.',
    schema: channelSchema,
    mutation: true,
    problems: [404, 'channel-state'],
  })
  async pause(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
  ) {
    return channelAnswer(await this.channels.pause(context, tenantId, channelId));
  }

  @Post(':channelId/enable')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Enable an alert channel',
    description:
      'After a pause, or after the system disabled it. Deliveries that failed meanwhile are sent again on request only.',
    schema: channelSchema,
    mutation: true,
    problems: [404, 'channel-state', 'webhook-url-refused'],
  })
  async enable(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
  ) {
    return channelAnswer(await this.channels.enable(context, tenantId, channelId));
  }

  @Post(':channelId/rotate-secret')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Replace a webhook’s signing secret',
    description: 'The new secret is in this answer and nowhere else. Messages carry both signatures for the overlap.',
    status: 201,
    schema: channelWithSecretSchema,
    mutation: true,
    problems: [404, 'channel-state', 'alerts-off'],
  })
  async rotateSecret(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
    @Body({ schema: rotateSecretBody }) body: z.output<typeof rotateSecretBody>,
  ) {
    const input = { secret: body.secret, overlapSeconds: OVERLAP_SECONDS[body.overlap] };
    return channelWithSecretAnswer(await this.channels.rotateSecret(context, tenantId, channelId, input));
  }

  @Post(':channelId/confirm')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Confirm an e-mail address',
    schema: channelSchema,
    mutation: true,
    problems: [404, 'confirmation-wrong', 'channel-state', 'alerts-off'],
  })
  async confirm(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
    @Body({ schema: confirmBody }) body: z.infer<typeof confirmBody>,
  ) {
    return channelAnswer(await this.channels.confirm(context, tenantId, channelId, body.code));
  }

  @Post(':channelId/send-confirmation')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Send another confirmation mail',
    description: 'The code before is void.',
    schema: channelSchema,
    mutation: true,
    problems: [404, 'channel-limit', 'channel-state'],
  })
  async sendConfirmation(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
  ) {
    return channelAnswer(await this.channels.sendConfirmationAgain(context, tenantId, channelId));
  }

  @Post(':channelId/test')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Send a test message',
    description: 'The answer names the delivery, whose log shows how it went.',
    status: 201,
    schema: deliverySchema,
    mutation: true,
    problems: [404, 'channel-state'],
  })
  async test(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
  ) {
    return deliveryAnswer(await this.deliveries.test(context, tenantId, channelId));
  }

  @Post(':channelId/resend-failed')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Send failed deliveries again',
    description: 'Those made since then, at most 1,000 at a time, with their ids and the whole schedule before them.',
    schema: resentSchema,
    mutation: true,
    problems: [404, 'channel-state'],
  })
  resendFailed(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('channelId', { schema: id }) channelId: string,
    @Body({ schema: resendFailedBody }) body: z.infer<typeof resendFailedBody>,
  ) {
    return this.deliveries.resendFailed(context, tenantId, channelId, new Date(body.since));
  }
}
