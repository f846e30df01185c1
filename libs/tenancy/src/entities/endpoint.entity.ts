import type { EndpointRules } from '#libs/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a key opens: a set of applications with settings. Table `tenancy.endpoints`. */
@Entity({ schema: 'tenancy', name: 'endpoints' })
export class EndpointEntity {
  @PrimaryColumn({ name: 'endpoint_id', type: 'uuid' }) endpointId: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) status: 'active' | 'suspended';
  @Column({ name: 'suspended_reason', type: 'text', nullable: true }) suspendedReason: string | null;
  @Column({ name: 'answer_style', type: 'text' }) answerStyle: 'wallet' | 'strict';
  @Column({ name: 'verify_inline', type: 'boolean' }) verifyInline: boolean;
  /** Nodes that a read is put to; more than half must agree. 1: no quorum. */
  @Column({ name: 'read_quorum', type: 'integer' }) readQuorum: number;
  /** Relay chain ids that this endpoint may use; null: every chain of its applications. */
  @Column({ type: 'text', array: true, nullable: true }) chains: string[] | null;
  /** Allowlists and rate; null: nothing is demanded. */
  @Column({ type: 'jsonb', nullable: true }) rules: EndpointRules | null;
  /** SHA-256 of the secret that requests must bring, hex; null: none. */
  @Column({ name: 'secret_hash', type: 'text', nullable: true }) secretHash: string | null;
  /** Counts the row's changes, by a trigger: a write never states it. Its entity tag. */
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}

/** Which applications an endpoint spends from. Table `tenancy.endpoint_applications`. */
@Entity({ schema: 'tenancy', name: 'endpoint_applications' })
export class EndpointApplicationEntity {
  @PrimaryColumn({ name: 'endpoint_id', type: 'uuid' }) endpointId: string;
  @PrimaryColumn({ name: 'application_id', type: 'uuid' }) applicationId: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
}
