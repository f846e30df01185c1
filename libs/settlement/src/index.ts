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
export { type InvalidReceipt, verifyReceipts } from './verification/verify-receipts.js';
export { type SuspectNode, suspectNodes, takeNewSuspects } from './verification/suspect-nodes.js';
export { SignaturePool } from './verification/signature-pool.js';
export { type VerificationPolicy, SUSPECT_MS_DEFAULT } from './verification/verification-policy.js';
