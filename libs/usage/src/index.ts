export { type MeteredReceipt, type RelayPurpose, RELAY_PURPOSES } from './metered-receipt.js';
export {
  type ChunkSummary,
  type SessionIncrement,
  type TallyIncrement,
  type UsageIncrement,
  summariseChunk,
} from './summarise-chunk.js';
export { type StoredChunk, rejectChunk, storeChunk, storedChunkIds } from './store-chunk.js';
export {
  type UsageCounters,
  type UsageDimension,
  type UsageFilter,
  type UsageRow,
  USAGE_DIMENSIONS,
  chunkTotals,
  queryUsage,
  usageTotals,
} from './usage-queries.js';
