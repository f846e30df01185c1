import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { ScopedDatabase } from '#libs/tenancy';
import {
  EventsGoneError,
  USAGE_EVENT_SOURCE,
  type UsageEvent,
  type UsageEventFilter,
  oldestEvent,
  readEvents,
} from '#libs/usage';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { ProblemError } from '../http/problem.js';
import { id } from '../schemas/common.js';
import { usageEventsQuery, usageEventsSchema } from '../schemas/usage.js';

/** As many digits as the largest sequence has. */
const SEQUENCE_DIGITS = 19;

const DESCRIPTION =
  'CloudEvents 1.0 by sequence, from the beginning as often as wanted: `recorded` adds to an open day, `day-closed` makes it final, ' +
  '`corrected` adds to a closed day. An event never appears before one that was seen, so the last sequence is all to remember.';

/** The feed that a billing system keeps its own books from. */
@ApiTags('Usage')
@Controller('v1')
export class UsageEventsController {
  constructor(private readonly database: ScopedDatabase) {}

  @Get('usage/events')
  @Access({ permission: 'usage:read', of: 'operator' })
  @Answers({
    summary: 'Usage events of all tenants',
    description: `${DESCRIPTION} Sequences have no gaps here.`,
    schema: usageEventsSchema,
    problems: [400, 'events-gone'],
  })
  all(@Query({ schema: usageEventsQuery }) query: z.output<typeof usageEventsQuery>) {
    return this.read(query);
  }

  @Get('tenants/:tenantId/usage/events')
  @Access({ permission: 'usage:read', of: 'tenant' })
  @Answers({
    summary: 'Usage events of one tenant',
    description: `${DESCRIPTION} Other tenants’ sequences are left out.`,
    schema: usageEventsSchema,
    problems: [400, 404, 'events-gone'],
  })
  ofTenant(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: usageEventsQuery }) query: z.output<typeof usageEventsQuery>,
  ) {
    return this.read(query, tenantId);
  }

  private async read({ after, limit }: z.output<typeof usageEventsQuery>, tenantId?: string) {
    const filter = { after: BigInt(after), limit, ...(tenantId === undefined ? {} : { tenantId }) };
    const { events, oldest } = await this.snapshot(filter);
    const items = events.map((event) => cloudEventOf(event, tenantId !== undefined));
    return { items, next: items.at(-1)?.sequence ?? after, oldest: sequenceText(oldest) };
  }

  private async snapshot(filter: UsageEventFilter) {
    try {
      return await this.database.transaction(
        async (manager) => ({ events: await readEvents(manager, filter), oldest: await oldestEvent(manager) }),
        'REPEATABLE READ',
      );
    } catch (error) {
      if (!(error instanceof EventsGoneError)) throw error;
      const oldest = sequenceText(error.oldest);
      throw new ProblemError('events-gone', `The oldest event that is kept is ${oldest}.`, { oldest });
    }
  }
}

function sequenceText(sequence: bigint): string {
  return String(sequence).padStart(SEQUENCE_DIGITS, '0');
}

/** The totals of a closed day are the operator's, so a tenant learns only that it is closed. */
function cloudEventOf(event: UsageEvent, isForTenant: boolean) {
  const { day, closedAt } = event.data;
  return {
    specversion: '1.0' as const,
    id: event.id,
    source: USAGE_EVENT_SOURCE,
    type: event.type,
    ...(event.tenantId === null ? {} : { subject: event.tenantId }),
    time: event.occurredAt.toISOString(),
    datacontenttype: 'application/json' as const,
    sequence: sequenceText(event.sequence),
    data: isForTenant && event.tenantId === null ? { day, closedAt } : event.data,
  };
}
