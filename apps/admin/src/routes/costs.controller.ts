import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { ScopedDatabase, relayChainIds } from '#libs/tenancy';
import { type CostRow, UsageCursorError, queryCosts } from '#libs/usage';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { ProblemError } from '../http/problem.js';
import { id } from '../schemas/common.js';
import { costPageSchema, costsQuery, tenantCostsQuery } from '../schemas/cost.js';

type Query = z.output<typeof tenantCostsQuery> & { readonly tenantId?: string | undefined };

const DESCRIPTION =
  'Relays that clients asked for beside those that were sent for them, by purpose, and the uPOKT that the relays sent cost: each at ' +
  'RelaysToTokensMultiplier of its chain at its session’s height, before the network weighs the node’s stake. Relays never burn an ' +
  'application’s stake: this is what the network mints for them. Relays of sessions that are not settled yet are counted without a price.';

/** What serving cost, beside what was served. */
@ApiTags('Usage')
@Controller('v1')
export class CostsController {
  constructor(private readonly database: ScopedDatabase) {}

  @Get('costs')
  @Access({ permission: 'usage:read', of: 'operator' })
  @Answers({
    summary: 'Costs of all tenants',
    description: DESCRIPTION,
    schema: costPageSchema,
    problems: [400, 'chain-unknown'],
  })
  all(@Query({ schema: costsQuery }) query: z.output<typeof costsQuery>) {
    return this.read(query);
  }

  @Get('tenants/:tenantId/costs')
  @Access({ permission: 'usage:read', of: 'tenant' })
  @Answers({
    summary: 'Costs of one tenant',
    description: DESCRIPTION,
    schema: costPageSchema,
    problems: [400, 404, 'chain-unknown'],
  })
  ofTenant(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: tenantCostsQuery }) query: z.output<typeof tenantCostsQuery>,
  ) {
    return this.read({ ...query, tenantId });
  }

  private async read({ groupBy, cursor, limit, chain, ...rest }: Query) {
    const filter = { ...rest, chain: chain === undefined ? undefined : relayChainIds([chain])[0] };
    try {
      const rows = await queryCosts(this.database, filter, groupBy, { limit: limit + 1, after: cursor });
      const items = rows.slice(0, limit);
      return { items: items.map(costItem), next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    } catch (error) {
      if (error instanceof UsageCursorError) throw new ProblemError('invalid', `cursor: ${error.message}`);
      throw error;
    }
  }
}

/** Counters as digits: JSON numbers would round large ones. */
function costItem(row: CostRow): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]: [string, string | bigint]) => [field, String(value)]),
  );
}
