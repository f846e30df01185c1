export { type BilledFeed, type FeedEvent, usageOfFeed } from './usage-of-feed.js';
export {
  type BilledCorrection,
  type BilledUsage,
  type InvoiceDraft,
  type InvoiceFacts,
  type InvoiceLine,
  type InvoiceTotal,
  type PlanDay,
  ROUNDING_RULE,
  draftInvoice,
} from './invoice-draft.js';
export { type PriceSheet, PriceSheetError, type PriceTier, checkPriceSheet } from './price-sheet.js';
