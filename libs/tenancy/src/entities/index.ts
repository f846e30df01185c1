import { ApiKeyEntity } from './api-key.entity.js';
import { ApplicationEntity } from './application.entity.js';
import { AuditEntryEntity } from './audit-entry.entity.js';
import { EndpointApplicationEntity, EndpointEntity } from './endpoint.entity.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { PlanEntity } from './plan.entity.js';
import { ServiceTokenEntity } from './service-token.entity.js';
import { SettingEntity } from './setting.entity.js';
import { TenantEntity } from './tenant.entity.js';

export { ApiKeyEntity } from './api-key.entity.js';
export { ApplicationEntity, type PendingTransaction } from './application.entity.js';
export { AuditEntryEntity } from './audit-entry.entity.js';
export { EndpointApplicationEntity, EndpointEntity } from './endpoint.entity.js';
export { IdempotencyKeyEntity } from './idempotency-key.entity.js';
export { ServiceTokenEntity } from './service-token.entity.js';
export { SettingEntity } from './setting.entity.js';
export { PlanEntity } from './plan.entity.js';
export { type Plain, plain } from './plain.js';
export { TenantEntity } from './tenant.entity.js';

/** Every entity of the `tenancy` schema, for a data source. */
export const tenancyEntities: ReadonlyArray<new () => object> = [
  TenantEntity,
  PlanEntity,
  ApplicationEntity,
  EndpointEntity,
  EndpointApplicationEntity,
  ApiKeyEntity,
  ServiceTokenEntity,
  SettingEntity,
  AuditEntryEntity,
  IdempotencyKeyEntity,
];
