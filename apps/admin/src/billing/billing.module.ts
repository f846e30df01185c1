import { Module } from '@nestjs/common';
import { InvoiceDrafts } from './invoice-drafts.js';
import { InvoicesController } from './invoices.controller.js';
import { PlansController } from './plans.controller.js';

/** Plans, prices and invoice drafts over the global tenancy services. */
@Module({ controllers: [PlansController, InvoicesController], providers: [InvoiceDrafts] })
export class BillingModule {}
