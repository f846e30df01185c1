export { type NodeSessionKey, type SessionKey, sessionText } from './session.js';
export { type SettlementTick, type SettlerOptions, Settler } from './settler.js';
export type { SettlementEvent } from './settlement-context.js';
export { type SettlementRow, type SettlementState, SettlementChangedError } from './settlement-row.js';
export { type SessionTerms, SettlementTerms } from './settlement-terms.js';
export {
  type SettlementBacklog,
  type SettlementFilter,
  type SettlementTotals,
  listSettlements,
  settlementBacklog,
  settlementTotals,
} from './settlement-queries.js';
export { ChunkMissingError, collectLeaves } from './collect-leaves.js';
export { LeafHasher, relayProofOf } from './leaf-hasher.js';
export { type InvalidReceipt, verifyReceipts } from './verify-receipts.js';
