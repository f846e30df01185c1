import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A customer: owns applications, endpoints and keys. Table `tenancy.tenants`. */
@Entity({ schema: 'tenancy', name: 'tenants' })
export class TenantEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) status: 'active' | 'suspended';
  @Column({ name: 'suspended_reason', type: 'text', nullable: true }) suspendedReason: string | null;
  @Column({ name: 'plan_id', type: 'uuid' }) planId: string;
  /** Personal data: never in the audit log, and gone with the tenant. */
  @Column({ name: 'contact_email', type: 'text', nullable: true }) contactEmail: string | null;
  /** What operators write down for each other. */
  @Column({ type: 'text', nullable: true }) notes: string | null;
  /** What the tenant is told. */
  @Column({ type: 'text', nullable: true }) notice: string | null;
  @Column({ name: 'deletion_reason', type: 'text', nullable: true }) deletionReason: string | null;
  @Column({ name: 'deletion_requested_at', type: 'timestamptz', nullable: true }) deletionRequestedAt: Date | null;
  /** From the request on endpoints are closed; until this instant it can be taken back. */
  @Column({ name: 'delete_at', type: 'timestamptz', nullable: true }) deletesAt: Date | null;
  /** Since when nothing personal and no key of the tenant is stored. */
  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true }) erasedAt: Date | null;
  /** Counts the row's changes, by a trigger: a write never states it. Its entity tag. */
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}
