import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { AuditLog } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { auditAnswer, auditPageSchema, auditQuery } from '../schemas/audit.js';

/** Who changed what. */
@ApiTags('Audit log')
@Controller('v1/audit-entries')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Access({ permission: 'audit:read', of: 'operator' })
  @Answers({
    summary: 'List changes, newest first',
    description: 'One entry per change, written in the change’s own transaction; entries cannot be edited.',
    schema: auditPageSchema,
    problems: [400],
  })
  async list(@Query({ schema: auditQuery }) query: z.infer<typeof auditQuery>) {
    const { items, next } = await this.log.list(query);
    return { items: items.map(auditAnswer), next };
  }
}
