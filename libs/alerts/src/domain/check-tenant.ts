import { TenantEntity, notFound } from '#libs/tenancy';
import type { EntityManager } from 'typeorm';

/** Passes for a tenant that this request may see. @throws TenancyError `not-found` */
export async function checkTenant(manager: EntityManager, tenantId: string): Promise<void> {
  const found = await manager.getRepository(TenantEntity).countBy({ tenantId });
  if (found === 0) throw notFound('tenant');
}
