export { type MeteredReceipt, type RelayPurpose, RELAY_PURPOSES } from './metered-receipt.js';
export {
  type ChunkSummary,
  type HourIncrement,
  type SessionDayIncrement,
  type SessionIncrement,
  type TallyIncrement,
  type UsageIncrement,
  summariseChunk,
} from './summarise-chunk.js';
export { type StoredChunk, rejectChunk, storeChunk, storedChunkIds } from './store-chunk.js';
export { USAGE_DIMENSIONS, type UsageDimension } from './usage-dimensions.js';
export {
  type UsageCounters,
  type UsageFilter,
  type UsageRow,
  chunkTotals,
  queryUsage,
  usageTotals,
} from './usage-queries.js';
export { COST_DIMENSIONS, type CostDimension, type CostFilter, type CostRow, queryCosts } from './cost-queries.js';
export { UsageCursorError } from './usage-row-id.js';
export { type SnapshotSource, type UsageExport, type UsageExportOptions, openUsageExport } from './usage-export.js';
export { type UsageTextFormat, usageText } from './usage-text.js';
export {
  type ClosedDay,
  type ClosingOutcome,
  DAY_GRACE_MS_DEFAULT,
  closeDays,
  closedDays,
  closedThrough,
} from './close-days.js';
export {
  USAGE_EVENT_SOURCE,
  USAGE_EVENT_TYPE,
  type UsageEvent,
  type UsageEventData,
  type UsageEventFilter,
  type UsageEventType,
  EventsGoneError,
  oldestEvent,
  readEvents,
  sequenceEvents,
} from './usage-events.js';
export {
  CHUNK_RETENTION_MS_DEFAULT,
  EVENT_RETENTION_MS_DEFAULT,
  type Removed,
  removeChunkBytes,
  removeEvents,
} from './remove-old.js';
export { type DayReconciliation, type SessionDifference, reconcileDay } from './reconcile-day.js';
export { type RecordedCorrection, correctionsRecorded } from './corrections-recorded.js';
