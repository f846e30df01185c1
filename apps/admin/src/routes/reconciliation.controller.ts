import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { ScopedDatabase } from '#libs/tenancy';
import { closedThrough, reconcileDay } from '#libs/usage';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { reconciliationQuery, reconciliationSchema } from '../schemas/usage.js';

/** Whether everybody who counts relays counted the same. */
@ApiTags('Usage')
@Controller('v1/usage/reconciliation')
export class ReconciliationController {
  constructor(private readonly database: ScopedDatabase) {}

  @Get()
  @Access({ permission: 'usage:read', of: 'operator' })
  @Answers({
    summary: 'Compare a day’s receipts, usage and proven relays',
    description:
      'receipts = usage always; receipts = proven relays once sessions are settled, else each difference has its reasons.',
    schema: reconciliationSchema,
    problems: [400],
  })
  async reconcile(@Query({ schema: reconciliationQuery }) { day }: z.output<typeof reconciliationQuery>) {
    return this.database.transaction(async (manager) => {
      const [clock] = await manager.query<[{ now: Date }]>('SELECT now() AS now');
      const closed = await closedThrough(manager);
      const found = await reconcileDay(manager, day);
      return {
        day,
        asOf: clock.now.toISOString(),
        final: closed !== null && day <= closed,
        receipts: String(found.receipts),
        usage: String(found.usage),
        provenRelays: String(found.provenRelays),
        usageDifference: String(found.usageDifference),
        unprovenRelays: String(found.unprovenRelays),
        differences: found.differences.map(({ applicationPublicKeyHex, reasons, ...difference }) => ({
          ...difference,
          applicationPublicKey: applicationPublicKeyHex,
          receipts: String(difference.receipts),
          unproven: String(difference.unproven),
          reasons: Object.fromEntries(Object.entries(reasons).map(([reason, count]) => [reason, String(count)])),
        })),
      };
    }, 'REPEATABLE READ');
  }
}
