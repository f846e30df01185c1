import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { ClosureDesk } from '#libs/operations';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, pageQuery } from '../schemas/common.js';
import {
  closeNodeBody,
  closureAnswer,
  closurePageSchema,
  closureSchema,
  createClosureBody,
  openNodeBody,
  publicKey,
} from './control-schemas.js';

/** Nodes and operators kept from relays. */
@ApiTags('Operations')
@Controller('v1/operations')
export class ClosuresController {
  constructor(private readonly desk: ClosureDesk) {}

  @Get('closures')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({ summary: 'List closed nodes and operators', schema: closurePageSchema, problems: [400] })
  async list(@Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>) {
    const { items, next } = await this.desk.list(query);
    return { items: items.map(closureAnswer), next };
  }

  @Post('closures')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Close a node or all nodes of an operator to relays',
    description:
      'Gateways follow within a second. Relays under way end as they would; subscriptions go on over other nodes. Where nothing ' +
      'else is left, the least bad closed node serves and the answer counts as degraded. Closing again changes what is closed.',
    status: 201,
    schema: closureSchema,
    mutation: true,
  })
  async create(
    @Mutation() context: MutationContext,
    @Body({ schema: createClosureBody }) body: z.output<typeof createClosureBody>,
  ) {
    return closureAnswer(await this.desk.close(context, body));
  }

  @Post('closures/:closureId/open')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({ summary: 'Open what was closed', schema: closureSchema, mutation: true, problems: [404] })
  async open(@Mutation() context: MutationContext, @Param('closureId', { schema: id }) closureId: string) {
    return closureAnswer(await this.desk.open(context, closureId));
  }

  @Post('nodes/:publicKey/cordon')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({ summary: 'Cordon a node: no relay from now on', schema: closureSchema, mutation: true })
  cordon(
    @Mutation() context: MutationContext,
    @Param('publicKey', { schema: publicKey }) node: string,
    @Body({ schema: closeNodeBody }) body: z.output<typeof closeNodeBody>,
  ) {
    return this.#close(context, node, 'cordon', body);
  }

  @Post('nodes/:publicKey/drain')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Drain a node: finish what was begun, then no relay',
    description: 'A session’s relays below the number that is paid are filled up to it first.',
    schema: closureSchema,
    mutation: true,
  })
  drain(
    @Mutation() context: MutationContext,
    @Param('publicKey', { schema: publicKey }) node: string,
    @Body({ schema: closeNodeBody }) body: z.output<typeof closeNodeBody>,
  ) {
    return this.#close(context, node, 'drain', body);
  }

  @Post('nodes/:publicKey/uncordon')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({ summary: 'Open a cordoned or draining node', schema: closureSchema, mutation: true, problems: [404] })
  async uncordon(
    @Mutation() context: MutationContext,
    @Param('publicKey', { schema: publicKey }) node: string,
    @Body({ schema: openNodeBody }) body: z.output<typeof openNodeBody>,
  ) {
    return closureAnswer(await this.desk.openNode(context, node, body.chain));
  }

  async #close(
    context: MutationContext,
    target: string,
    mode: 'cordon' | 'drain',
    body: z.output<typeof closeNodeBody>,
  ) {
    return closureAnswer(await this.desk.close(context, { kind: 'node', target, mode, ...body }));
  }
}
