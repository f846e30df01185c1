import { Injectable } from '@nestjs/common';
import { type InvoiceDraft, type PriceSheet, draftInvoice } from '#libs/billing';
import { type PlanOfDay, Plans, ScopedDatabase } from '#libs/tenancy';
import { closedThrough, correctionsRecorded, queryUsage } from '#libs/usage';
import type { QueryRunner } from 'typeorm';

/** Makes invoice drafts from what is stored, each from one snapshot of the database. */
@Injectable()
export class InvoiceDrafts {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly plans: Plans,
  ) {}

  /** @throws TenancyError `not-found` for the tenant. */
  async of(tenantId: string, from: string, to: string): Promise<InvoiceDraft & { tenantId: string; asOf: string }> {
    const period = await this.plans.ofDays(tenantId, from, to);
    const runner = await this.database.openSnapshot();
    try {
      const [clock] = (await runner.query('SELECT now() AS now')) as [{ now: Date }];
      const closed = await closedThrough(runner);
      const rows = await queryUsage(runner, { tenantId, from, to }, ['day', 'endpoint', 'chain']);
      const corrections = await correctionsRecorded(runner, { tenantId, from, to });
      const before = corrections.map(({ corrects }) => corrects).toSorted()[0];
      const earlier = before === undefined || before >= from ? [] : await this.plans.ofDays(tenantId, before, from);
      const plans = new Map([...earlier, ...period].map((plan) => [plan.day, planDay(plan)]));
      const draft = draftInvoice({
        from,
        to,
        usage: rows
          .filter(({ recordedOn }) => recordedOn === null)
          .map(({ day = '', endpointId = '', chain = '', billableRelays }) => ({
            day,
            endpointId,
            chain,
            relays: billableRelays,
          })),
        corrections: corrections.map(({ billableRelays, ...row }) => ({ ...row, relays: billableRelays })),
        plans: [...plans.values()],
        closedThrough: closed,
      });
      return { ...draft, tenantId, asOf: clock.now.toISOString() };
    } finally {
      await ended(runner);
    }
  }
}

function planDay({ day, planId, version, limits, prices }: PlanOfDay) {
  return { day, planId, version, dailyRelaysMax: limits.dailyRelaysMax, prices: prices as PriceSheet | null };
}

async function ended(runner: QueryRunner): Promise<void> {
  try {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
  } finally {
    await runner.release();
  }
}
