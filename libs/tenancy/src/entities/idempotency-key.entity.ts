import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The answer kept for a repeated `Idempotency-Key`, sealed. Table `tenancy.idempotency_keys`. */
@Entity({ schema: 'tenancy', name: 'idempotency_keys' })
export class IdempotencyKeyEntity {
  @PrimaryColumn({ type: 'text' }) actor: string;
  @PrimaryColumn({ name: 'idempotency_key', type: 'text' }) idempotencyKey: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId: string | null;
  @Column({ name: 'request_hash', type: 'bytea' }) requestHash: Buffer;
  @Column({ name: 'sealed_answer', type: 'bytea' }) sealedAnswer: Buffer;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
