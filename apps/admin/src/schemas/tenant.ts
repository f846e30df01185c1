import type { TenantEntity } from '#libs/tenancy';
import { z } from 'zod';
import { id, instant, isoOf, name, pageSchema, version } from './common.js';

/** Body of a tenant's creation. */
export const createTenantBody = z
  .strictObject({ name: name.meta({ examples: ['Acme dApps'] }) })
  .meta({ id: 'CreateTenant' });

/** A tenant in an answer. */
export const tenantSchema = z
  .object({
    tenantId: id,
    name: z.string(),
    status: z.enum(['active', 'suspended']),
    suspendedReason: z.string().nullable(),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Tenant' });

/** A page of tenants. */
export const tenantPageSchema = pageSchema(tenantSchema, 'TenantPage');

/** The answer for a tenant. */
export function tenantAnswer(tenant: TenantEntity): z.infer<typeof tenantSchema> {
  return {
    tenantId: tenant.tenantId,
    name: tenant.name,
    status: tenant.status,
    suspendedReason: tenant.suspendedReason,
    version: tenant.version,
    createdAt: isoOf(tenant.createdAt),
    updatedAt: isoOf(tenant.updatedAt),
  };
}
