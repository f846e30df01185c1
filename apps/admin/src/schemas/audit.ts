import type { AuditEntryEntity } from '#libs/tenancy';
import { z } from 'zod';
import { id, instant, isoOf, pageQuery, pageSchema } from './common.js';

/** Which audit entries. */
export const auditQuery = pageQuery.extend({ tenantId: id.optional() });

/** An audit entry in an answer. */
export const auditEntrySchema = z
  .object({
    entryId: z.string(),
    at: instant,
    tenantId: id.nullable(),
    actor: z.string().meta({ examples: ['operator'] }),
    action: z.string().meta({ examples: ['tenant.suspend'] }),
    subjectType: z.string(),
    subjectId: id,
    requestId: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'AuditEntry' });

/** A page of audit entries. */
export const auditPageSchema = pageSchema(auditEntrySchema, 'AuditPage');

/** The answer for an audit entry. */
export function auditAnswer(entry: AuditEntryEntity): z.infer<typeof auditEntrySchema> {
  return {
    entryId: entry.entryId,
    at: isoOf(entry.at),
    tenantId: entry.tenantId,
    actor: entry.actor,
    action: entry.action,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    requestId: entry.requestId,
    before: entry.before,
    after: entry.after,
  };
}
