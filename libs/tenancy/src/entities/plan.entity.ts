import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlanLimits } from '../plans/plan-limits.js';

/** What tenants may do beside their stakes, and what relays cost. Table `tenancy.plans`; its past states are in `tenancy.plan_versions`. */
@Entity({ schema: 'tenancy', name: 'plans' })
export class PlanEntity {
  @PrimaryColumn({ name: 'plan_id', type: 'uuid' }) planId: string;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'jsonb' }) limits: PlanLimits;
  /** A price sheet of #libs/billing; null: relays cost nothing. */
  @Column({ type: 'jsonb', nullable: true }) prices: object | null;
  /** Since when no further tenant gets it. */
  @Column({ name: 'retired_at', type: 'timestamptz', nullable: true }) retiredAt: Date | null;
  /** Counts the row's changes, by a trigger: a write never states it. Its entity tag. */
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}
