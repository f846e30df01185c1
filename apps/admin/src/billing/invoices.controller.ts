import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { ProblemError } from '../http/problem.js';
import { id } from '../schemas/common.js';
import { InvoiceDrafts } from './invoice-drafts.js';
import { invoiceDraftSchema, invoiceQuery } from './plan-schemas.js';

const DAYS_MAX = 366;
const DAY_MS = 86_400_000;

/** What relays of a period cost. */
@ApiTags('Billing')
@Controller('v1/tenants/:tenantId/invoice-draft')
export class InvoicesController {
  constructor(private readonly drafts: InvoiceDrafts) {}

  @Get()
  @Access({ permission: 'billing:read', of: 'tenant' })
  @Answers({
    summary: 'Draft an invoice',
    description:
      'A line per kind, endpoint, chain, plan version and tier. Relays are counted in the order of day, endpoint and chain: first the included ones, then tier by ' +
      'tier; those beyond a plan’s daily cap are overage. Corrections recorded in the period are lines that name the day they correct. A final draft never changes, and ' +
      'is what the usage feed alone gives.',
    schema: invoiceDraftSchema,
    problems: [400, 404],
  })
  draft(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: invoiceQuery }) query: z.infer<typeof invoiceQuery>,
  ) {
    const { from, to } =
      query.month === undefined ? { from: query.from ?? '', to: query.to ?? '' } : daysOf(query.month);
    if ((Date.parse(to) - Date.parse(from)) / DAY_MS >= DAYS_MAX) {
      throw new ProblemError('invalid', `to: at most ${DAYS_MAX} days after from.`);
    }
    return this.drafts.of(tenantId, from, to);
  }
}

function daysOf(month: string): { from: string; to: string } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
}
