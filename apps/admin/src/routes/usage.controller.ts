import { Controller, Get, Param, Query } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { relayChainIds } from '#libs/tenancy';
import { type UsageFilter, type UsageRow, queryUsage } from '#libs/usage';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { id } from '../schemas/common.js';
import { tenantUsageQuery, usagePageSchema, usageQuery } from '../schemas/usage.js';

type Query = Omit<z.output<typeof usageQuery>, 'tenantId'> & { tenantId?: string | undefined };

/** Relays by day and dimension, as stored by the worker. */
@ApiTags('Usage')
@Controller('v1')
export class UsageController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get('usage')
  @Access({ scope: 'usage:read', of: 'operator' })
  @Answers({ summary: 'Usage of all tenants', schema: usagePageSchema, problems: [400] })
  all(@Query({ schema: usageQuery }) query: z.output<typeof usageQuery>) {
    return this.read(query);
  }

  @Get('tenants/:tenantId/usage')
  @Access({ scope: 'usage:read', of: 'tenant' })
  @Answers({ summary: 'Usage of one tenant', schema: usagePageSchema, problems: [400, 404] })
  ofTenant(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: tenantUsageQuery }) query: z.output<typeof tenantUsageQuery>,
  ) {
    return this.read({ ...query, tenantId });
  }

  private async read(query: Query) {
    const { groupBy, cursor, limit, chain, ...rest } = query;
    const filter = { ...rest, ...(chain === undefined ? {} : { chain: relayChainIds([chain])[0] }) };
    const offset = Number(cursor ?? 0);
    const asOf = new Date().toISOString();
    // exactOptionalPropertyTypes: absent and undefined filters mean the same to the query.
    const rows = await queryUsage(this.dataSource, filter as UsageFilter, groupBy, { limit: limit + 1, offset });
    return {
      items: rows.slice(0, limit).map(usageItem),
      next: rows.length > limit ? String(offset + limit) : null,
      asOf,
    };
  }
}

/** Counters as digits: JSON numbers would round large ones. */
function usageItem(row: UsageRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]: [string, unknown]) => [
      field,
      typeof value === 'bigint' ? String(value) : value instanceof Date ? value.toISOString() : value,
    ]),
  );
}
