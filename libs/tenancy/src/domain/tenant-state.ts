import type { TenantEntity } from '../entities/index.js';

/** What a tenant is to its users: `deleting` until its end, `deleted` when only a nameless row is left. */
export type TenantState = 'active' | 'suspended' | 'deleting' | 'deleted';

/** What a tenant's columns amount to. */
export function tenantState(tenant: Pick<TenantEntity, 'status' | 'deletesAt' | 'erasedAt'>): TenantState {
  if (tenant.erasedAt !== null) return 'deleted';
  return tenant.deletesAt === null ? tenant.status : 'deleting';
}

/** What requests of a closed tenant are told; the same words in gateways and dry runs. */
export const CLOSED_REASON = 'This account is being closed.';
