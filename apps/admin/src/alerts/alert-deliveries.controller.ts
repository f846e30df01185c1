import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlertDeliveries } from '#libs/alerts';
import { Access } from '#libs/auth';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery } from '../schemas/common.js';
import {
  alertAnswer,
  alertPageSchema,
  deliveryAnswer,
  deliveryDetailsAnswer,
  deliveryDetailsSchema,
  deliveryPageSchema,
  deliveryQuery,
  deliverySchema,
} from './alert-schemas.js';

/** What was crossed, what was sent because of it, and how that went. */
@ApiTags('Alerts')
@Controller('v1/tenants/:tenantId')
export class AlertDeliveriesController {
  constructor(private readonly deliveries: AlertDeliveries) {}

  @Get('alerts')
  @Access({ permission: 'alerts:read', of: 'tenant' })
  @Answers({
    summary: 'List alerts',
    description: 'Thresholds that were crossed, once for each subject, UTC day and threshold.',
    schema: alertPageSchema,
    problems: [400, 404],
  })
  async alerts(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.deliveries.alerts(tenantId, query);
    return { items: items.map(alertAnswer), next };
  }

  @Get('alert-deliveries')
  @Access({ permission: 'alerts:read', of: 'tenant' })
  @Answers({ summary: 'List alert deliveries', schema: deliveryPageSchema, problems: [400, 404] })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: deliveryQuery }) query: z.infer<typeof deliveryQuery>,
  ) {
    const { items, next } = await this.deliveries.list(tenantId, query);
    return { items: items.map(deliveryAnswer), next };
  }

  @Get('alert-deliveries/:deliveryId')
  @Access({ permission: 'alerts:read', of: 'tenant' })
  @Answers({
    summary: 'Get an alert delivery',
    description: 'With what was sent and the log of attempts.',
    schema: deliveryDetailsSchema,
    problems: [400, 404],
  })
  async get(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('deliveryId', { schema: id }) deliveryId: string,
  ) {
    return deliveryDetailsAnswer(await this.deliveries.get(tenantId, deliveryId));
  }

  @Post('alert-deliveries/:deliveryId/resend')
  @Access({ permission: 'alerts:write', of: 'tenant' })
  @Answers({
    summary: 'Send an alert delivery again',
    description: 'With the same id and body, so that a receiver that has it recognises the repeat.',
    schema: deliverySchema,
    mutation: true,
    problems: [404, 'channel-state'],
  })
  async resend(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('deliveryId', { schema: id }) deliveryId: string,
  ) {
    return deliveryAnswer(await this.deliveries.resend(context, tenantId, deliveryId));
  }
}
