import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { AuditLog } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { auditAnswer, auditPageSchema } from '../schemas/audit.js';
import { id, pageQuery } from '../schemas/common.js';

/** A tenant's part of the audit log. */
@ApiTags('Audit log')
@Controller('v1/tenants/:tenantId/audit-entries')
export class TenantAuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Access({ permission: 'audit:read', of: 'tenant' })
  @Answers({
    summary: 'List a tenant’s changes, newest first',
    schema: auditPageSchema,
    problems: [400, 404],
  })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.log.list({ ...query, tenantId });
    return { items: items.map(auditAnswer), next };
  }
}
