import { Controller, Get, Headers, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { relayChainIds } from '#libs/tenancy';
import type { UsageFilter } from '#libs/usage';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { id } from '../schemas/common.js';
import { tenantUsageQuery, usagePageSchema, usageQuery } from '../schemas/usage.js';
import { UsageReader } from '../usage/usage-reader.js';

type Query = Omit<z.output<typeof usageQuery>, 'tenantId'> & { tenantId?: string | undefined };

const DESCRIPTION =
  'Rows are sorted by what they are grouped by. A day is final some time after 00:00 UTC (15 minutes unless set otherwise) and then never ' +
  'changes: what comes late is a correction row behind the row that it corrects. `format=ndjson` and `format=csv` (RFC 4180, formula-safe) ' +
  'stream everything of one instant; `Usage-As-Of` and `Usage-Final` say of when and whether final. Each row’s `id` is a cursor.';

const STREAMS = {
  'application/x-ndjson': '{"id":"2026-11-20","day":"2026-11-20","billableRelays":"12480","final":true}\n',
  'text/csv':
    'day,billableRelays,sentRelays,clientRelays,retryRelays,hedgeRelays,quorumRelays,probeRelays,rpcErrors,bytesIn,bytesOut,durationUs,final,' +
    'updatedAt,id,recordedOn,corrects\r\n2026-11-20,12480,12502,12480,20,0,0,2,3,1048576,8388608,561600000,true,2026-11-21T00:15:02.000Z,2026-11-20,,\r\n',
};

/** Relays by day, hour and dimension, as stored by the worker. */
@ApiTags('Usage')
@Controller('v1')
export class UsageController {
  constructor(private readonly reader: UsageReader) {}

  @Get('usage')
  @Access({ permission: 'usage:read', of: 'operator' })
  @Answers({
    summary: 'Usage of all tenants',
    description: DESCRIPTION,
    schema: usagePageSchema,
    streams: STREAMS,
    problems: [400, 503, 'chain-unknown'],
  })
  all(
    @Query({ schema: usageQuery }) query: z.output<typeof usageQuery>,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.read(query, accept, reply);
  }

  @Get('tenants/:tenantId/usage')
  @Access({ permission: 'usage:read', of: 'tenant' })
  @Answers({
    summary: 'Usage of one tenant',
    description: DESCRIPTION,
    schema: usagePageSchema,
    streams: STREAMS,
    problems: [400, 404, 503, 'chain-unknown'],
  })
  ofTenant(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: tenantUsageQuery }) query: z.output<typeof tenantUsageQuery>,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.read({ ...query, tenantId }, accept, reply);
  }

  private async read(query: Query, accept: string | undefined, reply: FastifyReply): Promise<object | StreamableFile> {
    const { groupBy, cursor, limit, format = formatOf(accept), chain, ...rest } = query;
    // exactOptionalPropertyTypes: absent and undefined filters mean the same to the query.
    const filter = { ...rest, ...(chain === undefined ? {} : { chain: relayChainIds([chain])[0] }) } as UsageFilter;
    const reading = { filter, groupBy, after: cursor, limit };
    if (format === 'json') return this.reader.page(reading);
    const { file, asOf, final } = await this.reader.stream(reading, format);
    void reply.header('usage-as-of', asOf).header('usage-final', String(final));
    return file;
  }
}

/** By the media type named first; anything else is JSON. */
function formatOf(accept = ''): 'json' | 'ndjson' | 'csv' {
  const [first = ''] = accept.split(',');
  if (first.includes('text/csv')) return 'csv';
  return first.includes('ndjson') ? 'ndjson' : 'json';
}
