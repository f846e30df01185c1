import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { type FailedJob, QueueDesk, type RemovedJob } from '#libs/operations';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, isoOf, pageQuery } from '../schemas/common.js';
import {
  failedJobPageSchema,
  failedJobSchema,
  jobParameter,
  queueListSchema,
  queueParameter,
  removedJobSchema,
  retriedSchema,
} from './live-schemas.js';

/** Work behind the gateways: receipts to usage, settlement, upkeep. */
@ApiTags('Operations')
@Controller('v1/operations')
export class QueuesController {
  constructor(private readonly desk: QueueDesk) {}

  @Get('queues')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({
    summary: 'List queues: what waits, how long, how fast',
    schema: queueListSchema,
    problems: ['queue-unavailable'],
  })
  async list() {
    return { items: await this.desk.list() };
  }

  @Get('queues/:queue/failed')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({
    summary: 'List failed jobs of a queue, the latest first',
    description: 'Says what a job is about, never what it carries.',
    schema: failedJobPageSchema,
    problems: [400, 404, 'queue-unavailable'],
  })
  async failed(
    @Param('queue', { schema: queueParameter }) queue: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.desk.failed(queue, query);
    return { items: items.map(jobAnswer), next };
  }

  @Post('queues/:queue/retry')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Put all failed jobs of a queue back to work',
    schema: retriedSchema,
    mutation: true,
    problems: [404, 'queue-unavailable'],
  })
  async retryAll(@Mutation() context: MutationContext, @Param('queue', { schema: queueParameter }) queue: string) {
    return this.desk.retryAll(context, queue);
  }

  @Post('queues/:queue/jobs/:jobId/retry')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Put a failed job back to work',
    schema: failedJobSchema,
    mutation: true,
    problems: [404, 'job-not-failed', 'queue-unavailable'],
  })
  async retry(
    @Mutation() context: MutationContext,
    @Param('queue', { schema: queueParameter }) queue: string,
    @Param('jobId', { schema: jobParameter }) jobId: string,
  ) {
    return jobAnswer(await this.desk.retry(context, queue, jobId));
  }

  @Post('queues/:queue/jobs/:jobId/remove')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Take a failed job out of its queue',
    description:
      'Its content is kept with the audit entry, so that no receipt is ever lost by hand; restore puts it back.',
    schema: removedJobSchema,
    mutation: true,
    problems: [404, 'job-not-failed', 'queue-unavailable'],
  })
  async remove(
    @Mutation() context: MutationContext,
    @Param('queue', { schema: queueParameter }) queue: string,
    @Param('jobId', { schema: jobParameter }) jobId: string,
  ) {
    return removedAnswer(await this.desk.remove(context, queue, jobId));
  }

  @Post('removed-jobs/:removalId/restore')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Put a removed job back into its queue',
    schema: removedJobSchema,
    mutation: true,
    problems: [404, 'queue-unavailable'],
  })
  async restore(@Mutation() context: MutationContext, @Param('removalId', { schema: id }) removalId: string) {
    return removedAnswer(await this.desk.restore(context, removalId));
  }
}

function jobAnswer(job: FailedJob) {
  return { ...job, createdAt: isoOf(job.createdAt), failedAt: isoOf(job.failedAt) };
}

function removedAnswer(job: RemovedJob) {
  return { ...job, removedAt: isoOf(job.removedAt), restoredAt: isoOf(job.restoredAt) };
}
