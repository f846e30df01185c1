import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who changed what, written in the change's own transaction; PostgreSQL refuses edits. Table `tenancy.audit_entries`. */
@Entity({ schema: 'tenancy', name: 'audit_entries' })
export class AuditEntryEntity {
  /** Identity column: a decimal string. */
  @PrimaryColumn({ name: 'entry_id', type: 'bigint', generated: 'identity' }) entryId: string;
  @Column({ type: 'timestamptz', default: () => 'now()' }) at: Date;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId: string | null;
  @Column({ type: 'text' }) actor: string;
  /** `<subject>.<verb>`. */
  @Column({ type: 'text' }) action: string;
  @Column({ name: 'subject_type', type: 'text' }) subjectType: string;
  @Column({ name: 'subject_id', type: 'uuid' }) subjectId: string;
  @Column({ name: 'request_id', type: 'text', nullable: true }) requestId: string | null;
  @Column({ type: 'jsonb', nullable: true }) before: Record<string, unknown> | null;
  @Column({ type: 'jsonb', nullable: true }) after: Record<string, unknown> | null;
}
