import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A customer: owns applications, endpoints and keys. Table `tenancy.tenants`. */
@Entity({ schema: 'tenancy', name: 'tenants' })
export class TenantEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) status: 'active' | 'suspended';
  @Column({ name: 'suspended_reason', type: 'text', nullable: true }) suspendedReason: string | null;
  /** Counts the row's changes, by a trigger: a write never states it. Its entity tag. */
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}
