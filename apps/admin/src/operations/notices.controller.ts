import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { type NoticeChange, NoticeDesk } from '#libs/operations';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery } from '../schemas/common.js';
import { changeNoticeBody, createNoticeBody, noticeAnswer, noticePageSchema, noticeSchema } from './control-schemas.js';

/** What callers are told of maintenance and outages. */
@ApiTags('Operations')
@Controller('v1/operations/notices')
export class NoticesController {
  constructor(private readonly desk: NoticeDesk) {}

  @Get()
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({ summary: 'List notices', schema: noticePageSchema, problems: [400] })
  async list(@Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>) {
    const { items, next } = await this.desk.list(query);
    return { items: items.map(noticeAnswer), next };
  }

  @Post()
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Tell callers of maintenance or an outage',
    description: 'Gateways show it at GET /v1/status and on the pages of endpoints within a second.',
    status: 201,
    schema: noticeSchema,
    mutation: true,
  })
  async create(
    @Mutation() context: MutationContext,
    @Body({ schema: createNoticeBody }) body: z.output<typeof createNoticeBody>,
  ) {
    return noticeAnswer(await this.desk.create(context, body));
  }

  @Patch(':noticeId')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({ summary: 'Change a notice', schema: noticeSchema, mutation: true, problems: [404] })
  async change(
    @Mutation() context: MutationContext,
    @Param('noticeId', { schema: id }) noticeId: string,
    @Body({ schema: changeNoticeBody }) body: z.output<typeof changeNoticeBody>,
  ) {
    const present = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    return noticeAnswer(await this.desk.change(context, noticeId, present as NoticeChange));
  }

  @Post(':noticeId/end')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({ summary: 'End a notice now', schema: noticeSchema, mutation: true, problems: [404] })
  async end(@Mutation() context: MutationContext, @Param('noticeId', { schema: id }) noticeId: string) {
    return noticeAnswer(await this.desk.end(context, noticeId));
  }
}
