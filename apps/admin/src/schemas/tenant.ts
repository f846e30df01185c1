import { type TenantEntity, tenantState } from '#libs/tenancy';
import { z } from 'zod';
import { id, instant, isoOf, name, pageQuery, pageSchema, version } from './common.js';

const contactEmail = z.email().max(320).nullable().optional().describe('Whom to write to; erased with the tenant');
const notes = z.string().trim().min(1).max(4_000).nullable().optional().describe('For operators only');
const notice = z.string().trim().min(1).max(1_000).nullable().optional().describe('Shown to the tenant');

/** Body of a tenant's creation. */
export const createTenantBody = z
  .strictObject({ name: name.meta({ examples: ['Acme dApps'] }), contactEmail, notes, notice })
  .meta({ id: 'CreateTenant' });

/** Body of a tenant's change; absent fields keep their value, null empties one. */
export const updateTenantBody = z
  .strictObject({ name: name.optional(), contactEmail, notes, notice })
  .refine((body) => Object.keys(body).length > 0, 'must change something')
  .meta({ id: 'UpdateTenant' });

/** Which tenants. */
export const tenantsQuery = pageQuery.extend({
  search: z
    .string()
    .trim()
    .max(120)
    .optional()
    .describe(
      'A part of the name; the beginning of a tenant’s id (4 characters or more) or of a key (pk_…, at most 16); ' +
        'an application’s id, address or public key',
    ),
  status: z.enum(['active', 'suspended', 'deleting', 'deleted']).optional(),
});

/** How a deletion is asked for. */
export const deleteTenantQuery = z.strictObject({ reason: z.string().trim().min(1).max(500).optional() });

/** How an export is asked for. */
export const exportQuery = z.strictObject({
  format: z
    .enum(['ndjson', 'json'])
    .default('ndjson')
    .describe('ndjson: a line per thing; json: one array of the same'),
});

/** A line of an export. */
export const exportLineSchema = z
  .looseObject({
    type: z.string().describe('tenant, application, endpoint, key, member, usage, audit-entry, …; `end` is the last'),
  })
  .meta({ id: 'ExportLine' });

/** A tenant in an answer. */
export const tenantSchema = z
  .object({
    tenantId: id,
    name: z.string(),
    status: z
      .enum(['active', 'suspended', 'deleting', 'deleted'])
      .describe('deleting: closed, and gone at `deletesAt`; deleted: only this row is left, for usage and audit'),
    suspendedReason: z.string().nullable(),
    planId: id,
    contactEmail: z.string().nullable(),
    notes: z.string().nullable().describe('null also for whoever is no operator'),
    notice: z.string().nullable(),
    deletionReason: z.string().nullable(),
    deletesAt: instant
      .nullable()
      .describe('When everything of a tenant being deleted is erased; until then it can be restored'),
    erasedAt: instant.nullable(),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Tenant' });

/** A page of tenants. */
export const tenantPageSchema = pageSchema(tenantSchema, 'TenantPage');

/** The answer for a tenant, as the caller may see it. */
export function tenantAnswer(
  tenant: TenantEntity,
  caller: { readonly tenantId: string | null },
): z.infer<typeof tenantSchema> {
  return {
    tenantId: tenant.tenantId,
    name: tenant.name,
    status: tenantState(tenant),
    suspendedReason: tenant.suspendedReason,
    planId: tenant.planId,
    contactEmail: tenant.contactEmail,
    notes: caller.tenantId === null ? tenant.notes : null,
    notice: tenant.notice,
    deletionReason: tenant.deletionReason,
    deletesAt: isoOf(tenant.deletesAt),
    erasedAt: isoOf(tenant.erasedAt),
    version: tenant.version,
    createdAt: isoOf(tenant.createdAt),
    updatedAt: isoOf(tenant.updatedAt),
  };
}
