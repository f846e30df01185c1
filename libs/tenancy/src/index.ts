export { type IssuedKey, type KeyKind, type ParsedKey, base62Text, hashSecret, issueKey, parseKey } from './api-key.js';
export {
  ApplicationDirectory,
  type DirectoryApplication,
  type StakeState,
  type StakeSync,
} from './applications/application-directory.js';
export {
  ApplicationStaker,
  type ApplicationStakerOptions,
  type StakingResult,
} from './applications/application-staker.js';
export { type ApplicationDailyLimit, dailyLimitsOf } from './applications/daily-limits.js';
export { type Rewrapped, rewrapApplicationKeys } from './applications/rewrap-keys.js';
export { ApiKeys, type ApiKeyView, KeyPepper } from './domain/api-keys.js';
export { Applications, type ApplicationView, GatewayClientKey } from './domain/applications.js';
export { AuditLog } from './domain/audit-log.js';
export { DryRun, type DryRunRequest, type DryRunResult } from './domain/dry-run.js';
export { type EndpointInput, type EndpointView, Endpoints } from './domain/endpoints.js';
export {
  type AuditFacts,
  IDEMPOTENCY_HOURS,
  type MutationContext,
  type MutationOutcome,
  Mutations,
} from './domain/mutations.js';
export { type Page, type PageRequest, afterId, pageOf } from './domain/page.js';
export { type IfMatch, entityTag } from './domain/precondition.js';
export { relayChainIds } from './domain/relay-chains.js';
export { TenancyError, type TenancyErrorCode, notFound } from './domain/tenancy-error.js';
export { TenantErasure, type ErasureReport } from './domain/tenant-erasure.js';
export { type ExportLine, tenantLines } from './domain/tenant-export.js';
export type { TenantSearch } from './domain/tenant-search.js';
export { type TenantState, tenantState } from './domain/tenant-state.js';
export { type TenantInput, Tenants } from './domain/tenants.js';
export * from './entities/index.js';
export { type DatabaseScope, currentScope, runInScope } from './scope/database-scope.js';
export { ScopedDatabase } from './scope/scoped-database.js';
export {
  type PlanLimits,
  type PlanOverage,
  STANDARD_PLAN_ID,
  UNBOUNDED_DAILY_RELAYS,
  planDailyRelays,
} from './plans/plan-limits.js';
export { type PlanRefusal, type PlanRules, compilePlan } from './plans/plan-rules.js';
export { type PlanInput, type PlanOfDay, type PlanVersion, Plans } from './plans/plans.js';
export { RecordSealer, UnsealError, applicationKeyContext } from './record-sealer.js';
export { type ApplicationSnapshot, type EndpointSnapshot, dailyRelaysMax } from './snapshot/endpoint-snapshot.js';
export { ChangeListener } from './snapshot/change-listener.js';
export {
  SnapshotStore,
  type SnapshotStats,
  type SnapshotStoreOptions,
  SnapshotUnavailableError,
} from './snapshot/snapshot-store.js';
export { type TenancySettings, TenancyModule } from './tenancy.module.js';
export { uuidV7 } from './uuid-v7.js';
export { type AuditVerification, verifyAuditLog } from './verify-audit-log.js';
