import type { KeyRules } from '#libs/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key of an endpoint. Its text is not stored, only the HMAC. Table `tenancy.api_keys`. */
@Entity({ schema: 'tenancy', name: 'api_keys' })
export class ApiKeyEntity {
  @PrimaryColumn({ name: 'key_id', type: 'uuid' }) keyId: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'endpoint_id', type: 'uuid' }) endpointId: string;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) prefix: string;
  @Column({ type: 'bytea', select: false }) hash: Buffer;
  /** Chains, methods and rate of this key alone; null: what the endpoint allows. */
  @Column({ type: 'jsonb', nullable: true }) rules: KeyRules | null;
  /** From then on it opens nothing; null: no end. */
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true }) expiresAt: Date | null;
  /** The key that this one was rotated from. */
  @Column({ name: 'replaces_key_id', type: 'uuid', nullable: true }) replacesKeyId: string | null;
  /** Counts the row's changes, by a trigger: a write never states it. Its entity tag. */
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) revokedAt: Date | null;
  /** To within a minute: gateways report it in bulk. */
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true }) lastUsedAt: Date | null;
}
