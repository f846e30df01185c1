import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A token for jobs and scripts, with scopes and an end. Table `tenancy.service_tokens`. */
@Entity({ schema: 'tenancy', name: 'service_tokens' })
export class ServiceTokenEntity {
  @PrimaryColumn({ name: 'token_id', type: 'uuid' }) tokenId: string;
  /** null: the operator's token. */
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId: string | null;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) prefix: string;
  @Column({ type: 'bytea', select: false }) hash: Buffer;
  @Column({ type: 'text', array: true }) scopes: string[];
  /** Counts the row's changes, by a trigger: a write never states it. Its entity tag. */
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) revokedAt: Date | null;
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true }) lastUsedAt: Date | null;
}
